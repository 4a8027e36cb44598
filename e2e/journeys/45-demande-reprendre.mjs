// Nothing a person typed is lost: a reload or a network cut in the middle of a change, and of an addition.
import { cocher, opter, presser, remplir } from "../outils/clavier.mjs";
import { champ } from "../outils/demande.mjs";
import { AMBERIEU, demande, motUnique, siret } from "../outils/jeu.mjs";
import { ouvrir, toutes, versCellule } from "../outils/tableau.mjs";

export const nom = "Reprendre une saisie non enregistrée après un rechargement, une coupure ou une déconnexion, au clavier";
export const ux = ["UX-14", "UX-28"];

const REPRISE = /^Votre saisie, qui n’avait pas été enregistrée, est reprise/;

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  const famille = motUnique("Reprise");
  const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille) });
  t.egal(cree.statut, 201, "création de la demande du parcours");
  const { id } = cree.corps;
  await rechargement(t, page, famille);
  await changeeEntreTemps(t, page, id);
  await coupure(t, page, id);
  await ajout(t, page);
  await deconnexion(t, page, id);
}

const modifier = (zone) => zone.getByRole("button", { name: "Modifier" });

async function rechargement(t, page, famille) {
  await ouvrir(t, page, `?q=${famille}`);
  await versCellule(page, 0, "Nom du professionnel");
  await page.keyboard.press("Enter");
  const panneau = page.getByRole("complementary", { name: "Détail de la demande" });
  await presser(modifier(panneau));
  await remplir(champ(panneau, "Profession"), "Médiatrice numérique");
  await remplir(champ(panneau, "Ville"), "");
  await page.reload();
  await panneau.getByText(REPRISE).waitFor();
  t.egal(await champ(panneau, "Profession").inputValue(), "Médiatrice numérique", "profession après rechargement");
  t.egal(await champ(panneau, "Ville").inputValue(), "", "ville vidée, après rechargement");
  await t.ecran(page, "tableau", "saisie-reprise");
}

/** Somebody else saves meanwhile: what was typed before the reload meets the conflict, and nothing is overwritten. */
async function changeeEntreTemps(t, page, id) {
  t.tolerer(/^réponse 412 : PATCH /);
  const autre = await t.page({ role: "anct" });
  const lue = await t.api(autre, "GET", `/demandes/${id}`);
  const corps = { profession: "Secrétaire" };
  const { statut } = await t.api(autre, "PATCH", `/demandes/${id}`, { corps, entetes: { "if-match": lue.etag } });
  t.egal(statut, 200, "modification par quelqu'un d'autre");
  await page.reload();
  const panneau = page.getByRole("complementary", { name: "Détail de la demande" });
  await panneau.getByText(REPRISE).waitFor();
  await presser(panneau.getByRole("button", { name: "Enregistrer" }));
  await panneau.getByRole("heading", { name: /^Quelqu’un a modifié cette demande/ }).waitFor();
  const choix = panneau.getByRole("radiogroup", { name: "Profession" });
  await cocher(choix.getByLabel("Valeur enregistrée entre-temps : « Secrétaire »"));
  await presser(panneau.getByRole("button", { name: "Enregistrer ces choix" }));
  await page.getByText("La demande est enregistrée.").waitFor();
  const { corps: finale } = await t.api(page, "GET", `/demandes/${id}`);
  const { profession, ville } = finale.demande ?? finale;
  t.egal([profession, ville ?? ""], ["Secrétaire", ""], "demande après le conflit");
  await page.reload();
  await modifier(panneau).waitFor();
}

