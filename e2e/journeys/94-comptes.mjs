// Accounts by the screens: inviting somebody by the keyboard, her first sign-in, what an administrator does to her account.
import { atteindre, choisir, ecrire, presser } from "../outils/clavier.mjs";
import { accepter, accepterLesTextes, connecter, continuer, entrer, ouvrirLien } from "../outils/invitation.mjs";
import { prete } from "../outils/tableau.mjs";
import { code } from "../outils/totp.mjs";

export const nom = "Inviter une personne, qui règle une application, accepte les conditions et travaille ; puis la désactiver";

const ROLES = ["public", "demandeur", "recipiendaire", "organisme", "formateur", "referent", "co_referent", "aidant", "instructeur", "anct"];
/** How long a code is shown. */
const PAS = 30_000;
const PERSONNE = "Ana Martin";

export async function parcours(t) {
  // Wrong codes, addresses that are refused, a version that is outdated, a session that is closed, screens of others.
  t.tolerer(/^réponse 4(01|03|04|12|22) : /);
  const email = `ana.${Date.now()}@departement.example`;
  const anct = await t.page({ role: "anct" });
  await chercher(t, anct);
  await inviter(t, anct, email);
  await retirer(t, anct);
  const { page: ana, secret } = await rejoindre(t, email);
  const id = await ouvrirCompte(t, anct, email);
  await renommer(t, anct, id);
  await desactiver(t, anct, ana);
  await sessions(t, anct, ana, email, secret);
  await roles(t, anct);
  await organisations(t, anct);
  await moyens(t, anct);
  await sien(t, anct);
  await textes(t, anct);
  for (const role of ROLES) await parRole(t, role, id);
}

const lignes = (page) => page.locator("main > div > ul.pa-entrees > li");
const invitations = (page) => page.locator("section", { has: page.getByRole("heading", { name: "Invitations en attente" }) });

async function fait(t, page, titre) {
  await page.getByText("C’est fait.").last().waitFor();
  await regarde(t, page, titre);
}

/** The focus comes back to the section once the act is done. */
async function regarde(t, page, titre) {
  await t.attendre(
    () => page.getByRole("heading", { name: titre }).first().evaluate((element) => element === document.activeElement),
    `« ${titre} » n'a pas le focus`,
  );
}

async function chercher(t, page) {
  await page.goto("/");
  await presser(page.getByRole("navigation", { name: "Menu principal" }).getByRole("link", { name: "Comptes" }));
  await page.getByRole("heading", { level: 1, name: "Comptes" }).waitFor();
  await lignes(page).first().waitFor();
  await page.getByText("Aucune invitation n’attend de réponse.").waitFor();
  await t.ecran(page, "comptes", "liste");
  await page.getByLabel("Nom ou adresse e-mail").fill("recipiendaire@demo");
  await page.keyboard.press("Enter");
  await t.attendre(async () => (await lignes(page).count()) === 1, "la recherche ne trouve pas un seul compte");
  await page.getByLabel("État").selectOption({ label: "Désactivé" });
  await presser(page.getByRole("button", { name: "Chercher" }));
  await page.getByText("Aucun compte ne correspond.").waitFor();
  await t.ecran(page, "comptes", "aucun");
  await pages(t, page);
}

/** The next page follows the cursor of the server: here the list is made of small pages. */
async function pages(t, page) {
  await page.route(/\/api\/v1\/comptes\?/, (route) => route.continue({ url: route.request().url().replace("limit=20", "limit=3") }));
  await page.reload();
  await t.attendre(async () => (await lignes(page).count()) === 3, "la première page n'a pas trois comptes");
  await presser(page.getByRole("button", { name: "Afficher la suite" }));
  await t.attendre(async () => (await lignes(page).count()) === 6, "la suite n'est pas venue");
  await page.unroute(/\/api\/v1\/comptes\?/);
}

