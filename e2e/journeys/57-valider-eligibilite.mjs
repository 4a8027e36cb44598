// The eligibility batch, with four people: the récipiendaire finances, the team opens a batch, asks, decides; the structure
// answers by the link of its mail; the national administration reads and sets the schedule.
import { demande, motUnique } from "../outils/jeu.mjs";

export const nom = "Ouvrir un lot d'éligibilité, demander un complément, y répondre, valider et refuser, au clavier";

const famille = motUnique("Eligible");
const REFERENT = `claude.${famille.toLowerCase()}@amberieu-en-bugey.example`;
const MOTIF = "Vérifié par téléphone avec la mairie.";

export async function parcours(t) {
  const tient = await t.page({ role: "recipiendaire" });
  const [a, b] = [await financer(t, tient, "a"), await financer(t, tient, "b")];
  const page = await t.page({ role: "instructeur" });
  await ouvrirLot(t, page);
  await trouver(t, page, a);
  await t.ecran(page, "lot");
  await demander(t, page, a);
  await repondre(t);
  await valider(t, page, a);
  await refuser(t, page, b);
  t.egal((await lue(t, tient, a)).decision_eligibilite, "validee", "le tableau le montre aussitôt");
  t.egal((await lue(t, tient, b)).etape, "eligibilite_refusee", "étape");
  await lecture(t, page.url());
}

const lue = async (t, page, { id }) => (await t.api(page, "GET", `/demandes/${id}`)).corps;
const bilan = (page) => page.locator("#bilan");
const essayer = (page) => page.getByRole("button", { name: "Essayer sans rien décider" });

/** A demande for Aidants Connect whose financing is granted. */
async function financer(t, page, suffixe) {
  const cree = await t.api(page, "POST", "/demandes", {
    corps: demande(famille + suffixe, {
      formation: "aidants_connect", statut_professionnel: "salarie", conseiller_numerique: "non", accompagne_demarches: "oui",
      structure_type: "municipalites", structure_email: "mairie@amberieu-en-bugey.example", referent_nom: "Martin",
      referent_prenom: "Claude", referent_profession: "Directrice", referent_email: REFERENT, referent_telephone: "06 39 98 01 02",
    }),
  });
  t.egal(cree.statut, 201, "création d'une demande du parcours");
  const corps = { action: "accorder", demandes: [cree.corps.id], motif: MOTIF };
  t.egal((await t.api(page, "POST", "/demandes/financement", { corps })).statut, 200, "financement accordé");
  return cree.corps;
}

