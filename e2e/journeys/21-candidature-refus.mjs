// What the form says of an empty form, of a field the server refuses, of a link to an envelope, and how a draft is erased.
import { professionnel, remplirProfessionnel, remplirStructure, structure } from "../outils/candidature.mjs";
import { AMBERIEU, motUnique, siret } from "../outils/jeu.mjs";

export const nom = "Corriger une candidature refusée, champ par champ";

const famille = motUnique("Refus");

export async function parcours(t) {
  const page = await t.page();
  await parLeLienDUneEnveloppe(t, page);
  await formulaireVide(t, page);
  await refusDuServeur(t, page);
  await brouillonEfface(t, page);
}

async function parLeLienDUneEnveloppe(t, page) {
  const anct = await t.page({ role: "anct" });
  const { corps } = await t.api(anct, "GET", "/enveloppes");
  const enveloppe = corps.items.find(({ departement, ouverte }) => departement === "01" && ouverte);
  await page.goto(`/candidature?enveloppe=${enveloppe.id}`);
  await page.getByText(`à l’enveloppe « ${enveloppe.libelle} » (récipiendaire : ${enveloppe.recipiendaire})`).waitFor();
  await t.ecran(page, "candidature", "lien-enveloppe");
  t.tolerer(/^réponse 404 : GET \/api\/v1\/enveloppes\//);
  await page.goto("/candidature?enveloppe=01900000-0000-7000-8000-000000000000");
  await page.getByText(/ne mène à aucune enveloppe/).waitFor();
  await t.ecran(page, "candidature", "lien-perdu");
}

/** The summary of errors takes the focus, and each of its lines leads to its field. */
async function formulaireVide(t, page) {
  await page.goto("/candidature");
  await page.getByRole("button", { name: "Envoyer la candidature" }).click();
  const resume = page.locator("#resume-erreurs");
  await aLeFocus(t, resume, "le résumé des erreurs");
  const liens = resume.getByRole("link");
  t.verifier((await liens.count()) >= 12, `le résumé ne compte que ${await liens.count()} erreurs`);
  await t.ecran(page, "candidature", "vide-refusee");
  for (const rang of [0, 1, 2, 3]) {
    const lien = liens.nth(rang);
    const cible = (await lien.getAttribute("href")).slice(1);
    await lien.click();
    t.egal(await page.evaluate(() => document.activeElement.id), cible, `champ atteint par l'erreur ${rang + 1}`);
  }
  const faux = page.locator('[aria-invalid="true"]');
  for (const champ of await faux.all()) {
    const messages = await champ.evaluate((element) => (element.getAttribute("aria-describedby") ?? element.getAttribute("aria-labelledby"))
      .split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" "));
    t.verifier(messages.trim() !== "", "un champ en erreur n'est décrit par aucun message");
  }
}

/** The answers leave with an address the server refuses; the form it shows is the one the person filled. */
async function refusDuServeur(t, page) {
  await remplirStructure(page, structure(siret(AMBERIEU, 5)));
  await remplirProfessionnel(page, 1, {
    nom: famille,
    prenom: "Rose",
    email: `rose.${famille.toLowerCase()}@ccas-amberieu.example`,
    profession: "Agente",
    formations: ["Aidants Numériques"],
  });
  await page.route("**/api/v1/candidatures", async (route) => {
    const corps = route.request().postDataJSON();
    corps.professionnels[0].email = "rose";
    await route.continue({ postData: JSON.stringify(corps) });
  }, { times: 1 });
  t.tolerer(/^réponse 4\d\d : POST \/api\/v1\/candidatures$/);
  await page.getByRole("button", { name: "Envoyer la candidature" }).click();
  const resume = page.locator("#resume-erreurs");
  await aLeFocus(t, resume, "le résumé du refus du serveur");
  t.egal(await resume.getByRole("link").count(), 1, "nombre d'erreurs du serveur");
  const champ = professionnel(page, 1).getByLabel(/^Adresse e-mail/);
  t.egal(await champ.getAttribute("aria-invalid"), "true", "aria-invalid du champ refusé par le serveur");
  await t.ecran(page, "candidature", "refusee-par-le-serveur");
  await resume.getByRole("link").click();
  await aLeFocus(t, champ, "le champ refusé par le serveur");
  await champ.press("End");
  await page.keyboard.type("x");
  t.egal(await champ.getAttribute("aria-invalid"), null, "aria-invalid une fois le champ changé");
}

async function brouillonEfface(t, page) {
  await page.reload();
  await page.getByText(/^Brouillon repris/).waitFor();
  await page.getByRole("button", { name: "Ajouter un professionnel" }).click();
  await page.getByRole("button", { name: "Retirer le professionnel 2" }).click();
  t.egal(await page.getByRole("button", { name: /^Retirer le professionnel/ }).count(), 0, "boutons pour retirer le seul professionnel");
  await page.getByRole("button", { name: "Effacer le brouillon" }).click();
  t.egal(await page.getByLabel("Nom de la structure").inputValue(), "", "nom de la structure après effacement");
  await page.reload();
  t.egal(await professionnel(page, 1).getByLabel("Nom", { exact: true }).inputValue(), "", "nom après effacement et rechargement");
}

const aLeFocus = (t, element, quoi) =>
  t.attendre(() => element.evaluate((trouve) => trouve === document.activeElement).catch(() => false), `${quoi} n'a pas le focus`);
