// What waits for the person stands first: demandes given to it, told once; rows chosen are exported alone; what was deleted comes back.
import { readFile } from "node:fs/promises";
import { presser } from "../outils/clavier.mjs";
import { lire } from "../outils/csv.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { nombreDeviendra, ouvrir, prete, versCellule } from "../outils/tableau.mjs";

export const nom = "Trouver ce qui attend, exporter une sélection et restaurer une demande supprimée, au clavier";
export const ux = ["UX-04", "UX-07", "UX-12", "UX-13"];

const famille = motUnique("Afaire");
const MOI = "recipiendaire@demo.example";

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire", acceptDownloads: true });
  const ids = [];
  for (const suffixe of ["", "b", "c"]) {
    const cree = await t.api(page, "POST", "/demandes", { corps: demande(`${famille}${suffixe}`) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
    ids.push(cree.corps.id);
  }
  await confier(t, ids.slice(0, 2));
  await trouver(t, page);
  await exporterLaSelection(t, page);
  await restaurer(t, page, ids[2]);
}

/** Somebody else gives two of them to the person. */
async function confier(t, ids) {
  const equipe = await t.page({ role: "anct" });
  const operations = ids.map((id) => ({ action: "modifier", id, version: 1, valeurs: { suivi_par: MOI } }));
  const { statut, corps } = await t.api(equipe, "POST", "/demandes:batch", { corps: { operations } });
  t.egal([statut, corps.faites], [200, 2], "demandes confiées");
}

async function trouver(t, page) {
  const section = page.locator("section").filter({ hasText: "À faire" });
  await ensemble(t, page, section);
  await t.ecran(page, "accueil", "a-faire");
  await presser(section.getByRole("link", { name: /^Avis à lire : / }));
  await t.arrivee(page, "Mes avis");
  const avis = page.locator(".pa-entrees > li").filter({ hasText: /vous a confié \d+ demandes/ }).first();
  await avis.getByText(/\(non lu\)/).waitFor();
  await t.ecran(page, "avis", "demandes-confiees");
  await presser(avis.getByRole("link", { name: "Voir les demandes que vous suivez" }));
  await page.waitForURL(/\/tableau\?filtre=suivi_par/);
  await prete(t, page);
}

/** All is counted at once, and what is counted is shown while the rest is on its way: the first view waits here until the others came. */
async function ensemble(t, page, section) {
  let liberer;
  const attente = new Promise((suite) => { liberer = suite; });
  await page.route("**/api/v1/demandes?*", async (route) => {
    if (decodeURIComponent(route.request().url()).includes("decision_financement")) await attente;
    await route.continue();
  });
  await page.goto("/");
  await section.getByRole("link", { name: /^Demandes que vous suivez : / }).waitFor();
  await section.getByRole("link", { name: /^À planifier : / }).waitFor();
  const retenue = section.getByRole("link", { name: /^Financement à décider : / });
  t.egal(await retenue.count(), 0, "ce qui n'est pas compté est montré");
  liberer();
  await retenue.waitFor();
  await page.unroute("**/api/v1/demandes?*");
}

async function exporterLaSelection(t, page) {
  await ouvrir(t, page, `?q=${famille}&tri=nom`);
  await nombreDeviendra(t, page, 3);
  await versCellule(page, 0, "Nom du professionnel");
  await page.keyboard.press("Shift+ArrowDown");
  await presser(page.getByRole("button", { name: "Exporter" }));
  await t.ecran(page, "tableau", "export-selection");
  const attente = page.waitForEvent("download");
  await presser(page.getByRole("button", { name: "CSV des 2 lignes sélectionnées" }));
  const [entete, ...lignes] = lire(await readFile(await (await attente).path(), "utf8"));
  const place = entete.indexOf("nom");
  t.egal(lignes.map((ligne) => ligne[place]), [famille, `${famille}b`], "lignes de la sélection");
}

async function restaurer(t, page, id) {
  const supprimee = await t.api(page, "DELETE", `/demandes/${id}`, { entetes: { "if-match": '"1"' } });
  t.egal(supprimee.statut, 204, "suppression");
  await ouvrir(t, page, `?q=${famille}`);
  await nombreDeviendra(t, page, 2);
  await presser(page.getByRole("button", { name: "Mes changements" }));
  const dialogue = page.getByRole("dialog", { name: "Mes changements" });
  const lien = (nom) => dialogue.getByRole("navigation").getByRole("link", { name: nom });
  await presser(lien("Demandes supprimées"));
  await t.attendre(() => dialogue.getByRole("heading", { level: 3, name: "Demandes supprimées" }).evaluate((titre) => titre === document.activeElement), "le titre de la partie n'a pas le focus");
  const bouton = dialogue.getByRole("button", { name: new RegExp(`^Restaurer la demande de .*${famille}c`) });
  await bouton.waitFor();
  // The address says which part is shown: it is shown again after a reload, and « précédent » goes back to the other one.
  t.verifier(page.url().includes("changements=supprimees"), `adresse : ${page.url()}`);
  await page.reload();
  await bouton.waitFor();
  t.egal(await lien("Demandes supprimées").getAttribute("aria-current"), "true", "partie présente");
  await page.goBack();
  await dialogue.getByRole("heading", { level: 3, name: "Ce que vous avez fait" }).waitFor();
  await page.goForward();
  await bouton.waitFor();
  await t.ecran(page, "tableau", "demandes-supprimees");
  await presser(bouton);
  await page.getByText("La demande est de nouveau dans le tableau.").waitFor();
  await bouton.waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await t.attendre(() => !page.url().includes("changements"), "l'adresse dit encore le dialogue fermé");
  await nombreDeviendra(t, page, 3);
}