async function ouvrirLot(t, page) {
  await page.goto("/administration/enveloppes");
  await page.getByRole("link", { name: "Lots d’éligibilité", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Lots d’éligibilité" }).waitFor();
  await page.getByText("Prochain lot :").waitFor();
  await t.ecran(page, "lots");
  await page.getByRole("button", { name: "Ouvrir un lot maintenant" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Lot d’éligibilité", exact: true }).waitFor();
}

/** Does something that reads the list again, and waits until it is shown. */
async function relire(page, geste) {
  const lue = page.waitForResponse((reponse) => /lots-eligibilite\/[^/]+\/demandes/.test(reponse.url()));
  await geste();
  await (await lue).finished();
  await page.evaluate(() => new Promise((suite) => { requestAnimationFrame(() => requestAnimationFrame(suite)); }));
}

/** The box of a demande, looked for by its name. */
async function trouver(t, page, { nom: qui }) {
  await page.locator("#mots").fill(qui);
  await relire(page, () => page.keyboard.press("Enter"));
  const case_ = page.getByRole("checkbox", { name: new RegExp(qui, "i") });
  await case_.waitFor();
  return case_;
}

async function cocher(t, page, qui) {
  await (await trouver(t, page, qui)).focus();
  await page.keyboard.press("Space");
}

async function demander(t, page, qui) {
  await essayer(page).click();
  await page.getByText("Cochez au moins une demande.").waitFor();
  await cocher(t, page, qui);
  await page.getByText("Demander un complément", { exact: true }).click();
  await page.getByLabel("Motif ou question").fill("Qui accompagne les usagers ?");
  await essayer(page).click();
  await bilan(page).getByText("courriels partiraient").waitFor();
  await t.ecran(page, "lot", "essai");
  await page.getByRole("button", { name: "Décider pour 1 demande" }).focus();
  await page.keyboard.press("Enter");
  await bilan(page).getByText("courriels partent").waitFor();
}

/** The structure, without an account, on a phone. */
async function repondre(t) {
  const page = await t.page({ largeur: 320 });
  await page.goto("/");
  const { corps } = await t.api(page, "GET", "/demonstration/courriels");
  const { chemin } = corps.items.find(({ a, modele }) => a === REFERENT && modele === "complement_demande_structure");
  await page.goto(chemin);
  await page.getByText("Qui accompagne les usagers ?").waitFor();
  await t.ecran(page, "suivi", "question");
  await page.getByLabel("Votre réponse").fill("Angèle, à l’accueil.");
  await page.getByRole("button", { name: "Envoyer la réponse" }).click();
  await page.getByText("Angèle, à l’accueil.").waitFor();
  await t.ecran(page, "suivi", "repondu");
}

async function valider(t, page, qui) {
  await relire(page, () => page.getByText("Réponse reçue", { exact: true }).click());
  await trouver(t, page, qui);
  await page.getByRole("button", { name: "Lire les échanges" }).click();
  await page.getByText("La structure, le").waitFor();
  await page.getByText("Constats et preuves").click();
  await page.getByText("ELI-9").waitFor();
  await t.ecran(page, "lot", "reponse");
  await page.getByText("Valider l’éligibilité", { exact: true }).click();
  await page.getByLabel("Motif ou question").fill(MOTIF);
  await cocher(t, page, qui);
  await essayer(page).click();
  await bilan(page).getByText("1 demandes seraient traitées").waitFor();
  await page.getByRole("button", { name: "Décider pour 1 demande" }).click();
  await bilan(page).getByText("1 demandes sont traitées").waitFor();
  t.verifier(/^015\d+$/.test((await lue(t, page, qui)).numero_habilitation), "la structure est habilitée");
  const { corps } = await t.api(page, "GET", "/demonstration/courriels");
  t.verifier(corps.items.some(({ a, modele }) => a === qui.email && modele === "eligibilite_validee_professionnel"), "courriel");
}

async function refuser(t, page, qui) {
  await relire(page, () => page.getByText("À décider", { exact: true }).first().click());
  await cocher(t, page, qui);
  await page.getByText("Refuser", { exact: true }).click();
  await page.getByLabel("Motif ou question").fill("La personne n’accompagne pas d’usagers.");
  await essayer(page).click();
  await bilan(page).getByText("1 demandes seraient traitées").waitFor();
  await page.getByRole("button", { name: "Décider pour 1 demande" }).click();
  await bilan(page).getByText("1 demandes sont traitées").waitFor();
}

/** The national administration reads, sets the schedule, and decides nothing. */
async function lecture(t, lot) {
  const page = await t.page({ role: "anct" });
  await page.goto(lot);
  await page.getByText("L’équipe Aidants Connect décide ; vous pouvez lire.").waitFor();
  t.egal(await essayer(page).count(), 0, "anct ne décide pas");
  await t.ecran(page, "lot", "lecture");
  await page.goto("/administration/eligibilite");
  await page.getByText("Régler le calendrier").click();
  t.tolerer(/^réponse 422 : PUT \/api\/v1\/calendrier-eligibilite/);
  await page.getByLabel("Nombre de jours").fill("quinze");
  await page.getByRole("button", { name: "Enregistrer le calendrier" }).click();
  await page.getByText("de 1 à 365").first().waitFor();
  await t.ecran(page, "lots", "refus-du-calendrier");
  await page.getByLabel("Nombre de jours").fill("15");
  await page.getByRole("button", { name: "Enregistrer le calendrier" }).click();
  await page.getByText("Le calendrier est enregistré.").waitFor();
  await t.ecran(page, "lots");
}
