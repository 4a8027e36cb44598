// Signing in: wrongly, then rightly by the mailed link, the session that expires, and signing out.
import { prete } from "../outils/tableau.mjs";

export const nom = "Se connecter par un code et un lien, retrouver la page voulue après l'expiration, se déconnecter";

const EMAIL = "recipiendaire@demo.example";

export async function parcours(t) {
  t.tolerer(/^réponse 401 : /);
  const page = await t.page();
  await page.goto("/connexion");
  await page.getByRole("heading", { name: "Comptes de démonstration" }).waitFor();
  await t.ecran(page, "connexion", "vide");
  await refus(t, page);
  await acceptee(t, page);
  const servi = await expiration(t, page);
  await deconnexion(t, page);
  await lienUnique(t, page, servi);
}

const recevoir = (page) => page.getByRole("main").getByRole("button", { name: "Recevoir le lien de connexion" });
const envoye = (page) => page.getByRole("heading", { level: 2, name: "Ouvrez le lien reçu par courriel" });

async function arriveEnvoye(t, page) {
  await envoye(page).waitFor();
  await t.attendre(
    () => envoye(page).evaluate((element) => element === document.activeElement),
    "ce qu'il reste à faire n'a pas le focus",
  );
}

/** Opens the link that the demonstration shows, by the keyboard; answers its path. */
async function ouvrirLien(t, page) {
  const lien = page.getByRole("link", { name: "Ouvrir le lien du courriel" });
  const chemin = await lien.getAttribute("href");
  await lien.press("Enter");
  await t.arrivee(page, "Terminer la connexion");
  return chemin;
}

async function refus(t, page) {
  await recevoir(page).click();
  const resume = page.locator("#resume-erreurs");
  t.egal(await resume.getByRole("link").count(), 2, "nombre de réponses qui manquent");
  await t.ecran(page, "connexion", "champs-vides");
  const code = page.getByLabel("Code à 6 chiffres");
  t.egal(await code.getAttribute("autocomplete"), "one-time-code", "saisie automatique du code");
  await page.getByLabel("Adresse e-mail").fill(EMAIL);
  await code.fill("654321");
  await page.keyboard.press("Enter");
  await arriveEnvoye(t, page);
  await page.getByText("Ici aucun ne serait parti").waitFor();
  await t.ecran(page, "connexion", "code-faux");
  await page.getByRole("button", { name: "Recommencer" }).click();
  t.egal(await page.getByLabel("Adresse e-mail").inputValue(), EMAIL, "adresse gardée pour recommencer");
  t.egal(await page.getByLabel("Code à 6 chiffres").inputValue(), "", "code à saisir de nouveau");
}

async function acceptee(t, page) {
  await page.getByRole("button", { name: /Camille Récipiendaire/ }).click();
  t.egal(await page.getByLabel("Code à 6 chiffres").inputValue(), "123456", "code rempli par le compte de démonstration");
  await t.ecran(page, "connexion", "compte-choisi");
  await recevoir(page).click();
  await arriveEnvoye(t, page);
  await page.getByRole("link", { name: "Ouvrir le lien du courriel" }).waitFor();
  await t.ecran(page, "connexion", "lien-envoye");
  await ouvrirLien(t, page);
  await t.ecran(page, "connexion-lien", "a-confirmer");
  const { statut } = await t.api(page, "GET", "/session");
  t.egal(statut, 401, "session avant d'avoir confirmé");
  await page.getByRole("button", { name: "Me connecter" }).press("Enter");
  await t.arrivee(page, "Tableau de gestion");
  t.devient(page, "recipiendaire");
  await page.getByRole("banner").getByText("Camille Récipiendaire (Récipiendaire)").waitFor();
  await prete(t, page);
  await page.goto("/connexion");
  await page.getByText("Vous êtes déjà connecté.").waitFor();
  await t.ecran(page, "connexion", "deja-connecte");
}

/** Pastes a code as an application gives it, with a space: a paste is never refused. */
async function coller(page, texte) {
  const code = page.getByLabel("Code à 6 chiffres");
  await code.focus();
  await page.keyboard.insertText(texte);
}

/** The session ends while the person works: sign-in, then back to the very same list. */
async function expiration(t, page) {
  await page.goto("/tableau?q=mairie&tri=ville");
  await prete(t, page);
  const voulue = page.url();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Ville", exact: true }).click();
  await t.arrivee(page, "Se connecter");
  t.devient(page, "public");
  const suite = new URL(page.url()).searchParams.get("suite") ?? "";
  t.verifier(suite.startsWith("/tableau?") && suite.includes("q=mairie"), `la suite voulue est « ${suite} »`);
  await t.ecran(page, "connexion", "session-expiree");
  await page.goto(voulue);
  await t.attendre(() => new URL(page.url()).pathname === "/connexion", "sans session, l'adresse du tableau reste ouverte");
  await page.getByLabel("Adresse e-mail").fill(EMAIL);
  await coller(page, "123 456");
  await page.keyboard.press("Enter");
  await arriveEnvoye(t, page);
  const chemin = await ouvrirLien(t, page);
  await page.getByRole("button", { name: "Me connecter" }).click();
  await t.arrivee(page, "Tableau de gestion");
  t.egal(page.url(), voulue, "adresse après la connexion");
  t.devient(page, "recipiendaire");
  await prete(t, page);
  return chemin;
}

async function deconnexion(t, page) {
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await t.arrivee(page, "Former vos agents à l’accompagnement numérique");
  await page.getByText("Vous êtes déconnecté.").waitFor();
  await page.getByRole("banner").getByRole("link", { name: "Se connecter" }).waitFor();
  t.devient(page, "public");
  await t.ecran(page, "accueil", "deconnecte");
  const { statut } = await t.api(page, "GET", "/session");
  t.egal(statut, 401, "session après la déconnexion");
  await page.goto("/tableau");
  await page.getByRole("heading", { level: 1, name: "Se connecter" }).waitFor();
}

/** A link that has served opens nothing more; an incomplete one says so. */
async function lienUnique(t, page, servi) {
  await page.goto(servi);
  await t.ecran(page, "connexion-lien", "deja-servi");
  await page.getByRole("button", { name: "Me connecter" }).click();
  const echec = page.locator("#echec");
  await echec.waitFor();
  await t.attendre(() => echec.evaluate((element) => element === document.activeElement), "le refus n'a pas le focus");
  await t.ecran(page, "connexion-lien", "refuse-par-le-serveur");
  await page.goto("/connexion/lien");
  await page.getByText("Ce lien est incomplet").waitFor();
  await t.ecran(page, "connexion-lien", "incomplet");
}
