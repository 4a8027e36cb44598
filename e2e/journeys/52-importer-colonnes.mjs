// A file whose headers are not ours: shown with examples, placed by the person, rehearsed, with what changes cell by cell; the next file
// finds the choices again.
import { atteindre, opter, presser } from "../outils/clavier.mjs";
import { ecrire } from "../outils/csv.mjs";
import { AMBERIEU, motUnique, siret } from "../outils/jeu.mjs";
import { toutes } from "../outils/tableau.mjs";

export const nom = "Importer un fichier d'autres en-têtes : placer les colonnes, voir les différences, retrouver ses choix, au clavier";
export const ux = ["UX-09"];

const famille = motUnique("Entete");
// Headers that no other run has used: what is chosen for them is remembered.
const suffixe = famille.slice(-9);
const ENTETES = [`Employeur ${suffixe}`, "siret", "nom", "prenom", `Courrier ${suffixe}`, "formation", "code_postal", `Commune ${suffixe}`];
const ligne = (rang, ville = "Ambérieu-en-Bugey") => [
  "Mairie d’Ambérieu-en-Bugey", siret(AMBERIEU, 60 + rang), famille, `Prénom${"ab"[rang]}`,
  `prenom${rang}.${famille.toLowerCase()}@amberieu-en-bugey.example`, "aidants_numeriques", "01500", ville,
];
const fichier = (...lignes) => ({ name: "autre.csv", mimeType: "text/csv", buffer: Buffer.from(ecrire([ENTETES, ...lignes])) });

export async function parcours(t) {
  t.tolerer(/^réponse 422 : POST /);
  const page = await t.page({ role: "recipiendaire" });
  await page.goto("/imports");
  await page.getByLabel(/^Choisir un fichier/).waitFor();
  await refus(t, page);
  await placer(t, page);
  await importer(t, page);
  await reprendre(t, page);
}

const champ = (page) => page.getByLabel(/^Choisir un fichier/);
const colonne = (page, debut) => page.getByLabel(`Colonne pour « ${debut} ${suffixe} »`);

/** Without choices, the file says which columns miss. */
async function refus(t, page) {
  await champ(page).setInputFiles(fichier(ligne(0), ligne(1)));
  await presser(page.getByRole("button", { name: "Faire un essai à blanc" }));
  await page.getByRole("alert").getByText(/manque/).first().waitFor();
}

async function placer(t, page) {
  await atteindre(page, /^Vérifier les colonnes$/);
  await page.keyboard.press("Enter");
  const titre = page.getByRole("heading", { name: "Colonnes du fichier" });
  await page.getByText("Étape 2 sur 4").waitFor();
  await t.attendre(() => titre.evaluate((un) => un === document.activeElement).catch(() => false), "le titre n'a pas le focus");
  await page.getByText("Mairie d’Ambérieu-en-Bugey", { exact: true }).waitFor();
  t.egal(await page.getByLabel("Colonne pour « siret »").inputValue(), "siret", "en-tête reconnu");
  t.egal(await colonne(page, "Employeur").inputValue(), "", "en-tête inconnu");
  await t.ecran(page, "imports", "colonnes");
  await opter(colonne(page, "Employeur"), "structure_nom");
  await opter(colonne(page, "Courrier"), "email");
  await opter(colonne(page, "Commune"), "ville");
}

async function importer(t, page) {
  await presser(page.getByRole("button", { name: "Importer pour de bon" }));
  await page.getByText("Terminé.", { exact: true }).first().waitFor();
  t.egal((await toutes(t, page, { q: famille })).length, 2, "demandes importées");
}

/** The same headers again: the choices are there, and the report says what would change. */
async function reprendre(t, page) {
  await page.goto("/imports");
  await champ(page).setInputFiles(fichier(ligne(0, "Trévoux"), ligne(1)));
  await presser(page.getByRole("button", { name: "Vérifier les colonnes" }));
  await page.getByText(/^Vos choix du dernier fichier/).waitFor();
  t.egal(await colonne(page, "Commune").inputValue(), "ville", "choix retrouvé");
  await presser(page.getByRole("button", { name: "Faire un essai à blanc" }));
  await page.getByRole("heading", { name: "Modifications, cellule par cellule" }).waitFor();
  const rangee = page.getByRole("row").filter({ hasText: "Trévoux" });
  await rangee.getByRole("cell", { name: "Ambérieu-en-Bugey" }).waitFor();
  await t.ecran(page, "import", "differences");
}
