// Dashboards: the country, a département, an envelope; every figure opens the rows that it counts, files are taken away.
import { demande, motUnique } from "../outils/jeu.mjs";

export const nom = "Piloter : le pays, un département, une enveloppe, leurs demandes et le rapport de convention, au clavier";

const famille = motUnique("Pilote");

export async function parcours(t) {
  const gestion = await t.page({ role: "recipiendaire" });
  const cree = await t.api(gestion, "POST", "/demandes", { corps: demande(famille) });
  t.egal(cree.statut, 201, "création d'une demande du parcours");
  const equipe = await t.page({ role: "anct" });
  await pays(t, equipe);
  await departement(t, equipe);
  const enveloppe = cree.corps.enveloppe_id;
  await uneEnveloppe(t, gestion, enveloppe);
  for (const role of ["anct", "instructeur"]) await voir(t, role, enveloppe);
}

/** A figure of a table, by the name that is read out: its number and its link. */
async function suivre(t, page, chiffre) {
  const dit = (await chiffre.innerText()).replace(/\D/g, "");
  await chiffre.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Tableau de gestion" }).waitFor();
  const grille = page.getByRole("grid");
  await t.attendre(
    async () => (await grille.getAttribute("aria-rowcount")) === String(Number(dit) + 1),
    `le tableau n'a pas les ${dit} demandes du chiffre`,
  );
}

async function pays(t, page) {
  await page.goto("/pilotage");
  await page.getByRole("heading", { level: 1, name: "Pilotage national" }).waitFor();
  await page.getByRole("heading", { level: 2, name: "France entière" }).waitFor();
  await t.ecran(page, "pilotage");
  const carte = page.getByRole("img", { name: "Carte des départements : Demandes" });
  await carte.waitFor();
  t.egal(await carte.locator("g").count(), 101, "carreaux de la carte");
  await page.getByLabel("Nombre montré sur la carte").selectOption("departs");
  await page.getByRole("img", { name: "Carte des départements : Départs financés" }).waitFor();
  await page.locator("summary").filter({ hasText: "Voir les chiffres de chaque département" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "974 - La Réunion", exact: true }).waitFor();
  await t.ecran(page, "pilotage", "departements");
  const attendu = page.waitForEvent("download");
  await page.getByRole("link", { name: "Exporter en CSV" }).click();
  t.verifier(/tableau-de-bord-national-.*\.csv/.test((await attendu).suggestedFilename()), "nom du fichier");
  await page.getByRole("link", { name: "01 - Ain", exact: true }).focus();
  await page.keyboard.press("Enter");
  await t.arrivee(page, "Pilotage d’un département");
}

async function departement(t, page) {
  await page.getByRole("heading", { level: 2, name: "01 - Ain" }).waitFor();
  await page.getByRole("img", { name: "Demandes et départs par étape" }).waitFor();
  await t.ecran(page, "pilotage-departement");
  await suivre(t, page, page.getByRole("link", { name: /: Reçue, ouvrir dans le tableau/ }));
  t.tolerer(/réponse 404 : GET \/api\/v1\/tableaux-de-bord\/departements\/99/);
  await page.goto("/pilotage/departements/99");
  await page.getByRole("alert").waitFor();
  await t.ecran(page, "pilotage-departement", "inconnu");
}

async function uneEnveloppe(t, page, id) {
  await page.goto(`/administration/enveloppes/${id}`);
  await page.getByRole("link", { name: "Voir son tableau de bord et son rapport" }).click();
  await page.getByRole("heading", { level: 1, name: "Pilotage d’une enveloppe" }).waitFor();
  await page.getByRole("heading", { level: 3, name: "L’essentiel" }).waitFor();
  await t.ecran(page, "pilotage-enveloppe");
  for (const [lien, extension] of [["PDF", "pdf"], ["XLSX", "xlsx"]]) {
    const attendu = page.waitForEvent("download");
    await page.getByRole("link", { name: `Rapport de convention (${lien})` }).click();
    t.egal((await attendu).suggestedFilename().split(".").pop(), extension, "extension du rapport");
  }
  t.egal(await page.getByRole("navigation").getByRole("link", { name: "Pilotage" }).count(), 0, "entrée de menu du récipiendaire");
  await suivre(t, page, page.getByRole("link", { name: /: Demandes, ouvrir dans le tableau/ }).first());
}

/** What the national teams read of the same envelope, and of the whole. */
async function voir(t, role, enveloppe) {
  const page = await t.page({ role });
  for (const [ecran, adresse] of [
    ["pilotage", "/pilotage"],
    ["pilotage-departement", "/pilotage/departements/01"],
    ["pilotage-enveloppe", `/pilotage/enveloppes/${enveloppe}`],
  ]) {
    await page.goto(adresse);
    await page.getByRole("heading", { level: 3, name: "L’essentiel" }).waitFor();
    await t.ecran(page, ecran);
  }
}
