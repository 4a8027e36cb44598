// An envelope from its account to its decisions: tried first, then taken, the money counted and the people told.
import { demande, motUnique } from "../outils/jeu.mjs";

export const nom = "Lire le compte d'une enveloppe, accorder, mettre en attente et refuser des financements, au clavier";

const famille = motUnique("Finance");

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  const crees = {};
  for (const suffixe of "abc") {
    const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille + suffixe) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
    crees[suffixe] = cree.corps;
  }
  const enveloppe = crees.a.enveloppe_id;
  await page.goto("/administration/enveloppes");
  await page.getByRole("heading", { level: 1, name: "Enveloppes" }).waitFor();
  await page.getByText("engagés sur").first().waitFor();
  await t.ecran(page, "enveloppes");
  await page.locator(`a[href="/administration/enveloppes/${enveloppe}"]`).click();
  await t.arrivee(page, "Enveloppe");
  await page.getByText("Prix d’une formation").waitFor();
  await t.ecran(page, "enveloppe");
  await page.getByRole("link", { name: "Décider des financements" }).click();
  await t.arrivee(page, "Financements à décider");
  const avant = await compte(t, page, enveloppe);
  await accorder(t, page, crees.a);
  const apres = await compte(t, page, enveloppe);
  t.egal(apres.departs - avant.departs, 1, "un départ de plus");
  t.egal(apres.engage - avant.engage, avant.reglages.prix_aidants_numeriques, "engagé de plus");
  await attendre(t, page, crees.b);
  await refuser(t, page, crees.c);
  await lecture(t, enveloppe);
}

const compte = async (t, page, id) => (await t.api(page, "GET", `/enveloppes/${id}`)).corps;
const decision = async (t, page, { id }) => (await t.api(page, "GET", `/demandes/${id}`)).corps.decision_financement;
const bilan = (page) => page.locator("#bilan");

/** The box of a demande of the list, which may have several pages. */
async function trouver(t, page, { nom: qui }) {
  const case_ = page.getByRole("checkbox", { name: new RegExp(qui, "i") });
  await t.attendre(async () => {
    if ((await case_.count()) > 0) return true;
    const suite = page.getByRole("button", { name: "Afficher la suite" });
    if ((await suite.count()) > 0 && (await suite.isEnabled())) await suite.click();
    return false;
  }, `la demande de ${qui} n'est pas dans la liste`);
  return case_;
}

async function cocher(t, page, qui) {
  await (await trouver(t, page, qui)).focus();
  await page.keyboard.press("Space");
}

async function accorder(t, page, qui) {
  await page.getByRole("button", { name: "Essayer sans rien décider" }).click();
  await page.getByText("Cochez au moins une demande.").waitFor();
  await cocher(t, page, qui);
  await page.getByRole("button", { name: "Essayer sans rien décider" }).click();
  await bilan(page).getByText("1 impossibles").waitFor();
  await t.ecran(page, "financement", "motif-requis");
  await page.getByRole("button", { name: new RegExp(`^Voir les constats et leurs preuves : .*${qui.nom}`, "i") }).click();
  await page.getByText("ELI-3 :").first().waitFor();
  await page.getByText(/^Preuve : .* ; valeur : /).first().waitFor();
  await t.ecran(page, "financement", "preuves");
  t.egal(await decision(t, page, qui), "", "un essai n'écrit rien");
  await page.getByLabel("Motif").fill("Vérifié par téléphone avec la mairie.");
  await page.getByRole("button", { name: "Essayer sans rien décider" }).click();
  await bilan(page).getByText("Essai : 1 décidées").waitFor();
  await t.ecran(page, "financement", "essai");
  await page.getByRole("button", { name: "Décider pour 1 demande" }).focus();
  await page.keyboard.press("Enter");
  await bilan(page).getByText("Fait : 1 décidées").waitFor();
  t.egal(await decision(t, page, qui), "accorde", "décision");
}

async function attendre(t, page, qui) {
  await page.getByText("Mettre en liste d’attente").click();
  await cocher(t, page, qui);
  await page.getByRole("button", { name: "Essayer sans rien décider" }).click();
  await page.getByRole("button", { name: "Décider pour 1 demande" }).click();
  await bilan(page).getByText("Fait : 1 décidées").waitFor();
  t.egal(await decision(t, page, qui), "liste_attente", "décision");
  await page.getByText("En liste d’attente", { exact: true }).click();
  await trouver(t, page, qui);
  await t.ecran(page, "financement", "attente");
  await page.getByText("À décider", { exact: true }).click();
}

async function refuser(t, page, qui) {
  await page.getByText("Refuser", { exact: true }).click();
  await cocher(t, page, qui);
  await page.getByLabel("Motif").fill("La formation est prise en charge par un autre financeur.");
  await page.getByRole("button", { name: "Essayer sans rien décider" }).click();
  await bilan(page).getByText("courriels partiraient").waitFor();
  await page.getByRole("button", { name: "Décider pour 1 demande" }).click();
  await bilan(page).getByText("courriels partent").waitFor();
  t.egal(await decision(t, page, qui), "refuse", "décision");
  const { corps } = await t.api(page, "GET", "/demonstration/courriels");
  t.verifier(corps.items.some(({ a }) => a === qui.email), "le professionnel n'est pas averti du refus");
}

/** The national team reads the account and decides nothing (ENV-3). */
async function lecture(t, enveloppe) {
  for (const role of ["instructeur", "anct"]) {
    const page = await t.page({ role });
    await page.goto(`/administration/enveloppes/${enveloppe}`);
    await page.getByText("engagés sur").waitFor();
    t.egal(await page.getByRole("link", { name: "Décider des financements" }).count(), 0, `${role} ne décide pas`);
    await t.ecran(page, "enveloppe");
    await page.goto("/administration/enveloppes");
    await page.getByText("engagés sur").first().waitFor();
    await t.ecran(page, "enveloppes");
    await page.goto(`/administration/enveloppes/${enveloppe}/financement`);
    await t.ecran(page, "financement", "refuse");
  }
}
