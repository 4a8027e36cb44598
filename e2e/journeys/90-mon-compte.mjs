// One's own account by the screen: adding applications with real codes, signing in with one, sessions, roles.
import { presser } from "../outils/clavier.mjs";
import { code } from "../outils/totp.mjs";

export const nom = "Gérer ses moyens de connexion, ses sessions et ses rôles";

const EMAIL = "aidant@demo.example";

export async function parcours(t) {
  // A wrong code, sessions that are closed.
  t.tolerer(/^réponse 4(22|01) : /);
  const page = await t.page({ role: "aidant" });
  await page.goto("/mon-compte");
  await page.getByRole("heading", { name: "Mes moyens d’obtenir un code" }).waitFor();
  await t.ecran(page, "mon-compte", "rempli");
  const secret = await ajouter(t, page, "Mon téléphone");
  await ajouter(t, page, "Ma tablette");
  await t.ecran(page, "mon-compte", "deux-moyens");
  await prevenu(t, page);
  const autre = await connecterParCode(t, secret);
  await changer(t, page);
  await fermer(t, page, autre);
  await roles(t);
  await secondCode(t);
}

const section = (page) => page.getByRole("heading", { level: 2, name: "Mes moyens d’obtenir un code" });

async function fait(t, page) {
  await page.getByText("C’est fait.").waitFor();
  await t.attendre(
    () => section(page).evaluate((element) => element === document.activeElement),
    "le focus n'est pas revenu à la section",
  );
}

/** Adds an application by the keyboard; answers its secret. */
async function ajouter(t, page, nomMoyen) {
  await presser(page.getByRole("button", { name: "Ajouter une application" }));
  await page.getByLabel("Nom du moyen").fill(nomMoyen);
  await page.keyboard.press("Enter");
  const champ = page.getByLabel("Code que montre l’application");
  await champ.waitFor();
  const titre = page.getByRole("heading", { level: 3, name: "Ajouter une application" });
  await t.attendre(
    () => titre.evaluate((element) => element === document.activeElement),
    "le focus n'est pas allé au formulaire",
  );
  t.egal(await champ.getAttribute("autocomplete"), "one-time-code", "saisie automatique du code");
  await page.getByRole("img", { name: "QR code à photographier avec l’application" }).waitFor();
  if (nomMoyen === "Mon téléphone") await t.ecran(page, "mon-compte", "application-a-regler");
  const secret = (await page.locator("form .pa-secret").innerText()).trim();
  await champ.fill("abc");
  await page.keyboard.press("Enter");
  const refus = page.locator(".fr-alert", { hasText: "Ce code n’est pas celui de l’application" });
  await t.attendre(
    () => refus.evaluate((element) => element.contains(document.activeElement)),
    "le focus n'est pas allé au refus",
  );
  // The step before ours is taken for a confirmation: that of now is left to sign in.
  const bon = code(secret, -1);
  await champ.focus();
  await champ.clear();
  await page.keyboard.insertText(`${bon.slice(0, 3)} ${bon.slice(3)}`);
  await page.keyboard.press("Enter");
  await fait(t, page);
  await page.getByText(`Application « ${nomMoyen} »`).waitFor();
  return secret;
}

/** The owner is told by mail. */
async function prevenu(t, page) {
  await page.goto("/demonstration/courriels");
  await page.getByRole("heading", { name: "Vos moyens de connexion ont changé" }).first().waitFor();
  await page.getByText("application « Ma tablette »").first().waitFor();
  await t.ecran(page, "courriels", "moyen-change");
  await page.getByRole("link", { name: "Ouvrir le lien du courriel" }).first().click();
  await t.arrivee(page, "Mon compte");
}

/** Another browser signs in with a code of the telephone. */
async function connecterParCode(t, secret) {
  const page = await t.page();
  await page.goto("/connexion");
  await page.getByLabel("Adresse e-mail").fill(EMAIL);
  await page.getByLabel("Code à 6 chiffres").fill(code(secret));
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Ouvrir le lien du courriel" }).click();
  await page.getByRole("button", { name: "Me connecter" }).click();
  await t.arrivee(page, "Former vos agents à l’accompagnement numérique");
  t.devient(page, "aidant");
  return page;
}

