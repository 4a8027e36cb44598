// What the national administration does with envelopes: a new one, its settings, a movement that another person decides, the
// national list as a file; and the mails that it proofreads.
import { motUnique } from "../outils/jeu.mjs";

export const nom = "Créer et régler une enveloppe, proposer un avenant, envoyer la liste nationale, relire les courriels, au clavier";

const libelle = motUnique("Essai");

export async function parcours(t) {
  t.tolerer(/^réponse 422 : /);
  const page = await t.page({ role: "anct" });
  await liste(t, page);
  const id = await creer(t, page);
  await regler(t, page, id);
  await proposer(t, page, id);
  await courriels(t, page);
  await etroit(t, id);
  const recipiendaire = await t.page({ role: "recipiendaire" });
  await recipiendaire.goto("/administration/enveloppes");
  await recipiendaire.getByText("engagés sur").first().waitFor();
  for (const reserve of ["Créer une enveloppe", "La liste nationale, en un fichier", "Modèles des courriels"]) {
    t.egal(await recipiendaire.getByText(reserve).count(), 0, `« ${reserve} » pour un récipiendaire`);
  }
}

async function deplier(page, titre) {
  await page.locator("summary").filter({ hasText: titre }).focus();
  await page.keyboard.press("Enter");
}

async function liste(t, page) {
  await page.goto("/administration/enveloppes");
  await page.getByRole("heading", { level: 1, name: "Enveloppes" }).waitFor();
  await page.getByText("engagés sur").first().waitFor();
  await deplier(page, "La liste nationale, en un fichier");
  const attendu = page.waitForEvent("download");
  await page.getByRole("link", { name: "Télécharger la liste (CSV)" }).click();
  t.verifier(/enveloppes-.*\.csv/.test((await attendu).suggestedFilename()), "nom du fichier");
  await page.getByRole("button", { name: "Vérifier sans rien écrire" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Choisissez un fichier.").waitFor();
  const choisir = (lignes) => page.getByLabel("Fichier CSV").setInputFiles({
    name: "enveloppes.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["departement;annee;libelle;recipiendaire;montant_euros", ...lignes].join("\n")),
  });
  await choisir([`2A;2027;${libelle} liste;Hub de Corse;vingt mille`]);
  await page.getByRole("button", { name: "Envoyer la liste" }).click();
  await page.getByText("Ligne 2, colonne montant_euros").waitFor();
  await t.ecran(page, "enveloppes", "fichier-refuse");
  await choisir([`2A;2027;${libelle} liste;Hub de Corse;20 000`]);
  await page.getByRole("button", { name: "Vérifier sans rien écrire" }).click();
  await page.getByText("Avec ce fichier : créées 1, réglées autrement 0, déjà ainsi 0.").waitFor();
  await page.getByRole("button", { name: "Envoyer la liste" }).click();
  await page.getByText("C’est fait : créées 1, réglées autrement 0, déjà ainsi 0.").waitFor();
}

async function creer(t, page) {
  await deplier(page, "Créer une enveloppe");
  await page.getByLabel("Code du département").fill("2b");
  await page.locator("#annee").fill("2027");
  await page.locator("#libelle").fill(libelle);
  await page.getByLabel("Montant, en euros").fill("beaucoup");
  await page.getByRole("button", { name: "Créer l’enveloppe" }).click();
  await page.getByText("Écrivez un montant en euros").waitFor();
  await page.getByLabel("Montant, en euros").fill("12 000");
  await page.getByRole("button", { name: "Créer l’enveloppe" }).click();
  await page.getByRole("alert").waitFor();
  await t.ecran(page, "enveloppes", "creation-refusee");
  await page.locator("#recipiendaire").fill("Hub de Corse");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Enveloppe", exact: true }).waitFor();
  await page.getByText(`${libelle} – Hub de Corse`).waitFor();
  const id = new URL(page.url()).pathname.split("/").pop();
  const { corps } = await t.api(page, "GET", `/enveloppes/${id}`);
  t.egal(corps.montant, 1_200_000, "montant de l'enveloppe créée");
  t.egal(corps.etat, "brouillon", "état de l'enveloppe créée");
  return id;
}

async function regler(t, page, id) {
  await deplier(page, "Régler cette enveloppe");
  await page.getByLabel("Prix d’une formation Aidants Connect, en euros").fill("360,50");
  await page.getByLabel("Dernier jour de la convention").fill("2027-12-31");
  await page.getByText("ouverte", { exact: true }).click();
  await t.ecran(page, "enveloppe", "reglages");
  await page.getByRole("button", { name: "Enregistrer les réglages" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Aidants Connect 360,50").waitFor();
  const { corps } = await t.api(page, "GET", `/enveloppes/${id}`);
  t.egal([corps.etat, corps.reglages.prix_aidants_connect, corps.reglages.fin].join(), "ouverte,36050,2027-12-31", "réglages");
}

async function proposer(t, page, id) {
  await deplier(page, "Proposer un transfert ou un avenant");
  await page.getByRole("button", { name: "Proposer", exact: true }).click();
  await page.getByText("Écrivez un montant en euros").waitFor();
  await page.getByLabel("Montant, en euros").fill("-1 500");
  await page.getByLabel("Raison").fill("Convention revue.");
  await page.getByRole("button", { name: "Proposer", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Avenant de -1", { exact: false }).waitFor();
  await t.ecran(page, "enveloppe", "mouvement-propose");
  await page.getByRole("button", { name: /^Approuver : Avenant/ }).waitFor();
  const { corps } = await t.api(page, "GET", `/enveloppes/${id}`);
  t.egal(corps.montant, 1_200_000, "rien ne bouge avant l'approbation d'une autre personne");
}

async function courriels(t, page) {
  await page.goto("/administration/enveloppes");
  await page.getByRole("link", { name: "Modèles des courriels" }).click();
  await t.arrivee(page, "Modèles des courriels");
  await page.getByText("Votre formation est financée", { exact: true }).waitFor();
  await t.ecran(page, "modeles");
  await page.getByRole("button", { name: "Lire « Votre formation est financée »" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#apercu:focus").waitFor();
  await page.getByText("La formation demandée pour vous est financée").first().waitFor();
  await deplier(page, "Code HTML envoyé");
  await page.getByText("<!doctype html>").waitFor();
  await t.ecran(page, "modeles", "lu");
}

/** The same at the width of a small phone. */
async function etroit(t, id) {
  const page = await t.page({ role: "anct", largeur: 320 });
  await page.goto("/administration/enveloppes");
  await page.getByRole("heading", { level: 1, name: "Enveloppes" }).waitFor();
  await page.getByText("engagés sur").first().waitFor();
  await deplier(page, "La liste nationale, en un fichier");
  await deplier(page, "Créer une enveloppe");
  await t.ecran(page, "enveloppes", "etroit");
  await page.goto(`/administration/enveloppes/${id}`);
  await page.getByText("Prix d’une formation").first().waitFor();
  await deplier(page, "Proposer un transfert ou un avenant");
  await deplier(page, "Régler cette enveloppe");
  await t.ecran(page, "enveloppe", "etroit");
  await page.goto("/administration/courriels");
  await page.getByRole("button", { name: /^Lire « Votre formation est financée »/ }).click();
  await page.locator("#apercu:focus").waitFor();
  await page.getByText("La formation demandée pour vous est financée").first().waitFor();
  await deplier(page, "Code HTML envoyé");
  await t.ecran(page, "modeles", "etroit");
}
