// Importing a file: rehearsal, real import, refused lines, undoing; and what is said of a file that cannot be read.
import { readFile } from "node:fs/promises";
import { aller, presser, remplir } from "../outils/clavier.mjs";
import { ecrire, lire } from "../outils/csv.mjs";
import { AMBERIEU, faux, motUnique, siret } from "../outils/jeu.mjs";
import { copier, nombreDeviendra, ouvrir, place, toutes } from "../outils/tableau.mjs";

export const nom = "Importer un fichier : essai à blanc, import, lignes refusées, retour en arrière, au clavier";
export const ux = ["UX-09"];

const famille = motUnique("Import");
const COLONNES = ["structure_nom", "siret", "nom", "prenom", "email", "formation", "code_postal", "ville", "couleur"];

const ligne = (rang, numero = siret(AMBERIEU, 20 + rang)) => [
  "Mairie d’Ambérieu-en-Bugey", numero, famille, `Prénom${"abcdef"[rang]}`,
  `prenom${rang}.${famille.toLowerCase()}@amberieu-en-bugey.example`, "aidants_numeriques", "01500", "Ambérieu-en-Bugey", "bleu",
];
const FICHIER = {
  name: "demandes.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(ecrire([COLONNES, ligne(0), ligne(1), ligne(2), ligne(3, faux(siret(AMBERIEU, 23)))])),
};

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire", acceptDownloads: true });
  await ouvrir(t, page);
  await presser(page.getByRole("main").getByRole("link", { name: "Importer" }));
  await t.arrivee(page, "Importer des demandes");
  const etape = (rang) => page.getByText(`Étape ${rang} sur 4`).waitFor();
  await etape(1);
  await t.ecran(page, "imports", "vide");
  await refusDeFichier(t, page);
  await essai(t, page);
  await etape(3);
  await pourDeBon(t, page);
  await etape(4);
  await rejets(t, page);
  await retourEnArriere(t, page);
  await beaucoupDeRefus(t, page);
  await clavierDeLaListe(t, page);
}

/** The list of imports has the keys of every table, and its cells are copied though they do not change. */
async function clavierDeLaListe(t, page) {
  await page.goto("/imports");
  const liste = page.getByRole("grid", { name: "Imports précédents" });
  await liste.getByRole("gridcell").first().waitFor();
  await versListe(page, liste);
  await page.keyboard.press("?");
  const boite = page.getByRole("dialog", { name: "Raccourcis clavier du tableau" });
  await boite.getByText("Sélectionner tout le tableau").waitFor();
  t.egal(await boite.getByText("Coller depuis un tableur").count(), 0, "touches de saisie d'une liste qui ne se saisit pas");
  await t.ecran(page, "imports", "raccourcis");
  await page.keyboard.press("Escape");
  await boite.waitFor({ state: "hidden" });
  await versListe(page, liste);
  await page.keyboard.press("Shift+ArrowRight");
  t.egal((await copier(page))[0].split("\t").length, 2, "cellules copiées");
  await t.attendre(async () => (await place(page))?.[1] === 2, "la flèche ne mène pas à la cellule suivante");
  await page.keyboard.press("F6");
  await t.attendre(
    () => page.evaluate(() => document.activeElement.closest(".import__choix") !== null),
    "F6 ne mène pas à la partie suivante",
  );
}

/** Goes to the first cell of the list. */
async function versListe(page, liste) {
  await aller(liste.locator("[tabindex='0']").first());
  await page.keyboard.press("Control+Home");
}

const champ = (page) => page.getByLabel(/^Choisir un fichier/);

async function refusDeFichier(t, page) {
  await presser(page.getByRole("button", { name: "Faire un essai à blanc" }));
  await page.getByText("Choisissez d’abord un fichier.").waitFor();
  await t.ecran(page, "imports", "sans-fichier");
  await champ(page).setInputFiles({ name: "demandes.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") });
  await presser(page.getByRole("button", { name: "Faire un essai à blanc" }));
  await page.getByText(/^Ce format n’est pas accepté/).waitFor();
  t.egal(await champ(page).getAttribute("aria-invalid"), "true", "aria-invalid du fichier refusé");
}

/** Counters of the report, by their words. */
async function compteurs(page) {
  const textes = await page.locator(".import__compteur").allInnerTexts();
  return Object.fromEntries(textes.map((texte) => {
    const [, nombre, mots] = texte.trim().match(/^(\d[\d\s\u202f]*)\s+(.*)$/s);
    return [mots.trim(), Number(nombre.replace(/\D/g, ""))];
  }));
}

