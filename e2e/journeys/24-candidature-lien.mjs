// A link of the candidature form, from the récipiendaire who makes it to the structure that follows its candidature.
import { atteindre, choisir, ecrire, presser, repondre } from "../outils/clavier.mjs";
import { AMBERIEU, motUnique, siret } from "../outils/jeu.mjs";
import { retenir } from "../outils/reseau.mjs";

export const nom = "Faire un lien de candidature, le suivre prérempli, déposer, voir où elle en est, fermer le lien";

const ADRESSE = "/administration/liens";
const SANS_DROIT = ["demandeur", "organisme", "formateur", "referent", "co_referent", "aidant", "instructeur"];
const ROLES = [...SANS_DROIT, "recipiendaire", "anct"];
const libelle = motUnique("Lien ");
const famille = motUnique("Suivi");

export async function parcours(t) {
  t.tolerer(/^réponse (401|403|404|422) : /);
  const page = await t.page({ role: "recipiendaire", permissions: ["clipboard-read", "clipboard-write"] });
  await refuser(t, page);
  await proposer(t, page);
  const lien = await faire(t, page);
  await partir(t, lien);
  const suivi = await deposer(t, lien);
  await suivre(t, suivi);
  await fermer(t, page, lien);
  await acces(t);
}

const fiche = (page) => page.locator(".pa-entrees > li").filter({ hasText: libelle });

async function ouvrir(t, page) {
  await page.goto("/");
  await presser(page.getByRole("navigation", { name: "Menu principal" }).getByRole("link", { name: "Liens de candidature" }));
  await t.arrivee(page, "Liens de candidature");
  await page.getByText("Faire un lien", { exact: true }).waitFor();
}

/** What cannot be is said at its field, and what was typed stays. */
async function refuser(t, page) {
  await ouvrir(t, page);
  await t.ecran(page, "liens", "initial");
  await atteindre(page, /^Faire un lien$/);
  await page.keyboard.press("Enter");
  await ecrire(page, /^Libellé/, libelle);
  await ecrire(page, /^SIRET/, "12345678901234");
  await page.keyboard.press("Enter");
  await page.locator("#nouveau-siret-messages").getByText(/clé de contrôle/).waitFor();
  t.egal(await page.locator("#nouveau-libelle").inputValue(), libelle, "ce qui était saisi");
  await t.ecran(page, "liens", "refus");
}

/** An EPCI is found by a word of its name, and gives the type of the structure. */
async function proposer(t, page) {
  await ecrire(page, /^Nom de la structure/, "dombes");
  await page.getByRole("option", { name: "CC de la Dombes", exact: true }).waitFor();
  await t.ecran(page, "liens", "epci");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  t.egal(await page.locator("#nouveau-nom").inputValue(), "CC de la Dombes", "nom de l'EPCI");
  t.egal(await page.locator("#nouveau-genre").inputValue(), "communaute_de_communes", "type de l'EPCI");
}

async function faire(t, page) {
  await page.locator("#nouveau-siret").fill(siret(AMBERIEU, 7));
  await page.locator("#nouveau-nom").fill("Mairie d'Ambérieu-en-Bugey");
  await page.locator("#nouveau-genre").selectOption({ label: "Municipalités" });
  await page.locator("#nouveau-code-postal").fill("01500");
  await page.locator("#nouveau-code-postal").focus();
  await page.keyboard.press("Enter");
  await page.getByText("Le lien est prêt.").waitFor();
  await fiche(page).getByText("Ouvert, aucune candidature déposée.").waitFor();
  await t.ecran(page, "liens", "fait");
  await presser(fiche(page).getByRole("button", { name: `Copier l’adresse : ${libelle}` }));
  await page.getByText("L’adresse est copiée.").waitFor();
  const adresse = await page.evaluate(() => navigator.clipboard.readText());
  t.egal(adresse, await fiche(page).locator("code").innerText(), "adresse copiée");
  const qr = await fiche(page).getByRole("link", { name: /^QR code/ }).getAttribute("href");
  const image = await page.evaluate(async (chemin) => (await fetch(chemin)).text(), qr);
  t.verifier(image.includes("<svg"), "le QR code n'est pas une image");
  return new URL(adresse).pathname;
}

/** Whoever leaves the form before its link is read goes on where they went. */
async function partir(t, lien) {
  const page = await t.page();
  const lu = await retenir(page, "**/api/v1/candidatures/liens/*");
  await page.goto(lien);
  await page.getByLabel("Numéro SIRET").waitFor();
  await presser(page.getByRole("link", { name: /^Accueil/ }).first());
  await page.getByLabel("Numéro SIRET").waitFor({ state: "detached" });
  await lu();
  await presser(page.getByRole("link", { name: /candidature/i }).first());
  await page.getByLabel("Numéro SIRET").waitFor();
}