async function changer(t, page) {
  await page.reload();
  await page.getByRole("button", { name: "Renommer : Application « Ma tablette »" }).click();
  const champ = page.getByLabel("Nom du moyen");
  t.egal(await champ.inputValue(), "Ma tablette", "nom à changer");
  await champ.fill("Tablette du bureau");
  await page.keyboard.press("Enter");
  await fait(t, page);
  await page.getByRole("button", { name: "Retirer : Application « Tablette du bureau »" }).click();
  await page.getByText("Ses codes ne serviront plus").waitFor();
  await t.ecran(page, "mon-compte", "a-retirer");
  await page.getByRole("button", { name: "Annuler" }).click();
  t.egal(await page.getByText("Ses codes ne serviront plus").count(), 0, "formulaire après l'annulation");
  await page.getByRole("button", { name: "Rattacher une carte" }).click();
  await page.getByLabel("Numéro de série").fill("INCONNUE");
  await page.getByLabel("Code à 6 chiffres de la carte").fill("123456");
  await page.getByLabel("Code suivant de la carte").fill("654321");
  await page.keyboard.press("Enter");
  await page.getByText("Aucune carte disponible n’a ce numéro").waitFor();
  await t.ecran(page, "mon-compte", "carte-refusee");
}

/** One closes another browser, then is out everywhere. */
async function fermer(t, page, autre) {
  await page.reload();
  const ici = page.getByText("cette session");
  await ici.waitFor();
  await page.getByRole("button", { name: /^Fermer : / }).first().click();
  await page.getByText("C’est fait.").waitFor();
  await autre.goto("/mon-compte");
  await autre.getByRole("heading", { level: 1, name: "Se connecter" }).waitFor();
  t.devient(autre, "public");
  await page.getByRole("button", { name: "Me déconnecter partout" }).click();
  await t.arrivee(page, "Former vos agents à l’accompagnement numérique");
  await page.getByText("Vous êtes déconnecté.").waitFor();
  t.devient(page, "public");
  t.egal((await t.api(page, "GET", "/session")).statut, 401, "session après la déconnexion partout");
}

/** The role is chosen in the header, by the keyboard. */
async function roles(t) {
  const page = await t.page();
  await t.connecter(page, "plusieurs-roles");
  t.devient(page, "recipiendaire");
  await page.goto("/mon-compte");
  await page.getByText("Vous agissez sous un seul rôle à la fois").waitFor();
  await t.ecran(page, "mon-compte", "plusieurs-roles");
  const entete = page.getByRole("banner");
  await presser(entete.getByText("Changer de rôle"));
  await t.ecran(page, "mon-compte", "menu-des-roles");
  await presser(entete.getByRole("button", { name: "Agir comme : Référent" }));
  await t.arrivee(page, "Former vos agents à l’accompagnement numérique");
  await entete.getByText("(Référent)").waitFor();
  t.egal((await t.api(page, "GET", "/session")).corps.role, "referent", "rôle actif");
}

/** A card that is refused: the sign-in screen takes two codes in a row. */
async function secondCode(t) {
  const page = await t.page();
  await page.goto("/connexion");
  await page.getByText("Ma carte est refusée").click();
  await page.getByLabel("Code suivant de la carte").fill("654321");
  await t.ecran(page, "connexion", "deux-codes");
  await page.getByLabel("Adresse e-mail").fill(EMAIL);
  await page.getByLabel("Code à 6 chiffres").fill("111111");
  const demande = page.waitForRequest((requete) => requete.url().endsWith("/api/v1/connexion"));
  await page.keyboard.press("Enter");
  const corps = (await demande).postDataJSON();
  t.egal([corps.code, corps.code_suivant], ["111111", "654321"], "codes envoyés");
}
