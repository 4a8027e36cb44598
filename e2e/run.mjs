// Runs the journeys (journeys/*.mjs, in order of name) in one Chromium against PARCOURS_URL, then checks that every screen was
// seen by every role. Arguments: parts of journey names, to run only those (coverage is then not checked).
// A journey exports `nom` (what a person wants) and `parcours(t)`; `t` is described in outils/contexte.mjs.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Contexte } from "./outils/contexte.mjs";
import { manques } from "./outils/couverture.mjs";
import { ouvrir } from "./outils/navigateur.mjs";

const DELAI_PARCOURS = 180_000;
const ici = (chemin) => fileURLToPath(new URL(chemin, import.meta.url));
const url = process.env.PARCOURS_URL;
if (!url) {
  console.error("PARCOURS_URL manque : adresse d'un serveur de démonstration (« cargo xtask test parcours » la fournit).");
  process.exit(2);
}

const filtres = process.argv.slice(2);
const fichiers = readdirSync(ici("journeys"))
  .filter((nom) => nom.endsWith(".mjs"))
  .filter((nom) => filtres.length === 0 || filtres.some((filtre) => nom.includes(filtre)))
  .sort();

/** Runs one journey; returns its error, or null. */
async function jouer(navigateur, fichier, visites) {
  const { nom, parcours } = await import(new URL(`journeys/${fichier}`, import.meta.url));
  const t = new Contexte({ navigateur, url, dossier: ici(`resultats/${fichier.replace(/\.mjs$/, "")}`), visites });
  const debut = Date.now();
  let horloge;
  const delai = new Promise((_, refuser) => {
    horloge = setTimeout(() => refuser(new Error(`plus de ${DELAI_PARCOURS / 1000} s`)), DELAI_PARCOURS);
  });
  try {
    await Promise.race([parcours(t), delai]);
    t.verifierPropre();
    console.log(`  ok     ${((Date.now() - debut) / 1000).toFixed(1)} s  ${nom}`);
    return null;
  } catch (cause) {
    await t.photographierEchec();
    console.error(`  ÉCHEC  ${nom} (${fichier})\n${cause.stack ?? cause}`);
    return cause;
  } finally {
    clearTimeout(horloge);
    await t.fermer();
  }
}

rmSync(ici("resultats"), { recursive: true, force: true });
mkdirSync(ici("resultats"), { recursive: true });
const visites = [];
const navigateur = await ouvrir();
let echecs = 0;
try {
  for (const fichier of fichiers) {
    if (await jouer(navigateur, fichier, visites)) echecs += 1;
  }
} finally {
  await navigateur.close();
}
writeFileSync(ici("resultats/visites.json"), JSON.stringify(visites, null, 1));

if (filtres.length === 0) {
  const ecrans = JSON.parse(readFileSync(ici("../crates/web/routes.json"), "utf8"));
  for (const manque of manques(ecrans, visites)) {
    console.error(`  MANQUE ${manque}`);
    echecs += 1;
  }
}
console.log(`${fichiers.length} parcours, ${visites.length} écrans contrôlés (axe, débordement, capture).`);
console.log(`${Math.max(fichiers.length - echecs, 0)} passed, ${echecs} failed`);
process.exit(echecs === 0 && fichiers.length > 0 ? 0 : 1);
