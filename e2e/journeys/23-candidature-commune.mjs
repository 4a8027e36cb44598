// The commune found by its name, with the keyboard and with the mouse; and kept as typed when the service does not answer.
import { atteindre } from "../outils/clavier.mjs";

export const nom = "Trouver la commune de la structure par son nom, sans connaître le code postal";

export async function parcours(t) {
  const page = await t.page();
  await page.goto("/candidature");
  await auClavier(t, page);
  await aLaSouris(t, page);
  await sansReponse(t, page);
}

const commune = (page) => page.getByRole("combobox", { name: /^Commune/ });
const liste = (page) => page.getByRole("listbox", { name: "Commune" });
const codePostal = (page) => page.getByLabel(/^Code postal/);

/** The field has become the list of the communes of the postal code, with this one chosen. */
async function choisie(t, page, code, insee) {
  await t.attendre(async () => (await codePostal(page).inputValue()) === code, `le code postal n'est pas ${code}`);
  const select = page.locator("select#structure-ville");
  await t.attendre(async () => (await select.inputValue()) === insee, `la commune choisie n'est pas ${insee}`);
  return select;
}

async function auClavier(t, page) {
  await codePostal(page).focus();
  await atteindre(page, /^Commune/);
  await page.keyboard.type("amberieu en b");
  await liste(page).getByRole("option", { name: "Ambérieu-en-Bugey (01500)" }).waitFor();
  t.egal(await commune(page).getAttribute("aria-expanded"), "true", "aria-expanded de la liste ouverte");
  t.egal(await codePostal(page).getAttribute("aria-invalid"), null, "code postal vide pendant que l'on cherche par le nom");
  await t.ecran(page, "candidature", "commune-proposee");
  await page.keyboard.press("Escape");
  await liste(page).waitFor({ state: "hidden" });
  await page.keyboard.type("u");
  await liste(page).getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  const actif = await commune(page).getAttribute("aria-activedescendant");
  t.egal(await page.locator(`#${actif}`).getAttribute("aria-selected"), "true", "option active");
  await page.keyboard.press("Enter");
  const select = await choisie(t, page, "01500", "01004");
  await t.attendre(
    () => select.evaluate((element) => element === document.activeElement),
    "le focus quitte le champ de la commune après le choix",
  );
  await page.reload();
  await page.getByText(/^Brouillon repris/).waitFor();
  await choisie(t, page, "01500", "01004");
}

/** Another commune: emptying the postal code gives the name back. A commune of several postal codes is proposed with each. */
async function aLaSouris(t, page) {
  await codePostal(page).fill("");
  await commune(page).fill("lyon");
  await liste(page).getByRole("option", { name: "Lyon (69003)" }).click();
  await choisie(t, page, "69003", "69123");
}

async function sansReponse(t, page) {
  t.tolerer(/^requête sans réponse : \S+\/api\/v1\/referentiel\/communes/);
  await codePostal(page).fill("");
  await page.route("**/api/v1/referentiel/communes?*", (route) => route.abort("connectionreset"));
  await commune(page).fill("Saint-Quelque-Part");
  await page.getByText("Aucune commune de ce nom.").waitFor({ state: "attached" });
  await codePostal(page).focus();
  t.egal(await commune(page).inputValue(), "Saint-Quelque-Part", "nom gardé tel que saisi");
}
