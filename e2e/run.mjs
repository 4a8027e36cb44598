// Runs the journeys (journeys/*.mjs, in order of name) in one Chromium against PARCOURS_URL, then checks that every screen was
// seen by every role. Arguments: parts of journey names, to run only those (coverage is then not checked).
// A journey exports `nom` (what a person wants) and `parcours(t)`; `t` is described in outils/contexte.mjs. It may export `ux`, what it
// proves of the expectations on ease of use, and `souris` (outils/exigences.mjs).
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Contexte } from "./outils/contexte.mjs";
import { manques } from "./outils/couverture.mjs";
import { faussesPreuves, sansParcours } from "./outils/exigences.mjs";
import { ouvrir } from "./outils/navigateur.mjs";

const DELAI_PARCOURS = 240_000;
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

/** Says what failed, here and in the file that is shown again at the end of the step. */
function signaler(texte) {
  console.log(texte);
  appendFileSync(ici("resultats/echecs.txt"), `${texte}\n`);
}

/** Runs one journey; true when nothing is wrong. */
async function jouer(navigateur, fichier, visites, joues) {
  const joue = await import(new URL(`journeys/${fichier}`, import.meta.url));
  const { nom, parcours } = joue;
  joues.push(joue);
  const t = new Contexte({ navigateur, url, dossier: ici(`resultats/${fichier.replace(/\.mjs$/, "")}`), visites });
  const debut = Date.now();
  const cause = await duree(parcours(t));
  const constats = [...(cause ? [cause.stack ?? String(cause)] : []), ...t.constats(), ...faussesPreuves(joue, t)];
  const secondes = ((Date.now() - debut) / 1000).toFixed(1).padStart(5);
  if (constats.length === 0) console.log(`  ok     ${secondes} s  ${nom}`);
  else {
    await t.photographierEchec();
    signaler(`  ÉCHEC  ${secondes} s  ${nom} (${fichier})\n${constats.join("\n")}`);
  }
  await t.fermer();
  return constats.length === 0;
}

/** Waits for a journey, not forever; gives its error, or null. */
async function duree(parcours) {
  let horloge;
  const delai = new Promise((_, refuser) => {
    horloge = setTimeout(() => refuser(new Error(`plus de ${DELAI_PARCOURS / 1000} s`)), DELAI_PARCOURS);
  });
  try {
    await Promise.race([parcours, delai]);
    return null;
  } catch (cause) {
    return cause;
  } finally {
    clearTimeout(horloge);
  }
}

// A mistake of a journey that nobody awaits must fail the run, not end it without a word.
let perdues = 0;
process.on("unhandledRejection", (cause) => {
  perdues += 1;
  signaler(`  ÉCHEC  erreur que personne n'attendait\n${cause.stack ?? cause}`);
});

rmSync(ici("resultats"), { recursive: true, force: true });
mkdirSync(ici("resultats"), { recursive: true });
const [visites, joues] = [[], []];
const navigateur = await ouvrir();
let echecs = 0;
try {
  for (const fichier of fichiers) {
    if (!(await jouer(navigateur, fichier, visites, joues))) echecs += 1;
  }
} finally {
  await navigateur.close();
}
writeFileSync(ici("resultats/visites.json"), JSON.stringify(visites, null, 1));

let controles = fichiers.length;
if (perdues > 0) {
  controles += 1;
  echecs += 1;
}

/** Tells whether the whole run respects a rule: what is missing is `absents`. */
function controler(regle, absents) {
  controles += 1;
  if (absents.length === 0) return console.log(`  ok              ${regle}`);
  echecs += 1;
  signaler([`  ÉCHEC           ${regle}`, ...absents].join("\n    "));
}
if (filtres.length === 0) {
  const ecrans = JSON.parse(readFileSync(ici("../crates/web/routes.json"), "utf8"));
  controler("Chaque écran est vu ou refusé, pour chaque rôle", manques(ecrans, visites));
  controler("Chaque exigence d'usage a son parcours au clavier seul", sansParcours(joues));
}
console.log(`${fichiers.length} parcours, ${visites.length} vues contrôlées (axe, débordement, capture).`);
console.log(`${controles - echecs} passed, ${echecs} failed`);
process.exit(echecs === 0 && fichiers.length > 0 ? 0 : 1);
