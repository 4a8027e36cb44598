// The network goes during the sending: nothing is lost, and sending again does not file the candidature twice.
import { professionnel, remplirProfessionnel, remplirStructure, structure } from "../outils/candidature.mjs";
import { AMBERIEU, motUnique, siret } from "../outils/jeu.mjs";
import { toutes } from "../outils/tableau.mjs";

export const nom = "Envoyer une candidature malgré une coupure du réseau, une seule fois";

const famille = motUnique("Coupure");

export async function parcours(t) {
  const page = await t.page();
  const cles = [];
  page.on("request", (requete) => {
    if (requete.method() === "POST" && requete.url().endsWith("/api/v1/candidatures")) cles.push(requete.headers()["idempotency-key"]);
  });
  t.tolerer(/^requête sans réponse : \S+\/api\/v1\/candidatures /);
  await remplir(page);
  await horsLigne(t, page);
  await reponsePerdue(t, page);
  await deNouveau(t, page);
  t.egal(cles.length, 3, "nombre d'envois");
  t.egal(new Set(cles).size, 1, "nombre de clés d'idempotence");
  await uneSeuleFois(t);
}

async function remplir(page) {
  await page.goto("/candidature");
  await remplirStructure(page, structure(siret(AMBERIEU, 6)));
  await remplirProfessionnel(page, 1, {
    nom: famille,
    prenom: "Lise",
    email: `lise.${famille.toLowerCase()}@ccas-amberieu.example`,
    profession: "Agente",
    formations: ["Aidants Numériques"],
  });
}

const envoyer = (page) => page.getByRole("button", { name: "Envoyer la candidature" }).click();

async function horsLigne(t, page) {
  await page.context().setOffline(true);
  await page.getByText(/^Vous êtes hors ligne/).waitFor();
  await envoyer(page);
  await messageDEchec(t, page);
  await t.ecran(page, "candidature", "hors-ligne");
  await page.context().setOffline(false);
  await page.getByText(/^Vous êtes hors ligne/).waitFor({ state: "detached" });
}

/** The server files the candidature, but its answer never comes. */
async function reponsePerdue(t, page) {
  await page.route("**/api/v1/candidatures", async (route) => {
    const reponse = await route.fetch();
    t.egal(reponse.status(), 201, "réponse du serveur, que le navigateur ne reçoit pas");
    await route.abort("connectionreset");
  }, { times: 1 });
  await envoyer(page);
  await messageDEchec(t, page);
  t.egal(await professionnel(page, 1).getByLabel("Nom", { exact: true }).inputValue(), famille, "nom après une coupure");
  await page.reload();
  await page.getByText(/^Le dernier envoi n’a pas abouti/).waitFor();
  await t.ecran(page, "candidature", "envoi-incertain");
}

async function messageDEchec(t, page) {
  const message = page.locator("#echec-envoi");
  await message.getByText(/ne répond pas/).waitFor();
  await message.getByText(/^Vos réponses sont conservées/).waitFor();
  await t.attendre(
    () => message.evaluate((element) => element === document.activeElement),
    "le message d'échec n'a pas le focus",
  );
}

async function deNouveau(t, page) {
  t.egal(await professionnel(page, 1).getByLabel("Nom", { exact: true }).inputValue(), famille, "nom après rechargement");
  await t.attendre(
    async () => (await page.locator("#structure-ville").inputValue()) === "01004",
    "la commune choisie est perdue au rechargement",
  );
  await envoyer(page);
  await t.arrivee(page, "Candidature enregistrée");
  await t.ecran(page, "candidature-envoyee", "apres-coupure");
}

async function uneSeuleFois(t) {
  const page = await t.page({ role: "recipiendaire" });
  const trouvees = await toutes(t, page, { q: famille });
  t.egal(trouvees.length, 1, "nombre de demandes enregistrées");
}