/** By the keyboard alone: a refusal at the field, then the invitation. */
async function inviter(t, page, email) {
  await page.reload();
  await lignes(page).first().waitFor();
  await atteindre(page, /^Inviter une personne/);
  await page.keyboard.press("Enter");
  await ecrire(page, /^Nom et prénom/, PERSONNE);
  await ecrire(page, /^Adresse e-mail/, "ana sans arobase");
  await choisir(page, /^Rôle/, "Récipiendaire");
  await page.locator("#enveloppe").waitFor();
  const enveloppes = await page.locator("#enveloppe option").allInnerTexts();
  await choisir(page, /^Enveloppe/, enveloppes[2]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const champ = page.locator("#email");
  await t.attendre(async () => (await champ.getAttribute("aria-invalid")) === "true", "l'adresse fausse n'est pas signalée au champ");
  t.egal(await page.locator("#nom").inputValue(), PERSONNE, "nom gardé après le refus");
  await t.ecran(page, "comptes", "adresse-refusee");
  await champ.fill(email);
  await page.keyboard.press("Enter");
  await page.getByText(`L’invitation est partie à ${email}.`).last().waitFor();
  await invitations(page).getByText(`${PERSONNE} – Récipiendaire : ${enveloppes[2]}`).waitFor();
  t.egal(await champ.inputValue(), "", "formulaire vidé");
  await t.ecran(page, "comptes", "invitee");
}

/** An invitation that is taken back: its link opens nothing. */
async function retirer(t, page) {
  const email = `leo.${Date.now()}@mairie.example`;
  await page.locator("#nom").fill("Léo Roux");
  await page.locator("#email").fill(email);
  await page.locator("#role").selectOption({ label: "Référent" });
  await presser(page.getByRole("button", { name: "Envoyer l’invitation" }));
  await page.getByRole("button", { name: "Retirer : Léo Roux – Référent" }).waitFor();
  await regarde(t, page, "Invitations en attente");
  await presser(page.getByRole("button", { name: "Retirer : Léo Roux – Référent" }));
  await fait(t, page, "Invitations en attente");
  await invitations(page).getByText("Léo Roux").first().waitFor({ state: "detached" });
  const leo = await t.page();
  await ouvrirLien(t, leo, email);
  await presser(leo.getByRole("button", { name: "Continuer" }));
  await leo.locator("#echec").waitFor();
  await t.ecran(leo, "invitation", "retiree");
  await leo.goto("/invitation");
  await leo.getByText("Ce lien est incomplet").waitFor();
  await t.ecran(leo, "invitation", "incomplete");
}

/** The invited person: mail, application, sign-in, terms, and the screens of her role. */
async function rejoindre(t, email) {
  const page = await t.page();
  await ouvrirLien(t, page, email);
  await t.ecran(page, "invitation", "a-ouvrir");
  const secret = await continuer(t, page);
  await page.getByText(`${email} – Récipiendaire : `).waitFor();
  await t.ecran(page, "invitation", "a-accepter");
  await accepter(t, page, secret);
  await connecter(t, page, email, secret);
  t.devient(page, "recipiendaire");
  await t.arrivee(page, "Conditions d’utilisation et chartes");
  const bloquee = await t.api(page, "GET", "/demandes?limit=1");
  t.egal([bloquee.statut, bloquee.corps.code], [403, "engagement-requis"], "lecture avant d'accepter les conditions");
  await t.ecran(page, "engagements", "a-accepter");
  // Every screen is blocked, not only the one that sign-in leads to.
  await presser(page.getByRole("navigation", { name: "Menu principal" }).getByRole("link", { name: "Tableau de gestion" }));
  await t.attendre(() => new URL(page.url()).pathname === "/tableau", "l'adresse n'est pas celle du tableau");
  await accepterLesTextes(t, page);
  await t.arrivee(page, "Tableau de gestion");
  await prete(t, page);
  t.egal((await page.getByRole("navigation").getByRole("link", { name: "Comptes" }).count()), 0, "menu de l'invitée");
  return { page, secret };
}

async function ouvrirCompte(t, page, email) {
  // What is looked for while the list is still on its way is not forgotten.
  await page.route(/\/api\/v1\/comptes(\?|$)/, async (route) => {
    await page.waitForTimeout(500);
    await route.continue();
  }, { times: 1 });
  await page.goto("/administration/comptes");
  await page.getByLabel("Nom ou adresse e-mail").fill(email);
  await page.keyboard.press("Enter");
  await t.attendre(async () => (await lignes(page).count()) === 1, "la recherche ne trouve pas l'invitée");
  await presser(page.getByRole("link", { name: PERSONNE }));
  await t.arrivee(page, "Compte");
  await page.getByRole("heading", { name: "Sessions ouvertes" }).waitFor();
  await t.ecran(page, "compte", "invitee");
  return decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1));
}

