// Comments of a demande: written and taken back, a colleague told, in the application and by a mail that one may want no more.
import { atteindre, opter, presser, remplir } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { retenir } from "../outils/reseau.mjs";
import { ouvrir, prete } from "../outils/tableau.mjs";

export const nom = "Commenter une demande, prévenir un collègue, lire ses avis, régler et arrêter les courriels, au clavier";
export const ux = ["UX-11", "UX-12"];

const famille = motUnique("Echange");
const ROLES = ["demandeur", "organisme", "formateur", "referent", "co_referent", "aidant", "instructeur", "recipiendaire", "anct"];

export async function parcours(t) {
  t.tolerer(/^réponse (401|403|404|422) : /);
  const page = await t.page({ role: "recipiendaire" });
  const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille) });
  t.egal(cree.statut, 201, "création de la demande du parcours");
  // As nobody has chosen anything yet, whatever was run before on this base.
  for (const role of ["anct", "instructeur"]) {
    const corps = { mention: "courriel", reponse: "resume" };
    t.egal((await t.api(await ouverte(t, role), "PUT", "/compte/avis", { corps })).statut, 200, "réglage habituel");
  }
  await commenter(t, page, cree.corps.id);
  await partir(t);
  const lecteur = await lire(t);
  await accompagner(t, lecteur);
  await regler(t, lecteur);
  await arreter(t);
  await retirer(t, page);
  await acces(t);
}

/** The table says on the row that the récipiendaire has it open. */
async function accompagner(t, lecteur) {
  await ouvrir(t, lecteur, `?q=${famille}`);
  const ligne = lecteur.locator(".grille__ligne[data-presents]");
  await ligne.waitFor();
  const description = await ligne.getAttribute("aria-description");
  t.verifier(/^Ouverte aussi par /.test(description), `dit de la ligne : ${description}`);
  await t.ecran(lecteur, "tableau", "accompagnee");
}

/** One writes while the comments are still read, and leaves before the answer: what was sent is sent, and is no draft any more. */
async function partir(t) {
  const page = await t.page({ role: "recipiendaire" });
  const { corps } = await t.api(page, "POST", "/demandes", { corps: demande(motUnique("Depart")) });
  const repondu = await retenir(page, "**/api/v1/demandes/*/commentaires");
  await page.goto(`/demandes/${corps.id}`);
  await remplir(page.locator("#commentaire"), "Écrit en partant.");
  await presser(section(page).getByRole("button", { name: "Envoyer le commentaire" }));
  await presser(page.getByRole("navigation", { name: "Menu principal" }).getByRole("link", { name: /Tableau/ }).first());
  await prete(t, page);
  await repondu();
  await t.attendre(
    async () => (await t.api(page, "GET", `/demandes/${corps.id}/commentaires`)).corps.items.length === 1,
    "le commentaire envoyé en partant n'est pas enregistré",
  );
  await page.goBack();
  await section(page).locator("li").getByText("Écrit en partant.").waitFor();
  t.egal(await page.locator("#commentaire").inputValue(), "", "brouillon d'un commentaire envoyé");
}

async function ouverte(t, role) {
  const page = await t.page({ role });
  await page.goto("/");
  return page;
}

const section = (page) => page.locator("section").filter({ has: page.locator("#commentaires") });

async function commenter(t, page, id) {
  await page.goto(`/demandes/${id}`);
  await section(page).getByText("Personne n’a encore commenté cette demande.").waitFor();
  await atteindre(page, /^Envoyer le commentaire$/);
  await page.keyboard.press("Enter");
  await page.locator("#commentaire-messages").getByText(/^Écrivez de 1 à/).waitFor();
  await remplir(page.locator("#commentaire"), "Le SIRET est-il celui du siège ?");
  // Nothing typed is lost on a reload.
  await page.reload();
  await page.locator("#commentaire").waitFor();
  t.egal(await page.locator("#commentaire").inputValue(), "Le SIRET est-il celui du siège ?", "commentaire en cours");
  await page.locator("#prevenir").waitFor();
  const collegue = await page.locator("#prevenir option").filter({ hasText: /nationale|ANCT|instruct/i }).first().getAttribute("value");
  await opter(page.locator("#prevenir"), collegue);
  await presser(section(page).getByRole("button", { name: /^Ajouter/ }));
  await section(page).getByRole("button", { name: /^Ne pas prévenir / }).waitFor();
  await t.ecran(page, "demande", "commentaire");
  await presser(section(page).getByRole("button", { name: "Envoyer le commentaire" }));
  await page.getByText("Votre commentaire est envoyé.").waitFor();
  await section(page).locator("li").getByText("Le SIRET est-il celui du siège ?").waitFor();
  t.egal(await page.locator("#commentaire").inputValue(), "", "champ après l'envoi");
}

