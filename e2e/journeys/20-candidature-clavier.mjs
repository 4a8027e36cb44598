// The whole candidature without a mouse: SIRET wrong then right, commune by postal code, rules shown as one types, a reload in
// the middle, confirmation, and the rows in the récipiendaire's table.
import { atteindre, choisir, ecrire, repondre } from "../outils/clavier.mjs";
import { professionnel } from "../outils/candidature.mjs";
import { AMBERIEU, faux, motUnique, siret } from "../outils/jeu.mjs";
import { cellules, nombreDeviendra, ouvrir } from "../outils/tableau.mjs";

export const nom = "Déposer une candidature au clavier, pour deux professionnels, et la retrouver dans le tableau";

const numero = siret(AMBERIEU, 4);

export async function parcours(t) {
  const page = await t.page();
  await page.goto("/candidature");
  await t.ecran(page, "candidature", "vide");
  const famille = motUnique("Clavier");

  await structure(t, page);
  await referent(page);
  await premier(t, page, famille);
  await rechargement(t, page, famille);
  await second(t, page, famille);
  await envoi(t, page);
  await chezLeRecipiendaire(t, famille);
}

async function structure(t, page) {
  await ecrire(page, /^Nom de la structure/, "CCAS d'Amberieu");
  await choisir(page, /^Type de structure/, "CCAS");
  await repondre(page, /label France Services/, 1);
  await ecrire(page, /^Numéro SIRET/, faux(numero));
  const champ = page.getByLabel("Numéro SIRET");
  await page.getByText(/clé de contrôle est fausse/).waitFor();
  t.egal(await champ.getAttribute("aria-invalid"), "true", "aria-invalid d'un SIRET faux");
  await t.ecran(page, "candidature", "siret-faux");
  await champ.press("Backspace");
  await page.keyboard.type(numero.at(-1));
  await page.getByText(/^Numéro bien formé/).waitFor();
  t.egal(await champ.getAttribute("aria-invalid"), null, "aria-invalid d'un SIRET juste");
  await ecrire(page, /^Adresse e-mail de contact/, "contact@ccas-amberieu.example");
  await ecrire(page, /^Adresse(?! e-mail)/, "6 rue de la Mairie");
  await ecrire(page, /^Code postal/, "01500");
  await page.locator("select#structure-ville").waitFor();
  await choisir(page, /^Commune/, "Ambérieu-en-Bugey");
  await atteindre(page, /^Numéro d’habilitation/);
}

async function referent(page) {
  await ecrire(page, /^Nom/, "Martin");
  await ecrire(page, /^Prénom/, "Paul");
  await ecrire(page, /^Profession/, "Directeur");
  await ecrire(page, /^Adresse e-mail/, "paul.martin@ccas-amberieu.example");
  await ecrire(page, /^Téléphone/, "06 12 34 56 78");
}

/** A shared box is refused by the rules as one types, a name in the address is not. */
async function premier(t, page, famille) {
  await ecrire(page, /^Nom/, famille);
  await ecrire(page, /^Prénom/, "Jeanne");
  await ecrire(page, /^Adresse e-mail/, "accueil@ccas-amberieu.example");
  await ecrire(page, /^Profession/, "Agente d'accueil");
  await atteindre(page, /^Aidants Connect/);
  await page.keyboard.press("Space");
  const regles = professionnel(page, 1);
  await regles.getByText("Règles d’éligibilité").waitFor();
  await regles.getByText("Bloquant").first().waitFor();
  await t.ecran(page, "candidature", "regle-bloquante");
  const adresse = regles.getByLabel(/^Adresse e-mail/);
  await adresse.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(`jeanne.${famille.toLowerCase()}@ccas-amberieu.example`);
  await regles.getByText("Bloquant").first().waitFor({ state: "detached" });
  await atteindre(page, /^Aidants Connect/);
  await choisir(page, /^Statut dans la structure/, "Salarié ou agent public");
  await repondre(page, /conseiller numérique/, 1);
  await repondre(page, /Aide-t-il régulièrement/, 0);
  await t.ecran(page, "candidature", "un-professionnel");
}