/** Somebody else changes the account in the meantime: it is told, and what is typed stays. */
async function renommer(t, page, id) {
  const { etag } = await t.api(page, "GET", `/comptes/${id}`);
  const { statut } = await t.api(page, "PATCH", `/comptes/${id}`, { corps: { nom: "Ana Martin-Roux" }, entetes: { "if-match": etag } });
  t.egal(statut, 200, "changement par quelqu'un d'autre");
  const champ = page.getByLabel("Nom et prénom");
  await champ.fill("Ana Roux");
  await page.keyboard.press("Enter");
  await page.locator("#echec").waitFor();
  await page.getByRole("heading", { name: "Ana Martin-Roux" }).waitFor();
  t.egal(await champ.inputValue(), "Ana Roux", "nom saisi, gardé après le conflit");
  await t.ecran(page, "compte", "conflit");
  await presser(page.getByRole("button", { name: "Enregistrer le nom" }));
  await fait(t, page, "Ana Roux");
}

/** Her next request is refused, and nothing opens again until she is let in. */
async function desactiver(t, page, ana) {
  const cle = await creerCle(t, ana);
  t.egal(await parCle(t, cle), 200, "clé d'API avant la désactivation");
  await page.reload();
  await presser(page.getByRole("button", { name: "Désactiver le compte" }));
  await page.getByText("La clé d’API que cette personne a créée s’arrête aussitôt").waitFor();
  await t.ecran(page, "compte", "cle-en-jeu");
  await presser(page.getByRole("button", { name: "Confirmer" }));
  await fait(t, page, "Ana Roux");
  await page.getByText("Désactivé", { exact: true }).waitFor();
  await t.ecran(page, "compte", "desactive");
  t.egal((await t.api(ana, "GET", "/demandes?limit=1")).statut, 401, "requête après la désactivation");
  await ana.goto("/tableau");
  await ana.getByRole("heading", { level: 1, name: "Se connecter" }).waitFor();
  t.devient(ana, "public");
  await presser(page.getByRole("button", { name: "Réactiver le compte" }));
  await presser(page.getByRole("button", { name: "Confirmer" }));
  await fait(t, page, "Ana Roux");
  await page.getByText("Actif", { exact: true }).waitFor();
  t.egal(await parCle(t, cle), 401, "clé d'API, même une fois le compte réactivé");
}

/** An API key of hers, which whoever deactivates her account is told about. */
async function creerCle(t, ana) {
  const { corps: enveloppes } = await t.api(ana, "GET", "/enveloppes");
  const client = { nom: "Outil d’Ana", portees: ["enveloppes:lire"], enveloppes: [enveloppes.items[0].id] };
  const { statut, corps } = await t.api(ana, "POST", "/clients-api", { corps: { ...client, cle: { genre: "jeton", jours: 30 } } });
  t.egal(statut, 201, "clé d'API créée");
  return corps.secret;
}

const parCle = async (t, cle) => (await fetch(`${t.url}/api/v1/enveloppes`, { headers: { authorization: `Bearer ${cle}` } })).status;

/** She signs in again, and an administrator closes that session. */
async function sessions(t, page, ana, email, secret) {
  // The code of now may have served to sign in: the one after it cannot.
  await ana.waitForTimeout(PAS - (Date.now() % PAS));
  await entrer(t, ana, email, code(secret));
  await t.arrivee(ana, "Tableau de gestion");
  t.devient(ana, "recipiendaire");
  await page.reload();
  await presser(page.getByRole("button", { name: /^Fermer : / }));
  await fait(t, page, "Ana Roux");
  await page.getByText("Aucune session ouverte.").waitFor();
  t.egal((await t.api(ana, "GET", "/session")).statut, 401, "session fermée par l'administration");
  t.devient(ana, "public");
}

async function roles(t, page) {
  await page.getByRole("checkbox", { name: "Aidant", exact: true }).press("Space");
  await presser(page.getByRole("button", { name: "Enregistrer les rôles" }));
  await fait(t, page, "Ana Roux");
  await page.getByText("Récipiendaire, Aidant", { exact: true }).waitFor();
}

