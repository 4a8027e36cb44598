// A candidature begun on one device is taken up on another by its link, and what is typed there is kept too (UX-14).
import { aller, presser, remplir } from "../outils/clavier.mjs";
import { motUnique } from "../outils/jeu.mjs";

export const nom = "Reprendre une candidature sur un autre appareil, au clavier";
export const ux = ["UX-14"];

const famille = motUnique("Ailleurs");
const champ = (page) => page.getByLabel("Nom de la structure");
const garde = (page) => page.waitForResponse((reponse) => reponse.url().endsWith("/api/v1/candidatures/brouillons") && reponse.ok());

export async function parcours(t) {
  t.tolerer(/^réponse 404 : /);
  const page = await t.page();
  await page.goto("/candidature");
  await remplir(champ(page), famille);
  const gardee = garde(page);
  await presser(page.getByRole("button", { name: "Obtenir un lien de reprise" }));
  await gardee;
  const lien = await page.locator(".pa-secret").innerText();
  t.verifier(/\/candidature#reprendre=[0-9a-f]{64}$/.test(lien), `adresse de reprise : ${lien}`);
  await presser(page.getByRole("button", { name: "Copier le lien" }));
  await page.getByText("Le lien est copié.").waitFor();
  t.egal(await page.evaluate(() => navigator.clipboard.readText()), lien, "presse-papiers");
  await t.ecran(page, "candidature", "reprise-ailleurs");

  const autre = await t.page();
  await autre.goto(new URL(lien).pathname + new URL(lien).hash);
  await autre.locator("#brouillon").waitFor();
  t.egal(await champ(autre).inputValue(), famille, "ce qui était saisi");
  const suite = garde(autre);
  await aller(champ(autre));
  await autre.keyboard.press("End");
  await autre.keyboard.type(" Nord");
  await suite;

  await autreBrouillon(t, lien);

  // The first device takes up what the second one typed.
  const retour = await t.page();
  await retour.goto(new URL(lien).pathname + new URL(lien).hash);
  await t.attendre(async () => (await champ(retour).inputValue()) === `${famille} Nord`, "la suite n'est pas reprise");
  // Erased, it opens nothing any more.
  await presser(retour.getByRole("button", { name: "Effacer le brouillon" }));
  await t.attendre(async () => {
    const { statut } = await t.api(retour, "POST", "/candidatures/brouillons/lire", { corps: { jeton: new URL(lien).hash.split("=")[1] } });
    return statut === 404;
  }, "le brouillon effacé s'ouvre encore");
}

/** A device on which another candidature was begun keeps it: the link does not write over it. */
async function autreBrouillon(t, lien) {
  const page = await t.page();
  await page.goto("/candidature");
  await remplir(champ(page), `${famille} en cours`);
  await page.goto("/accessibilite");
  await page.goto(new URL(lien).pathname + new URL(lien).hash);
  await page.getByText(/^Une autre candidature est commencée sur cet appareil/).waitFor();
  t.egal(await champ(page).inputValue(), `${famille} en cours`, "ce qui était commencé sur cet appareil");
}