async function rechargement(t, page, famille) {
  await page.reload();
  await page.getByText(/^Brouillon repris/).waitFor();
  const section = professionnel(page, 1);
  t.egal(await section.getByLabel("Nom", { exact: true }).inputValue(), famille, "nom après rechargement");
  t.egal(await page.getByLabel("Numéro SIRET").inputValue(), numero, "SIRET après rechargement");
  t.verifier(await section.getByLabel("Aidants Connect").isChecked(), "la formation cochée est perdue au rechargement");
  await t.attendre(
    async () => (await page.locator("#structure-ville").inputValue()) === "01004",
    "la commune choisie est perdue au rechargement",
  );
  await t.ecran(page, "candidature", "brouillon-repris");
}

async function second(t, page, famille) {
  await atteindre(page, /^Ajouter un professionnel$/);
  await page.keyboard.press("Enter");
  const champ = professionnel(page, 2).getByLabel("Nom", { exact: true });
  await t.attendre(
    () => champ.evaluate((element) => element === document.activeElement),
    "le focus ne va pas au nom du professionnel ajouté",
  );
  await page.keyboard.type(famille);
  await ecrire(page, /^Prénom/, "Hugo");
  await ecrire(page, /^Adresse e-mail/, `hugo.${famille.toLowerCase()}@ccas-amberieu.example`);
  await ecrire(page, /^Profession/, "Conseiller");
  await atteindre(page, /^Aidants Numériques/);
  await page.keyboard.press("Space");
  await atteindre(page, /^Aidants Connect/);
  await page.keyboard.press("Space");
  await professionnel(page, 2).getByText("Règles d’éligibilité").waitFor();
  await t.ecran(page, "candidature", "deux-professionnels");
}

async function envoi(t, page) {
  await atteindre(page, /^Envoyer la candidature$/);
  await page.keyboard.press("Enter");
  await t.arrivee(page, "Candidature enregistrée");
  const reference = (await page.locator(".pa-reference").innerText()).trim();
  t.verifier(/^[A-Z0-9-]{6,}$/.test(reference), `référence : « ${reference} »`);
  t.egal(await page.locator(".pa-avis").count(), 3, "nombre de demandes confirmées");
  await page.getByRole("heading", { name: "Et maintenant ?" }).waitFor();
  await page.getByText(/Elle est adressée à l’enveloppe/).waitFor();
  await t.ecran(page, "candidature-envoyee", "avec-reference");
  await page.reload();
  t.egal((await page.locator(".pa-reference").innerText()).trim(), reference, "référence après rechargement");
  await page.getByRole("link", { name: "Déposer une autre candidature" }).click();
  await t.arrivee(page, "Déposer une candidature");
  t.egal(await page.getByLabel("Nom de la structure").inputValue(), "", "le formulaire après un envoi");
}

async function chezLeRecipiendaire(t, famille) {
  const page = await t.page({ role: "recipiendaire" });
  await ouvrir(t, page, `?q=${famille}`);
  await nombreDeviendra(t, page, 3);
  const prenoms = await cellules(page, "Prénom du professionnel");
  t.egal(prenoms.sort(), ["Hugo", "Hugo", "Jeanne"], "personnes retrouvées par le récipiendaire");
  const verdicts = await cellules(page, "Verdict des règles");
  t.verifier(verdicts.every((verdict) => /En ordre|À vérifier/.test(verdict)), `verdicts : ${verdicts}`);
  await page.getByRole("row").filter({ hasText: "Jeanne" }).getByRole("gridcell").first().click();
  await page.getByRole("heading", { name: "Ce que disent les règles" }).waitFor();
  await t.ecran(page, "tableau", "candidature-recue");
}
