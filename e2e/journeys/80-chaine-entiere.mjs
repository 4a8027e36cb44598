// The whole chain with four people in four browsers: a structure files its candidature, the register and the OPCO prove what they
// know of it, the récipiendaire finances, the team validates in its batch, the structure is habilitated, and everybody is told.
// On a server of its own, which asks the simulators of the services of the outside.
import { professionnel, remplirProfessionnel } from "../outils/candidature.mjs";
import { motUnique } from "../outils/jeu.mjs";

export const nom = "De la candidature à la structure habilitée, avec ses preuves, ses décisions et ses courriels";

const famille = motUnique("Chaine");
// An association, for the simulators, whose OPCO is not Uniformation: it is to be proved.
const NUMERO = "35112233800020";
const ADRESSE = `lea.${famille.toLowerCase()}@ressources-ain.example`;
const REFERENT = `paul.${famille.toLowerCase()}@ressources-ain.example`;
const MOTIF = "Vérifié par téléphone avec l’association.";

export async function parcours(t) {
  const baseURL = process.env.PARCOURS_URL_PREUVES;
  if (!baseURL) throw new Error("PARCOURS_URL_PREUVES manque : adresse d'un serveur qui interroge les simulateurs.");
  const demandeur = await t.page({ baseURL });
  await deposer(t, demandeur);
  const recipiendaire = await t.page({ role: "recipiendaire", baseURL });
  const id = await prouver(t, recipiendaire);
  await financer(t, recipiendaire, id);
  const instructeur = await t.page({ role: "instructeur", baseURL });
  await valider(t, instructeur);
  await habilitee(t, recipiendaire, id);
  await preveni(t, await t.page({ role: "anct", baseURL }), id);
}

/** The structure, without an account. */
async function deposer(t, page) {
  await page.goto("/candidature");
  await page.getByLabel("Numéro SIRET").fill(NUMERO);
  // The register fills what it knows.
  await page.locator("#annuaire").getByText("STRUCTURE DE DEMONSTRATION").waitFor();
  await t.ecran(page, "candidature", "siret-reconnu");
  const rempli = async (champ) => page.locator(`#structure-${champ}`).inputValue();
  t.egal([await rempli("adresse"), await rempli("code_postal")], ["1 PLACE DE LA MAIRIE", "01000"], "adresse remplie");
  await t.attendre(async () => (await page.locator("select#structure-ville option:checked").innerText()) === "Bourg-en-Bresse", "la commune n'est pas choisie");
  await page.getByLabel("Type de structure").selectOption({ label: "Associations" });
  await page.getByRole("radiogroup", { name: /label France Services/ }).getByText("Non", { exact: true }).click();
  await page.getByLabel(/^Adresse e-mail de contact/).fill("contact@ressources-ain.example");
  const referent = { nom: "Martin", prenom: "Paul", profession: "Directeur", email: REFERENT, telephone: "06 39 98 01 02" };
  for (const [champ, valeur] of Object.entries(referent)) await page.locator(`#referent-${champ}`).fill(valeur);
  await remplirProfessionnel(page, 1, { nom: famille, prenom: "Léa", email: ADRESSE, profession: "Agente d’accueil", formations: ["Aidants Connect"] });
  const section = professionnel(page, 1);
  await section.getByLabel(/^Statut dans la structure/).selectOption({ label: "Salarié ou agent public" });
  await section.getByRole("radiogroup", { name: /conseiller numérique/ }).getByText("Non", { exact: true }).click();
  await section.getByRole("radiogroup", { name: /démarches en ligne/ }).getByText("Oui", { exact: true }).click();
  await section.getByText("Règles d’éligibilité").waitFor();
  t.egal(await section.getByText("Bloquant", { exact: true }).count(), 0, "constats bloquants");
  await page.getByRole("button", { name: "Envoyer la candidature" }).click();
  await page.getByRole("heading", { level: 1, name: "Candidature enregistrée" }).waitFor();
}

