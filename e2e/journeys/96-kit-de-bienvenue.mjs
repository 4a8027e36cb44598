// The welcome kit: an administrator makes its code, a référent signs in with it for the first time and sets an application.
import { presser } from "../outils/clavier.mjs";
import { accepterLesTextes, entrer } from "../outils/invitation.mjs";
import { code } from "../outils/totp.mjs";

export const nom = "Se connecter la première fois avec le code du kit de bienvenue, puis avec son application";

export async function parcours(t) {
  const email = `rejane.${Date.now()}@mairie.example`;
  const accueil = await preparer(t, email);
  const page = await t.page();
  await premiere(t, page, email, accueil);
  const secret = await regler(t, page);
  await suivante(t, email, secret);
}

/** The administrator: an account, its code shown once, and what is told of it afterwards. */
async function preparer(t, email) {
  const page = await t.page({ role: "anct" });
  const cree = await t.api(page, "POST", "/comptes", { corps: { nom: "Réjane Noël", email, roles: ["referent"] } });
  t.egal(cree.statut, 201, "compte créé");
  await page.goto(`/administration/comptes/${cree.corps.id}`);
  await presser(page.getByRole("button", { name: "Créer le code du kit de bienvenue" }));
  await presser(page.getByRole("button", { name: "Confirmer" }));
  const montre = page.locator("#code-accueil");
  await montre.waitFor();
  const accueil = (await montre.innerText()).trim();
  t.egal(/^[0-9]{6}$/.test(accueil), true, `code à six chiffres : ${accueil}`);
  await page.getByText("Un code de kit de bienvenue attend la première connexion").waitFor();
  await t.ecran(page, "compte", "code-accueil");
  await page.reload();
  await page.getByText("Un code de kit de bienvenue attend la première connexion").waitFor();
  t.egal(await montre.count(), 0, "code montré une seule fois");
  return accueil;
}

/** The référent: the code of the kit, the mailed link, the texts, then the means that is missing. */
async function premiere(t, page, email, accueil) {
  await page.goto("/connexion");
  await entrer(t, page, email, accueil);
  t.devient(page, "referent");
  await accepterLesTextes(t, page);
  await t.arrivee(page, "Mon compte");
  await page.getByText("Vous n’en avez aucun. Ajoutez maintenant").waitFor();
  await t.ecran(page, "mon-compte", "premier-moyen");
}

/** Sets an application, with a code of it as the only proof; answers its key. */
async function regler(t, page) {
  await presser(page.getByRole("button", { name: "Ajouter une application" }));
  await page.getByLabel("Nom du moyen").fill("Mon téléphone");
  await page.keyboard.press("Enter");
  await page.locator(".pa-secret").waitFor();
  const secret = (await page.locator(".pa-secret").innerText()).trim();
  await page.getByLabel("Code que montre l’application").fill(code(secret, -1));
  await page.keyboard.press("Enter");
  await page.getByText("Mon téléphone").first().waitFor();
  await page.getByText("Vous n’en avez aucun.").waitFor({ state: "detached" });
  return secret;
}

/** The next sign-in, elsewhere: by the application, to the screens of the role. */
async function suivante(t, email, secret) {
  const page = await t.page();
  await page.goto("/connexion");
  await entrer(t, page, email, code(secret));
  t.devient(page, "referent");
  await page.getByRole("button", { name: "Se déconnecter" }).first().waitFor();
  t.egal(new URL(page.url()).pathname === "/mon-compte", false, "plus rien à régler");
}