async function essai(t, page) {
  await champ(page).setInputFiles(FICHIER);
  await page.getByText(/^demandes\.csv \(/).waitFor();
  await t.ecran(page, "imports", "fichier-choisi");
  // The first answers say that the file is still being read: the screen of the progress, however fast the import is.
  let lectures = 0;
  await page.route("**/api/v1/imports/*", async (route) => {
    const reponse = await route.fetch();
    const etat = await reponse.json();
    lectures += 1;
    const enCours = { ...etat, etat: "en_cours", octets_lus: Math.floor(etat.octets / 2), lignes: 2 };
    await route.fulfill({ response: reponse, json: lectures <= 4 ? enCours : etat });
  });
  await envoiLent(t, page);
  await page.getByRole("progressbar", { name: "Lecture du fichier" }).waitFor();
  await t.ecran(page, "import", "en-cours");
  await page.unroute("**/api/v1/imports/*");
  await page.getByText("Essai à blanc : rien n’a été écrit.").waitFor();
  t.egal(await compteurs(page), { "à ajouter": 3, "à modifier": 0, "déjà à jour": 0, "seraient refusées": 1 }, "essai à blanc");
  await page.getByText("couleur", { exact: true }).waitFor();
  await t.ecran(page, "import", "essai-termine");
  t.egal((await toutes(t, page, { q: famille })).length, 0, "demandes écrites par l'essai à blanc");
}

/** The file leaves slowly: the bar tells what has left, then that everything has. */
async function envoiLent(t, page) {
  let liberer;
  const attente = new Promise((suite) => { liberer = suite; });
  await page.route("**/api/v1/imports?*", async (route) => {
    await attente;
    await route.continue();
  });
  await presser(page.getByRole("button", { name: "Faire un essai à blanc" }));
  const barre = page.getByRole("progressbar", { name: "Envoi du fichier" });
  await barre.waitFor();
  await page.getByText(/envoyés sur \d/).waitFor();
  await t.ecran(page, "imports", "envoi");
  liberer();
  await barre.waitFor({ state: "detached" });
  await page.unroute("**/api/v1/imports?*");
}

async function pourDeBon(t, page) {
  await presser(page.getByRole("button", { name: "Importer pour de bon" }));
  await page.getByText("Terminé.", { exact: true }).first().waitFor();
  await t.attendre(async () => "ajoutées" in (await compteurs(page)), "l'import réel ne montre pas son résultat");
  t.egal(await compteurs(page), { ajoutées: 3, modifiées: 0, "déjà à jour": 0, refusées: 1 }, "import");
  await t.ecran(page, "import", "termine");
  t.egal((await toutes(t, page, { q: famille })).length, 3, "demandes importées");
}

async function rejets(t, page) {
  const tableau = page.getByRole("table", { name: "Lignes refusées" });
  await tableau.getByText(/clé de contrôle est fausse/).waitFor();
  const attente = page.waitForEvent("download");
  await presser(page.getByRole("link", { name: "Télécharger les lignes refusées" }));
  const rangees = lire(await readFile(await (await attente).path(), "utf8"));
  t.egal(rangees.length, 2, "nombre de lignes du fichier des refus");
  t.egal(rangees[0].slice(0, COLONNES.length), COLONNES, "colonnes du fichier des refus");
  t.egal(rangees[0].at(-1), "erreur", "dernière colonne du fichier des refus");
  t.verifier(rangees[1].at(-1).includes("SIRET"), `erreur du fichier des refus : ${rangees[1].at(-1)}`);
  const complet = page.waitForEvent("download");
  await presser(page.getByRole("link", { name: /^Télécharger le rapport complet/ }));
  const lignes = (await readFile(await (await complet).path(), "utf8")).trim().split("\n");
  t.egal(lignes.length, 4, "lignes du rapport complet");
}

async function retourEnArriere(t, page) {
  await presser(page.getByRole("link", { name: "Voir le tableau de gestion" }));
  await t.arrivee(page, "Tableau de gestion");
  await remplir(page.getByRole("searchbox", { name: /^Rechercher/ }), famille);
  await nombreDeviendra(t, page, 3);
  await page.goBack();
  await presser(page.getByRole("button", { name: "Défaire cet import" }));
  const boite = page.getByRole("dialog", { name: "Défaire cet import ?" });
  await boite.waitFor();
  await t.ecran(page, "import", "confirmation");
  await presser(boite.getByRole("button", { name: "Défaire cet import" }));
  await page.getByText("Défait : le tableau est comme avant cet import.").first().waitFor();
  await t.ecran(page, "import", "defait");
  t.egal((await toutes(t, page, { q: famille })).length, 0, "demandes restées après le retour en arrière");
}

/** More refusals than the page shows: it says how many it shows, and where the others are. */
async function beaucoupDeRefus(t, page) {
  const lignes = Array.from({ length: 130 }, () => ligne(0, "123"));
  await page.goto("/imports");
  await champ(page).setInputFiles({ ...FICHIER, buffer: Buffer.from(ecrire([COLONNES, ...lignes])) });
  await presser(page.getByRole("button", { name: "Faire un essai à blanc" }));
  await page.getByText("Seules les 100 premières des 130 lignes refusées sont affichées ci-dessous : le fichier les contient toutes.").waitFor();
  await page.getByRole("table", { name: "Lignes refusées" }).waitFor();
  await t.ecran(page, "import", "beaucoup-de-refus");
}
