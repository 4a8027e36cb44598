// A sensitive act asks for a code again, without losing what was typed: cancelled, refused, then given.
import { presser } from "../outils/clavier.mjs";
import { code } from "../outils/totp.mjs";

export const nom = "Confirmer un acte sensible par un nouveau code, sans rien perdre de ce qui est saisi";

/** More than PARCOURS_CODE_RECENT on that server. */
const OUBLI = 5_500;

export async function parcours(t) {
  const autre = process.env.PARCOURS_URL_ETAT;
  if (!autre) throw new Error("PARCOURS_URL_ETAT manque : adresse d'un serveur lancé avec PARCOURS_CODE_RECENT=5.");
  t.tolerer(/^réponse 4(03|22) : /);
  const page = await t.page({ role: "anct", baseURL: autre, acceptDownloads: true });
  await page.goto("/mon-compte");
  const secret = await ajouter(t, page);
  await parApplication(t, page, secret);
  await exporter(t, page);
}

const dialogue = (page) => page.getByRole("dialog", { name: "Confirmez avec un code" });
const saisir = (page) => dialogue(page).getByLabel("Code à 6 chiffres");

async function ouvert(t, page) {
  await saisir(page).waitFor();
  await t.attendre(() => saisir(page).evaluate((element) => element === document.activeElement), "le code n'a pas le focus");
}

/** The form is kept under the dialog, whatever becomes of it. */
async function ajouter(t, page) {
  await page.getByRole("button", { name: "Ajouter une application" }).click();
  const champ = page.getByLabel("Nom du moyen");
  await champ.fill("Mon téléphone");
  await page.waitForTimeout(OUBLI);
  const continuer = page.getByRole("main").getByRole("button", { name: "Continuer" });
  await continuer.press("Enter");
  await ouvert(t, page);
  await t.ecran(page, "mon-compte", "code-demande");
  await page.keyboard.press("Escape");
  await dialogue(page).waitFor({ state: "hidden" });
  await page.getByText("Rien n’a été fait : cette action demande un code.").waitFor();
  t.egal(await champ.inputValue(), "Mon téléphone", "ce qui était saisi, après avoir renoncé");
  await t.attendre(() => continuer.evaluate((element) => element === document.activeElement), "le focus n'est pas revenu");
  await continuer.press("Enter");
  await ouvert(t, page);
  await page.keyboard.press("Enter");
  await dialogue(page).getByText("Indiquez les 6 chiffres").waitFor();
  await saisir(page).fill("654 321");
  await page.keyboard.press("Enter");
  await dialogue(page).getByText("Ce code n’est pas le bon").waitFor();
  await t.ecran(page, "mon-compte", "code-refuse");
  await saisir(page).fill("123 456");
  await page.keyboard.press("Enter");
  await dialogue(page).waitFor({ state: "hidden" });
  const montre = page.getByLabel("Code que montre l’application");
  await montre.waitFor();
  const secret = (await page.locator("form .pa-secret").innerText()).trim();
  await montre.fill(code(secret, -1));
  await page.keyboard.press("Enter");
  await page.getByText("Application « Mon téléphone »").waitFor();
  return secret;
}

/** From now on a code of the telephone is right too. */
async function parApplication(t, page, secret) {
  await page.getByRole("button", { name: "Ajouter une application" }).click();
  await page.getByLabel("Nom du moyen").fill("Autre");
  await page.waitForTimeout(OUBLI);
  await presser(page.getByLabel("Nom du moyen"));
  await ouvert(t, page);
  await page.keyboard.insertText(code(secret));
  await page.keyboard.press("Enter");
  await page.getByLabel("Code que montre l’application").waitFor();
}

/** A file is a link: the code is asked for before the browser follows it. */
async function exporter(t, page) {
  await page.goto("/tableau");
  await page.waitForTimeout(OUBLI);
  await page.getByRole("button", { name: "Exporter" }).click();
  const attente = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV", exact: true }).click();
  await ouvert(t, page);
  await saisir(page).fill("123456");
  await page.keyboard.press("Enter");
  t.verifier((await (await attente).suggestedFilename()).endsWith(".csv"), "le fichier n'est pas venu");
  t.egal(new URL(page.url()).pathname, "/tableau", "page après l'export");
}