async function organisations(t, page) {
  await presser(page.getByRole("button", { name: /^Retirer : Récipiendaire : / }));
  const confirmation = page.getByRole("heading", { name: /^Retirer : Récipiendaire : / });
  await t.attendre(() => confirmation.evaluate((element) => element === document.activeElement), "la confirmation n'a pas le focus");
  await t.ecran(page, "compte", "a-confirmer");
  await presser(page.getByRole("button", { name: "Annuler" }));
  await presser(page.getByRole("button", { name: /^Retirer : Récipiendaire : / }));
  await presser(page.getByRole("button", { name: "Confirmer" }));
  await fait(t, page, "Ana Roux");
  await page.getByText("Aucune organisation.").waitFor();
  await page.locator("#enveloppe").selectOption({ index: 2 });
  await presser(page.getByRole("button", { name: "Ajouter cette enveloppe" }));
  await fait(t, page, "Ana Roux");
  await page.getByRole("button", { name: /^Retirer : Récipiendaire : / }).waitFor();
}

/** A lost telephone: its codes are taken back, and a first access is sent. */
async function moyens(t, page) {
  await presser(page.getByRole("button", { name: /^Révoquer : Application/ }));
  await presser(page.getByRole("button", { name: "Confirmer" }));
  await fait(t, page, "Ana Roux");
  await page.getByText("Aucun moyen : la personne ne peut pas se connecter.").waitFor();
  await presser(page.getByRole("button", { name: "Envoyer un premier accès" }));
  await page.getByText("La personne recevra un lien bon trois jours").waitFor();
  await presser(page.getByRole("button", { name: "Confirmer" }));
  await fait(t, page, "Ana Roux");
  await t.ecran(page, "compte", "sans-moyen");
}

/** Nobody changes their own rights. */
async function sien(t, page) {
  const { corps } = await t.api(page, "GET", "/comptes?q=anct%40demo.example");
  await page.goto(`/administration/comptes/${corps.items[0].id}`);
  await page.getByText("C’est votre compte").waitFor();
  for (const bouton of ["Désactiver le compte", "Enregistrer les rôles"]) {
    t.egal(await page.getByRole("button", { name: bouton }).count(), 0, `bouton « ${bouton} » sur son propre compte`);
  }
  await t.ecran(page, "compte", "le-sien");
  await page.goto("/administration/comptes/inconnu");
  await page.getByRole("alert").waitFor();
  await t.ecran(page, "compte", "inconnu");
}

/** A new version of a charter, which nobody of the other journeys has to accept after this one. */
async function textes(t, page) {
  await page.goto("/administration/comptes");
  await presser(page.getByRole("link", { name: "Publier une version d’un texte" }));
  await t.arrivee(page, "Publier une version d’un texte");
  await t.ecran(page, "textes", "vide");
  await page.getByLabel("Texte concerné").selectOption({ label: "Charte de l’aidant" });
  await presser(page.getByRole("button", { name: "Publier" }));
  const champ = page.getByLabel("Texte complet");
  await t.attendre(async () => (await champ.getAttribute("aria-invalid")) === "true", "le texte vide n'est pas signalé au champ");
  await t.ecran(page, "textes", "refuse-par-le-serveur");
  await champ.fill("# Confiance\n\nL’aidant garde pour lui ce qu’il apprend.");
  await presser(page.getByRole("button", { name: "Publier" }));
  await fait(t, page, "Publier une version d’un texte");
  const aidant = await t.page({ role: "aidant" });
  await aidant.goto("/mon-compte");
  await aidant.getByRole("heading", { name: /^Charte de l’aidant, version /  }).waitFor();
  await aidant.getByRole("heading", { level: 3, name: "Confiance" }).waitFor();
  await presser(aidant.getByRole("button", { name: /^J’ai lu et j’accepte : Charte/ }));
  await t.arrivee(aidant, "Mon compte");
}

/** Who may open these screens. */
async function parRole(t, role, id) {
  const page = await t.page({ role });
  const administration = [["comptes", "/administration/comptes"], ["compte", `/administration/comptes/${id}`], ["textes", "/administration/textes"]];
  for (const [ecran, adresse] of role === "anct" ? [] : administration) {
    await page.goto(adresse);
    await page.getByRole("heading", { level: 1, name: /^(Accès refusé|Se connecter)$/ }).waitFor();
    await t.ecran(page, ecran, "refuse");
  }
  await page.goto("/engagements");
  const titre = role === "public" ? "Se connecter" : "Ce que vous avez accepté";
  await page.getByRole("heading", { name: titre }).waitFor();
  await t.ecran(page, "engagements", role === "public" ? "refuse" : "acceptes");
  await page.goto("/invitation");
  await page.getByText("Ce lien est incomplet").waitFor();
  await t.ecran(page, "invitation", "incomplete");
}