/** Whoever was mentioned sees the number in the header, reads, and marks as read. */
async function lire(t) {
  for (const role of ["anct", "instructeur"]) {
    const page = await t.page({ role });
    await page.goto("/avis");
    await t.arrivee(page, "Mes avis").catch(() => {});
    await page.locator(".pa-entrees > li, p:has-text('Aucun avis')").first().waitFor();
    const avis = page.locator(".pa-entrees > li").filter({ hasText: famille });
    if ((await avis.count()) === 0) continue;
    await page.getByRole("link", { name: /^Mes avis \(\d+ à lire\)/ }).waitFor();
    await t.ecran(page, "avis", "non-lus");
    await presser(avis.getByRole("button", { name: /^Marquer comme lu/ }));
    await page.getByText("C’est noté comme lu.").waitFor();
    await avis.getByText(/\(lu\)/).waitFor();
    await presser(avis.getByRole("link", { name: "Ouvrir la demande" }));
    await section(page).locator("li").getByText("Le SIRET est-il celui du siège ?").waitFor();
    t.egal(await section(page).getByRole("button", { name: /^Retirer/ }).count(), 0, "retirer le commentaire d'un autre");
    // The récipiendaire has it open too.
    await page.getByText(/regarde(nt)? aussi cette demande/).waitFor();
    return page;
  }
  throw new Error("personne n'a reçu l'avis");
}

async function regler(t, page) {
  await page.goto("/avis");
  await page.locator("#avis-mention").waitFor();
  await t.attendre(async () => (await page.locator("#avis-mention").inputValue()) === "courriel", "réglage habituel");
  await opter(page.locator("#avis-reponse"), "application");
  await presser(page.getByRole("button", { name: "Enregistrer" }));
  await page.getByText("Vos choix sont enregistrés.").waitFor();
  await page.reload();
  await t.attendre(async () => (await page.locator("#avis-reponse").inputValue()) === "application", "réglage gardé");
}

/** The link at the foot of the mail asks for a click, and needs no session. */
async function arreter(t) {
  const page = await t.page();
  await page.goto("/");
  const { items } = await page.evaluate(async () => (await fetch("/api/v1/demonstration/courriels")).json());
  const arret = items.find((un) => un.modele === "avis")?.arret;
  t.verifier(arret?.startsWith("/desabonnement#"), "le courriel ne porte pas de lien d'arrêt");
  await page.goto(arret);
  await page.getByText(/seuls les courriels s’arrêtent/).waitFor();
  await t.ecran(page, "desabonnement", "avant");
  await atteindre(page, /^Arrêter ces courriels$/);
  await page.keyboard.press("Enter");
  await page.getByText(/^C’est fait : plus de courriel/).waitFor();
  await t.ecran(page, "desabonnement", "fait");
}

async function retirer(t, page) {
  await presser(section(page).getByRole("button", { name: /^Retirer mon commentaire/ }));
  await page.getByText("Votre commentaire est retiré.").waitFor();
  await section(page).getByText("Commentaire retiré par son auteur.").waitFor();
}

async function acces(t) {
  for (const role of ROLES) {
    const page = await t.page({ role });
    await page.goto("/desabonnement");
    await page.getByText(/^Ce lien n’est pas complet/).waitFor();
    await t.ecran(page, "desabonnement", "incomplet");
    await page.goto("/avis");
    await page.locator("#avis-mention").waitFor();
    await page.locator(".pa-squelette").first().waitFor({ state: "detached" });
    await t.ecran(page, "avis", "initial");
  }
  const dehors = await t.page();
  await dehors.goto("/avis");
  await dehors.getByRole("heading", { level: 1, name: "Se connecter" }).waitFor();
  await t.ecran(dehors, "avis", "refuse");
}