/** The network goes before the save, and the page is closed: the change waits on the screen of the demande. */
async function coupure(t, page, id) {
  t.tolerer(/^requête sans réponse : \S+\/api\/v1\/demandes\//);
  await page.goto(`/demandes/${id}`);
  await presser(modifier(page));
  await remplir(champ(page, "Commentaire"), "À rappeler lundi.");
  await page.context().setOffline(true);
  await presser(page.getByRole("button", { name: "Enregistrer" }));
  await page.getByRole("alert").getByText(/ne répond pas/).waitFor();
  t.egal(await champ(page, "Commentaire").inputValue(), "À rappeler lundi.", "commentaire pendant la coupure");
  await page.context().setOffline(false);
  await page.goto("/tableau");
  await page.goto(`/demandes/${id}`);
  await page.getByText(REPRISE).waitFor();
  t.egal(await champ(page, "Commentaire").inputValue(), "À rappeler lundi.", "commentaire après la coupure");
  await presser(page.getByRole("button", { name: "Enregistrer" }));
  await page.getByText("La demande est enregistrée.").waitFor();
}

/** An addition whose answer never came: taken up again after a reload, it is added once. */
async function ajout(t, page) {
  t.tolerer(/^requête sans réponse : \S+\/api\/v1\/demandes /);
  const famille = motUnique("Ajoutee");
  await page.goto("/demandes/nouvelle");
  const saisir = { "Nom du professionnel": famille, "Prénom du professionnel": "Noé", "Adresse e-mail": `noe.${famille.toLowerCase()}@amberieu.example` };
  for (const [libelle, texte] of Object.entries(saisir)) await remplir(champ(page, libelle), texte);
  await opter(champ(page, "Choix de la formation"), "Aidants Numériques");
  await remplir(champ(page, "Nom de la structure"), "Mairie d’Ambérieu-en-Bugey");
  await remplir(champ(page, "Numéro Siret"), siret(AMBERIEU, 8));
  await remplir(champ(page, "Code postal"), "01500");
  await page.route("**/api/v1/demandes", async (route) => {
    t.egal((await route.fetch()).status(), 201, "réponse du serveur, que le navigateur ne reçoit pas");
    await route.abort("connectionreset");
  }, { times: 1 });
  await presser(page.getByRole("button", { name: "Enregistrer" }));
  await page.getByRole("alert").getByText(/ne répond pas/).waitFor();
  await page.reload();
  await page.getByText(REPRISE).waitFor();
  await t.ecran(page, "demande", "ajout-repris");
  await presser(page.getByRole("button", { name: "Enregistrer" }));
  await t.arrivee(page, "Demande");
  t.egal((await toutes(t, page, { q: famille })).length, 1, "demandes ajoutées");
  await page.goto("/demandes/nouvelle");
  t.egal(await champ(page, "Nom du professionnel").inputValue(), "", "formulaire d'ajout après l'enregistrement");
}

/** Giving up erases; so does signing out, for the next person on this device. */
async function deconnexion(t, page, id) {
  await page.goto(`/demandes/${id}`);
  await presser(modifier(page));
  await remplir(champ(page, "Commentaire"), "abandonné");
  await presser(page.getByRole("button", { name: "Ne rien changer" }));
  await modifier(page).waitFor();
  t.egal(await restes(page), [], "brouillons après « Ne rien changer »");
  await relectureTardive(t, page);
  await t.attendre(async () => (await restes(page)).length === 1, "la saisie n'est pas conservée");
  await presser(page.getByRole("button", { name: "Se déconnecter" }));
  await page.getByText("Vous êtes déconnecté.").waitFor();
  t.egal(await restes(page), [], "brouillons après la déconnexion");
}

/** The demande is read again after « Ne rien changer »; the answer comes while somebody types anew. */
async function relectureTardive(t, page) {
  let liberer;
  const attente = new Promise((suite) => { liberer = suite; });
  await presser(modifier(page));
  await page.route("**/api/v1/demandes/*", async (route) => {
    await attente;
    await route.continue();
  });
  await presser(page.getByRole("button", { name: "Ne rien changer" }));
  await presser(modifier(page));
  const commentaire = champ(page, "Commentaire");
  await remplir(commentaire, "laissé là");
  const lecture = page.waitForResponse("**/api/v1/demandes/*");
  liberer();
  await (await lecture).finished();
  await page.unroute("**/api/v1/demandes/*");
  await page.waitForTimeout(100);
  t.egal(await commentaire.inputValue(), "laissé là", "saisie pendant une relecture tardive");
}

const restes = (page) => page.evaluate(() => Object.keys(localStorage).filter((cle) => cle.startsWith("parcours.demande.")));
