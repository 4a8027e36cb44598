// Answering the mailed link of an invitation or of a registration, by the keyboard, with an application of codes.
import { code } from "./totp.mjs";

/** Opens the link of the last mail to this address, from the page of the mails; nothing is shown before a click. */
export async function ouvrirLien(t, page, email) {
  await page.goto("/demonstration/courriels");
  const courriel = page.locator("section", { hasText: email }).first();
  await courriel.getByRole("link", { name: "Ouvrir le lien du courriel" }).press("Enter");
  await t.arrivee(page, "Rejoindre Parcours Aidants");
}

/** Shows what the link proposes; answers the key of the application to set. */
export async function continuer(t, page) {
  await page.getByRole("button", { name: "Continuer" }).press("Enter");
  await page.getByRole("img", { name: "QR code à photographier avec l’application" }).waitFor();
  await t.arrivee(page, "Rejoindre Parcours Aidants");
  return (await page.locator(".pa-secret").innerText()).trim();
}

/** Accepts with a wrong code, told at the field, then with the right one. */
export async function accepter(t, page, secret) {
  const champ = page.getByLabel("Code que montre l’application");
  t.egal(await champ.getAttribute("autocomplete"), "one-time-code", "saisie automatique du code");
  await champ.fill("abc");
  await page.keyboard.press("Enter");
  await t.attendre(async () => (await champ.getAttribute("aria-invalid")) === "true", "le code faux n'est pas signalé au champ");
  t.egal(await champ.inputValue(), "abc", "code refusé, gardé pour être corrigé");
  await t.ecran(page, "invitation", "code-faux");
  // The step before ours is taken for a confirmation: that of now is left to sign in.
  await champ.fill(code(secret, -1));
  await page.keyboard.press("Enter");
  await page.getByText("C’est fait. Connectez-vous").waitFor();
  await t.ecran(page, "invitation", "acceptee");
}

/** Signs in with the next code, from where the acceptance leads. */
export async function connecter(t, page, email, secret) {
  await page.getByRole("main").getByRole("link", { name: "Se connecter" }).press("Enter");
  await t.arrivee(page, "Se connecter");
  await entrer(t, page, email, code(secret));
}

/** Signs in with this code, from the screen of sign-in. */
export async function entrer(t, page, email, valeur) {
  await page.getByLabel("Adresse e-mail").fill(email);
  await page.getByLabel("Code à 6 chiffres").fill(valeur);
  await page.keyboard.press("Enter");
  // What to do next takes the focus first: a key pressed before would be lost.
  const suite = page.getByRole("heading", { level: 2, name: "Ouvrez le lien reçu par courriel" });
  await suite.waitFor();
  await t.attendre(() => suite.evaluate((element) => element === document.activeElement), "la suite n'a pas le focus");
  await page.getByRole("link", { name: "Ouvrir le lien du courriel" }).press("Enter");
  await t.arrivee(page, "Terminer la connexion");
  await page.getByRole("button", { name: "Me connecter" }).press("Enter");
}

/** Reads and accepts every text that blocks. */
export async function accepterLesTextes(t, page) {
  await t.arrivee(page, "Conditions d’utilisation et chartes");
  const boutons = page.getByRole("button", { name: /^J’ai lu et j’accepte : / });
  await boutons.first().waitFor();
  for (let reste = await boutons.count(); reste > 0; reste -= 1) {
    await boutons.first().press("Enter");
    await t.attendre(async () => (await boutons.count()) === reste - 1, "le texte accepté est encore à accepter");
  }
}
