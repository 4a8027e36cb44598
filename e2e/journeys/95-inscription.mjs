// A demandeur registers alone: a confirmed address, an application of codes, the terms, and nothing of others.
import { presser } from "../outils/clavier.mjs";
import { accepter, accepterLesTextes, connecter, continuer, ouvrirLien } from "../outils/invitation.mjs";

export const nom = "Créer son compte de demandeur par une adresse confirmée";

const ROLES = ["demandeur", "recipiendaire", "organisme", "formateur", "referent", "co_referent", "aidant", "instructeur", "anct"];

export async function parcours(t) {
  // Answers that are refused, a session that is not open yet, a screen of others.
  t.tolerer(/^réponse 4(01|03|22) : /);
  const email = `lea.${Date.now()}@mairie.example`;
  const page = await t.page();
  await demander(t, page, email);
  await terminer(t, page, email);
  await connue(t, email);
  for (const role of ROLES) await parRole(t, role);
}

async function demander(t, page, email) {
  await page.goto("/connexion");
  await presser(page.getByRole("link", { name: "Créer un compte" }));
  await t.arrivee(page, "Créer un compte");
  await t.ecran(page, "inscription", "vide");
  const [nomChamp, adresse] = [page.getByLabel("Nom et prénom"), page.getByLabel("Adresse e-mail")];
  t.egal(await adresse.getAttribute("autocomplete"), "email", "saisie automatique de l'adresse");
  await nomChamp.fill("Léa Petit");
  await adresse.fill("lea sans arobase");
  await page.keyboard.press("Enter");
  await t.attendre(async () => (await adresse.getAttribute("aria-invalid")) === "true", "l'adresse fausse n'est pas signalée au champ");
  t.egal(await nomChamp.inputValue(), "Léa Petit", "nom gardé après le refus");
  await t.ecran(page, "inscription", "adresse-refusee");
  await adresse.fill(email);
  await page.keyboard.press("Enter");
  await envoyee(t, page);
  await t.ecran(page, "inscription", "envoyee");
}

async function envoyee(t, page) {
  const suite = page.getByRole("heading", { name: "Regardez vos courriels" });
  await suite.waitFor();
  await t.attendre(() => suite.evaluate((element) => element === document.activeElement), "la suite n'a pas le focus");
}

async function terminer(t, page, email) {
  await ouvrirLien(t, page, email);
  t.egal((await t.api(page, "GET", "/session")).statut, 401, "session avant d'avoir confirmé");
  const secret = await continuer(t, page);
  await page.getByText(`${email} – Demandeur`).waitFor();
  await t.ecran(page, "invitation", "inscription-a-confirmer");
  await accepter(t, page, secret);
  await connecter(t, page, email, secret);
  t.devient(page, "demandeur");
  await accepterLesTextes(t, page);
  await t.arrivee(page, "Former vos agents à l’accompagnement numérique");
  await page.getByRole("banner").getByText("Léa Petit (Demandeur)").waitFor();
  await page.goto("/tableau");
  await page.getByRole("heading", { level: 1, name: "Accès refusé" }).waitFor();
}

/** The same is shown to whoever asks again with an address that has an account: its owner is told by mail. */
async function connue(t, email) {
  const page = await t.page();
  await page.goto("/inscription");
  await page.getByLabel("Nom et prénom").fill("Quelqu’un d’autre");
  await page.getByLabel("Adresse e-mail").fill(email);
  await page.keyboard.press("Enter");
  await envoyee(t, page);
  t.egal(await t.lien(page, email), undefined, "lien pour une adresse qui a un compte");
}

async function parRole(t, role) {
  const page = await t.page({ role });
  await page.goto("/inscription");
  await page.getByRole("heading", { level: 1, name: "Créer un compte" }).waitFor();
  await t.ecran(page, "inscription", "initial");
}
