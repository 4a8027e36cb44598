// The server of the pages that are measured.
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** Gives the files of this folder, those of this one, and an empty page; in isolation: the clock of the browser is then precise to 5 µs. */
export async function servir(dossier) {
  const style = (await readdir(dossier)).find((nom) => /^parcours.*\.css$/.test(nom));
  const lire = (chemin) => {
    if (chemin === "/parcours.css") return readFile(join(dossier, style));
    if (chemin === "/vide.html") return "<!doctype html><html lang=\"fr\"><head><title>Vide</title></head></html>";
    return chemin.startsWith("/vanille") ? readFile(new URL(`.${chemin}`, import.meta.url)) : readFile(join(dossier, chemin));
  };
  const serveur = createServer(async (requete, reponse) => {
    const { pathname } = new URL(requete.url, "http://localhost");
    try {
      const contenu = await lire(pathname);
      reponse.writeHead(200, {
        "Content-Type": TYPES[extname(pathname)] ?? "application/octet-stream",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
      }).end(contenu);
    } catch {
      reponse.writeHead(404).end();
    }
  });
  await new Promise((pret) => { serveur.listen(0, "127.0.0.1", pret); });
  return serveur;
}
