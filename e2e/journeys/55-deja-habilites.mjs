// The list of those who are habilitated already: given by the national team, searched by who attributes, told by the rules.
import { demande, motUnique } from "../outils/jeu.mjs";

export const nom = "Chercher qui est déjà habilité ; donner la liste, au clavier, et voir les demandes vérifiées de nouveau";

const famille = motUnique("Habilite");
const entetes = "nom;prenom;email;profession;mandats;demarches;structure_nom;siret;departement;referent_nom";

export async function parcours(t) {
  const gestion = await t.page({ role: "recipiendaire" });
  const cree = await t.api(gestion, "POST", "/demandes", { corps: demande(`${famille}a`, { formation: "aidants_connect" }) });
  t.egal(cree.statut, 201, "création d'une demande du parcours");
  const equipe = await t.page({ role: "instructeur" });
  await donner(t, equipe, cree.corps);
  await chercher(t, gestion);
  const relue = await t.api(gestion, "GET", `/demandes/${cree.corps.id}`);
  const constat = relue.corps.constats.find(({ regle }) => regle === "ELI-5");
  t.egal(constat?.verdict, "bloquant", "ELI-5 après la liste");
}

async function donner(t, page, { email, departement }) {
  t.tolerer(/réponse 422 : POST \/api\/v1\/habilites\/import/);
  await page.goto("/administration/habilites");
  await page.getByRole("heading", { level: 1, name: "Déjà habilités" }).waitFor();
  await t.ecran(page, "habilites");
  await page.locator("summary").filter({ hasText: "Donner la liste" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remplacer la liste" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Choisissez un fichier.").waitFor();
  const choisir = (lignes) => page.getByLabel("Fichier CSV").setInputFiles({
    name: "habilites.csv",
    mimeType: "text/csv",
    buffer: Buffer.from([entetes, ...lignes].join("\n")),
  });
  await choisir([`${famille};;;;;;;;`, `${famille};Zoé;pas une adresse;;;;Mairie;;${departement};`]);
  await page.getByRole("button", { name: "Remplacer la liste" }).click();
  await page.getByText("Ligne 3, colonne email").waitFor();
  await t.ecran(page, "habilites", "fichier-refuse");
  await choisir([
    `${famille};Angela;${email};Secrétaire;12;1;Mairie de ${famille};;${departement};Martin`,
    `${famille};Zoé;;;;;CCAS de ${famille};;${departement};`,
  ]);
  await page.getByRole("button", { name: "Remplacer la liste" }).click();
  await page.getByText("Liste remplacée : 2 personnes").waitFor();
}

async function chercher(t, page) {
  await page.goto("/administration/habilites");
  await page.getByRole("heading", { level: 1, name: "Déjà habilités" }).waitFor();
  await page.getByLabel("Nom, adresse, structure, ville ou SIRET").fill(`${famille.toUpperCase()} zoe`);
  await page.keyboard.press("Enter");
  const lignes = page.getByRole("listitem").filter({ hasText: famille });
  await t.attendre(async () => (await lignes.count()) === 1, "la recherche ne garde pas la seule personne");
  t.verifier((await lignes.first().innerText()).includes("CCAS"), "structure de la personne");
  await page.getByLabel("Nom, adresse, structure, ville ou SIRET").fill(`${famille} angela`);
  await page.keyboard.press("Enter");
  await page.getByText("Secrétaire · 12 mandats créés · 1 démarche réalisée").waitFor();
  await t.ecran(page, "habilites", "trouve");
  t.verifier(await page.getByText("Donner la liste").count() === 0, "un récipiendaire ne donne pas la liste");
  const attendu = page.waitForEvent("download");
  await page.getByRole("link", { name: "Télécharger ces personnes (CSV)" }).click();
  t.verifier(/habilites-.*\.csv/.test((await attendu).suggestedFilename()), "nom du fichier");
}