/** What the register says of the structure is on the demande within seconds, with its source. */
async function prouver(t, page) {
  const { corps } = await t.api(page, "GET", `/demandes?q=${famille}`);
  t.egal(corps.items.length, 1, "demandes de la candidature");
  const { id } = corps.items[0];
  await t.attendre(async () => {
    const { corps: preuves } = await t.api(page, "GET", `/structures/${NUMERO}/preuves`);
    const etat = (voulu) => preuves.suivis.find(({ service }) => service === voulu)?.etat;
    return etat("entreprises") === "verifiee" && etat("siro") === "verifiee";
  }, "les services de l'extérieur n'ont pas répondu");
  await page.goto(`/demandes/${id}`);
  await page.getByText("Annuaire des entreprises", { exact: false }).first().waitFor();
  const { corps: lue } = await t.api(page, "GET", `/demandes/${id}`);
  t.egal(lue.etape, "recue", "étape");
  const constat = (regle) => lue.constats.find((un) => un.regle === regle);
  t.egal([constat("ELI-9")?.verdict, constat("ELI-3")?.verdict], ["ok", "ok"], "SIRET et OPCO prouvés");
  t.verifier(/AKTO/i.test(JSON.stringify(constat("ELI-3").preuve)), `preuve de l'OPCO : ${JSON.stringify(constat("ELI-3"))}`);
  return id;
}

async function financer(t, page, id) {
  const { corps } = await t.api(page, "GET", `/demandes/${id}`);
  await page.goto(`/administration/enveloppes/${corps.enveloppe_id}/financement`);
  const case_ = page.getByRole("checkbox", { name: new RegExp(famille, "i") });
  await t.attendre(async () => {
    if ((await case_.count()) > 0) return true;
    const suite = page.getByRole("button", { name: "Afficher la suite" });
    if ((await suite.count()) > 0 && (await suite.isEnabled())) await suite.click();
    return false;
  }, "la demande n'est pas à décider");
  await case_.focus();
  await page.keyboard.press("Space");
  await page.getByLabel("Motif").fill(MOTIF);
  await page.getByRole("button", { name: "Essayer sans rien décider" }).click();
  await page.getByRole("button", { name: "Décider pour 1 demande" }).click();
  await page.locator("#bilan").getByText("Fait : 1 décidées").waitFor();
  t.egal((await t.api(page, "GET", `/demandes/${id}`)).corps.etape, "eligibilite_en_attente", "étape");
}

async function valider(t, page) {
  await page.goto("/administration/eligibilite");
  await page.getByRole("button", { name: "Ouvrir un lot maintenant" }).click();
  await page.getByRole("heading", { level: 1, name: "Lot d’éligibilité", exact: true }).waitFor();
  await page.getByRole("checkbox", { name: new RegExp(famille, "i") }).focus();
  await page.keyboard.press("Space");
  await page.getByText("Constats et preuves").click();
  await page.getByText("Annuaire des entreprises", { exact: false }).first().waitFor();
  await page.getByText("Valider l’éligibilité", { exact: true }).click();
  await page.getByLabel("Motif ou question").fill(MOTIF);
  await page.getByRole("button", { name: "Essayer sans rien décider" }).click();
  await page.getByRole("button", { name: "Décider pour 1 demande" }).click();
  await page.locator("#bilan").getByText("1 demandes sont traitées").waitFor();
}

/** The récipiendaire sees it in the table, which was open elsewhere. */
async function habilitee(t, page, id) {
  const { corps } = await t.api(page, "GET", `/demandes/${id}`);
  t.egal(corps.etape, "eligibilite_validee", "étape");
  t.verifier(/^010\d+$/.test(corps.numero_habilitation), `numéro d'habilitation : ${corps.numero_habilitation}`);
  await page.goto(`/tableau?q=${famille}&colonnes=nom,etape,numero_habilitation`);
  await page.getByRole("gridcell", { name: corps.numero_habilitation, exact: true }).waitFor();
  await page.getByRole("gridcell", { name: "Éligibilité validée" }).waitFor();
}

/** The national administration finds every mail that was sent of it. */
async function preveni(t, page, id) {
  const { corps } = await t.api(page, "GET", "/demonstration/courriels");
  const recus = (adresse) => corps.items.filter(({ a }) => a === adresse).map(({ modele }) => modele);
  for (const modele of ["financement_accorde_professionnel", "eligibilite_validee_professionnel"]) {
    t.verifier(recus(ADRESSE).includes(modele), `la professionnelle n'a pas reçu ${modele} : ${recus(ADRESSE)}`);
  }
  for (const modele of ["financement_accorde_structure", "eligibilite_validee_structure", "structure_habilitee"]) {
    t.verifier(recus(REFERENT).includes(modele), `le référent n'a pas reçu ${modele} : ${recus(REFERENT)}`);
  }
  const { corps: histoire } = await t.api(page, "GET", `/demandes/${id}/historique`);
  const faits = histoire.items.map(({ action }) => action);
  for (const fait of ["demande.financement", "demande.eligibilite"]) t.verifier(faits.includes(fait), `l'historique ne dit pas ${fait} : ${faits}`);
}
