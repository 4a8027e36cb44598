// What one does with the mouse in the table: ranges drawn or ended with Shift, cells opened and typed in, the edge of a header.
// The same with the keyboard is in 46 and 53.
import { demande, motUnique } from "../outils/jeu.mjs";
import { cellule, cellules, grille, nombreDeviendra, ouvrir } from "../outils/tableau.mjs";

export const nom = "À la souris : sélectionner une plage, l'étendre avec Maj, saisir, élargir une colonne";
export const ux = ["UX-03", "UX-06"];
export const souris = true;

const famille = motUnique("Souris");
const NOMBRE = 4;

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  for (const suffixe of "abcd") {
    const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille + suffixe) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
  }
  await ouvrir(t, page, `?q=${famille}&tri=nom&colonnes=nom,prenom,ville,profession`);
  await nombreDeviendra(t, page, NOMBRE);
  await plages(t, page);
  await saisie(t, page);
  await largeurs(t, page);
  await ouvrirLigne(t, page);
}

const choisies = (page) => grille(page).locator('[aria-selected="true"]').count();
const attendre = (t, page, nombre) => t.attendre(
  async () => (await choisies(page)) === nombre,
  async () => `${await choisies(page)} cellules sélectionnées au lieu de ${nombre}`,
);

/** The middle of a cell. */
async function milieu(page, rang, titre) {
  const { x, y, width, height } = await (await cellule(page, rang, titre)).boundingBox();
  return [x + width / 2, y + height / 2];
}

async function plages(t, page) {
  await page.mouse.move(...await milieu(page, 0, "Prénom du professionnel"));
  await page.mouse.down();
  await page.mouse.move(...await milieu(page, 2, "Ville"), { steps: 6 });
  await page.mouse.up();
  await attendre(t, page, 6);
  await t.ecran(page, "tableau", "plage-a-la-souris");
  // Shift and a click move the end of the range, not its beginning.
  await (await cellule(page, 3, "Profession")).click({ modifiers: ["Shift"] });
  await attendre(t, page, 12);
  await (await cellule(page, 1, "Ville")).click({ modifiers: ["Shift"] });
  await attendre(t, page, 4);
  // A click alone begins again.
  await (await cellule(page, 0, "Ville")).click();
  await attendre(t, page, 0);
  await (await cellule(page, 3, "Ville")).click({ modifiers: ["Shift"] });
  await attendre(t, page, 4);
}

/** Twice on a cell: it is typed in, and a click elsewhere saves it. */
async function saisie(t, page) {
  await (await cellule(page, 1, "Ville")).dblclick();
  await page.keyboard.type("Gex");
  await (await cellule(page, 2, "Profession")).click();
  await t.attendre(async () => (await cellules(page, "Ville"))[1] === "Gex", "la saisie quittée à la souris n'est pas enregistrée");
  await page.getByRole("button", { name: "Annuler", exact: true }).click();
  await t.attendre(async () => (await cellules(page, "Ville"))[1] === "Ambérieu-en-Bugey", "« Annuler » ne rend pas la valeur d'avant");
}

/** The edge of a header, drawn; pressed twice, the usual width. */
async function largeurs(t, page) {
  const entete = grille(page).getByRole("columnheader").nth(2);
  const largeur = () => entete.evaluate((un) => un.getBoundingClientRect().width);
  const bord = entete.locator(".grille__bord");
  const place = await bord.boundingBox();
  const avant = await largeur();
  await page.mouse.move(place.x + 4, place.y + 10);
  await page.mouse.down();
  await page.mouse.move(place.x + 64, place.y + 10, { steps: 5 });
  await page.mouse.up();
  await t.attendre(async () => Math.abs((await largeur()) - avant - 60) < 8, "la largeur ne suit pas la souris");
  t.verifier(page.url().includes("largeurs="), `adresse : ${page.url()}`);
  await bord.dblclick();
  await t.attendre(async () => Math.abs((await largeur()) - avant) < 1, "la largeur habituelle ne revient pas");
  t.verifier(!page.url().includes("largeurs="), `adresse : ${page.url()}`);
}

/** A click on the first column opens the demande. */
async function ouvrirLigne(t, page) {
  await (await cellule(page, 0, "Nom du professionnel")).click();
  await page.getByRole("complementary", { name: "Détail de la demande" }).getByRole("heading", { name: `Angèle ${famille}a` }).waitFor();
}
