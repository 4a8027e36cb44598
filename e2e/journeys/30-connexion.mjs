// Signing in, wrongly then rightly, the session that expires, and signing out.
import { prete } from "../outils/tableau.mjs";

export const nom = "Se connecter, retrouver la page voulue après l'expiration de la session, se déconnecter";

export async function parcours(t) {
  t.tolerer(/^réponse 401 : /);
  const page = await t.page();
  await page.goto("/connexion");
  await page.getByRole("heading", { name: "Comptes de démonstration" }).waitFor();
  await t.ecran(page, "connexion", "vide");
  await refus(t, page);
  await acceptee(t, page);
  await expiration(t, page);
  await deconnexion(t, page);
}

async function refus(t, page) {
  const valider = page.getByRole("main").getByRole("button", { name: "Se connecter" });
  await valider.click();
  const resume = page.locator("#resume-erreurs");
  t.egal(await resume.getByRole("link").count(), 2, "nombre de réponses qui manquent");
  await t.ecran(page, "connexion", "champs-vides");
  await page.getByLabel("Adresse e-mail").fill("recipiendaire@demo.example");
  await page.getByLabel("Code à 6 chiffres").fill("654321");
  await page.keyboard.press("Enter");
  const echec = page.locator("#echec");
  await echec.waitFor();
  await t.attendre(() => echec.evaluate((element) => element === document.activeElement), "le refus n'a pas le focus");
  t.egal(await page.getByLabel("Adresse e-mail").inputValue(), "recipiendaire@demo.example", "adresse gardée après un refus");
  await t.ecran(page, "connexion", "code-faux");
}

async function acceptee(t, page) {
  await page.getByRole("button", { name: /Camille Récipiendaire/ }).click();
  t.egal(await page.getByLabel("Code à 6 chiffres").inputValue(), "123456", "code rempli par le compte de démonstration");
  await t.ecran(page, "connexion", "compte-choisi");
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await t.arrivee(page, "Tableau de gestion");
  t.devient(page, "recipiendaire");
  await page.getByRole("banner").getByText("Camille Récipiendaire (Récipiendaire)").waitFor();
  await prete(t, page);
  await page.goto("/connexion");
  await page.getByText("Vous êtes déjà connecté.").waitFor();
  await t.ecran(page, "connexion", "deja-connecte");
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
  await page.getByLabel("Adresse e-mail").fill("recipiendaire@demo.example");
  await page.getByLabel("Code à 6 chiffres").fill("123456");
  await page.keyboard.press("Enter");
  await t.arrivee(page, "Tableau de gestion");
  t.egal(page.url(), voulue, "adresse après la connexion");
  t.devient(page, "recipiendaire");
  await prete(t, page);
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