/** The structure finds the form filled in with what is known, completes it and sends it. */
async function deposer(t, lien) {
  const page = await t.page();
  await page.goto(lien);
  await page.getByText(new RegExp(`^${libelle}\\.`)).waitFor();
  t.verifier(page.url().endsWith(`/candidature?lien=${lien.slice(3)}`), `adresse : ${page.url()}`);
  await t.attendre(async () => (await page.getByLabel("Numéro SIRET").inputValue()) === siret(AMBERIEU, 7), "SIRET prérempli");
  await t.ecran(page, "candidature", "lien");
  await repondre(page, /label France Services/, 1);
  await ecrire(page, /^Adresse e-mail de contact/, `contact.${famille.toLowerCase()}@amberieu-en-bugey.example`);
  await ecrire(page, /^Adresse(?! e-mail)/, "6 rue de la Mairie");
  await page.locator("select#structure-ville").waitFor();
  await choisir(page, /^Commune/, "Ambérieu-en-Bugey");
  await atteindre(page, /^Numéro d’habilitation/);
  for (let champ = 0; champ < 5; champ += 1) await page.keyboard.press("Tab");
  await ecrire(page, /^Nom/, famille);
  await ecrire(page, /^Prénom/, "Inès");
  await ecrire(page, /^Adresse e-mail/, `ines.${famille.toLowerCase()}@amberieu-en-bugey.example`);
  await ecrire(page, /^Profession/, "Agente d'accueil");
  await atteindre(page, /^Aidants Numériques/);
  await page.keyboard.press("Space");
  await atteindre(page, /^Envoyer la candidature$/);
  await page.keyboard.press("Enter");
  await t.arrivee(page, "Candidature enregistrée");
  const { items } = await page.evaluate(async () => (await fetch("/api/v1/demonstration/courriels")).json());
  const courriel = items.find((un) => un.a.startsWith(`contact.${famille.toLowerCase()}@`));
  t.verifier(courriel?.chemin.startsWith("/suivi#"), "le courriel ne porte pas le lien de suivi");
  return courriel.chemin;
}

async function suivre(t, chemin) {
  const page = await t.page();
  await page.goto(chemin);
  await page.getByRole("heading", { level: 3, name: `Inès ${famille}` }).waitFor();
  await page.getByText("Aidants Numériques : Reçue").waitFor();
  await t.ecran(page, "suivi", "recue");
  await page.goto("/");
  await page.goto("/suivi#inconnu");
  await page.getByText(/^Ce lien ne mène à aucune candidature/).waitFor();
  await t.ecran(page, "suivi", "inconnu");
}

/** Closed, the link still leads to the form, which says so. */
async function fermer(t, page, lien) {
  await ouvrir(t, page);
  await fiche(page).getByText("Ouvert, 1 candidature déposée.").waitFor();
  await presser(fiche(page).getByRole("button", { name: `Fermer ce lien : ${libelle}` }));
  await page.getByText("Le lien est réglé.").waitFor();
  await fiche(page).getByText("Fermé, 1 candidature déposée.").waitFor();
  const autre = await t.page();
  await autre.goto(lien);
  await autre.getByText(/ne prend plus de demandes/).waitFor();
  await presser(fiche(page).getByRole("button", { name: `Régler : ${libelle}` }));
  await t.attendre(
    () => page.locator("#reglage-libelle").evaluate((un) => un === document.activeElement).catch(() => false),
    "le focus ne va pas au formulaire",
  );
  await page.locator("#reglage-ouvre").fill("2099-01-01");
  await page.locator("#reglage-libelle").focus();
  await page.keyboard.press("Enter");
  await fiche(page).getByText("Fermé, 1 candidature déposée.").waitFor();
  await presser(fiche(page).getByRole("button", { name: `Rouvrir ce lien : ${libelle}` }));
  await fiche(page).getByText("Ouvrira le 01/01/2099, 1 candidature déposée.").waitFor();
  await autre.goto("/");
  await autre.goto(lien);
  await autre.getByText(/prendra les candidatures à partir du 01\/01\/2099/).waitFor();
  await t.ecran(autre, "candidature", "lien-a-venir");
}

async function acces(t) {
  const anct = await t.page({ role: "anct" });
  await anct.goto(ADRESSE);
  await anct.getByText("Faire un lien", { exact: true }).waitFor();
  await t.ecran(anct, "liens", "initial");
  for (const role of SANS_DROIT) {
    const page = await t.page({ role });
    await page.goto(ADRESSE);
    await page.getByRole("heading", { level: 1, name: "Accès refusé" }).waitFor();
    await t.ecran(page, "liens", "refuse");
  }
  const dehors = await t.page();
  await dehors.goto(ADRESSE);
  await dehors.getByRole("heading", { level: 1, name: "Se connecter" }).waitFor();
  await t.ecran(dehors, "liens", "refuse");
  for (const role of ROLES) {
    const page = await t.page({ role });
    await page.goto("/suivi");
    await page.getByText(/^Ce lien n’est pas complet/).waitFor();
    await t.ecran(page, "suivi", "incomplet");
  }
}
