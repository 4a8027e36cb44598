// The journal, its verification, the mails of a demonstration, and who may open these screens and one's own account.
import { presser } from "../outils/clavier.mjs";
export const nom = "Lire et vérifier le journal ; chaque rôle ouvre son compte et les courriels de la démonstration";

const ROLES = ["demandeur", "recipiendaire", "organisme", "formateur", "referent", "co_referent", "aidant", "instructeur", "anct"];

export async function parcours(t) {
  t.tolerer(/^réponse 40[13] : /);
  const page = await t.page({ role: "anct" });
  await lire(t, page);
  await verifier(t, page);
  await defauts(t, page);
  await sansCompte(t);
  for (const role of ROLES) await parRole(t, role);
}

const entrees = (page) => page.locator(".pa-entrees > li");

async function lire(t, page) {
  await page.goto("/");
  await presser(page.getByRole("navigation", { name: "Menu principal" }).getByRole("link", { name: "Journal" }));
  await t.arrivee(page, "Journal");
  await entrees(page).first().waitFor();
  await t.ecran(page, "journal", "entrees");
  t.egal(await entrees(page).count(), 20, "entrées de la première page");
  await page.getByRole("button", { name: "Afficher la suite" }).click();
  await t.attendre(async () => (await entrees(page).count()) === 40, "la suite n'est pas venue");
  await page.getByLabel("Action").fill("session.ouverte");
  await page.getByLabel("Auteur").fill("anct@demo.example");
  await page.keyboard.press("Enter");
  await page.getByText("Session ouverte").first().waitFor();
  await t.attendre(
    async () => (await entrees(page).allInnerTexts()).every((texte) => texte.startsWith("Session ouverte") && texte.includes("(anct)")),
    "d'autres entrées que celles du filtre sont montrées",
  );
  await page.locator("#au").fill("2020-01-01");
  await page.getByRole("button", { name: "Chercher" }).click();
  await page.getByText("Aucune entrée parmi celles examinées.").waitFor();
  await t.ecran(page, "journal", "aucune");
}

async function verifier(t, page) {
  await presser(page.getByRole("button", { name: "Vérifier le journal" }));
  await page.getByText("Le journal est intact").waitFor();
  await t.ecran(page, "journal", "intact");
}

/** What an administrator of the database could do is told and located (the server's own tests really do it). */
async function defauts(t, page) {
  const defaut = (genre, numero, message) => ({ genre, numero, message });
  const corps = {
    jusqu_a: 8, derniere: 9,
    defauts: [defaut("entree_modifiee", 3, "Entrée 3 : modifiée."), defaut("fin_retiree", 8, "Après l’entrée 8 : les dernières entrées manquent.")],
  };
  await page.route("**/api/v1/journal/verification*", (route) => route.fulfill({ json: corps }));
  await page.getByRole("button", { name: "Vérifier le journal" }).click();
  await page.getByText("Le journal n’est pas intact : 2 défauts.").waitFor();
  await t.ecran(page, "journal", "defauts");
  await page.getByRole("button", { name: "Voir ces entrées, à partir du n° 3" }).click();
  await page.getByText(/^N° 3, /).waitFor();
}

async function sansCompte(t) {
  const page = await t.page();
  await page.goto("/connexion");
  await page.getByRole("link", { name: "Voir les courriels de la démonstration" }).click();
  await t.arrivee(page, "Courriels de la démonstration");
  await page.getByRole("heading", { name: "Votre lien de connexion" }).first().waitFor();
  await t.ecran(page, "courriels", "liste");
  for (const [ecran, adresse] of [["mon-compte", "/mon-compte"], ["journal", "/administration/journal"]]) {
    await page.goto(adresse);
    await page.getByRole("heading", { level: 1, name: "Se connecter" }).waitFor();
    await t.ecran(page, ecran, "refuse");
  }
}

async function parRole(t, role) {
  const page = await t.page({ role });
  await page.goto("/mon-compte");
  await page.getByRole("heading", { name: "Mes sessions ouvertes" }).waitFor();
  await t.ecran(page, "mon-compte", "initial");
  await page.goto("/demonstration/courriels");
  await page.getByRole("heading", { level: 1, name: "Courriels de la démonstration" }).waitFor();
  await t.ecran(page, "courriels", "initial");
  if (role === "anct") return;
  await page.goto("/administration/journal");
  await page.getByRole("heading", { level: 1, name: "Accès refusé" }).waitFor();
  await t.ecran(page, "journal", "refuse");
}
