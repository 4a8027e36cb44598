// API clients: made, used for real, given another key, revoked; all with the keyboard.
import { atteindre, ecrire, presser, repondre } from "../outils/clavier.mjs";
import { motUnique } from "../outils/jeu.mjs";

export const nom = "Créer un client d'API, s'en servir, ajouter une clé, tout révoquer, au clavier";

const ADRESSE = "/administration/clients-api";
const SANS_DROIT = ["demandeur", "organisme", "formateur", "referent", "co_referent", "aidant", "instructeur"];

export async function parcours(t) {
  t.tolerer(/^réponse 40[13] : /);
  const client = motUnique("Outil ");
  const page = await t.page({ role: "recipiendaire", permissions: ["clipboard-read", "clipboard-write"] });
  await ouvrir(t, page);
  await refuser(t, page);
  const jeton = await creer(t, page, client);
  await appeler(t, page, client, jeton);
  const oauth = await ajouter(t, page, client);
  await revoquerCle(t, page, client, oauth);
  await revoquer(t, page, client, jeton);
  await administration(t);
  for (const role of SANS_DROIT) await interdit(t, role);
  await sansCompte(t);
}

const fiche = (page, client) => page.locator(".pa-entrees > li").filter({ hasText: client });
const secret = async (page) => (await page.locator(".pa-encadre .pa-secret").first().innerText()).trim();

/** Calls the API as a program does: from outside of the browser, without its session. */
const appel = (t, chemin, options) => fetch(`${t.url}/api/v1${chemin}`, options);
const avec = async (t, jeton) => (await appel(t, "/demandes?limit=1", { headers: { authorization: `Bearer ${jeton}` } })).status;

async function ouvrir(t, page) {
  await page.goto("/");
  await presser(page.getByRole("navigation", { name: "Menu principal" }).getByRole("link", { name: "Clients d’API" }));
  await t.arrivee(page, "Clients d’API");
  await page.locator("#clients").waitFor();
  await t.ecran(page, "clients-api", "initial");
}

/** A form that is refused says why at each field, and keeps what was typed. */
async function refuser(t, page) {
  await atteindre(page, /^Créer un client$/);
  await page.keyboard.press("Enter");
  await ecrire(page, /^Sites web/, "outil.example");
  await atteindre(page, /^Durée de la clé/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("900");
  await page.keyboard.press("Enter");
  const resume = page.locator("#resume-erreurs");
  await t.attendre(() => resume.evaluate((un) => un === document.activeElement), "le résumé n'a pas le focus");
  t.egal(await resume.getByRole("link").count(), 5, "champs refusés");
  await page.locator("#nom-messages").getByText("Donnez un nom").waitFor();
  await t.ecran(page, "clients-api", "refus");
  t.egal(await page.locator("#origines").inputValue(), "outil.example", "ce qui était saisi");
}

async function creer(t, page, client) {
  // The link of the error leads to the field.
  await page.locator("#resume-erreurs").focus();
  await atteindre(page, /^Nom du client/);
  await page.keyboard.press("Enter");
  await t.attendre(() => page.locator("#nom").evaluate((un) => un === document.activeElement), "le lien n'a pas mené au champ");
  await page.keyboard.type(client);
  await repondre(page, /^Ce que le client pourra faire/);
  await repondre(page, /^Enveloppes/);
  await atteindre(page, /^Sites web/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("https://outil.example");
  await atteindre(page, /^Durée de la clé/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("30");
  await page.keyboard.press("Enter");
  await montree(t, page);
  await t.ecran(page, "clients-api", "jeton");
  const jeton = await secret(page);
  await atteindre(page, /^Copier la clé$/);
  await page.keyboard.press("Enter");
  await page.getByText("La clé est copiée.").first().waitFor();
  t.egal(await page.evaluate(() => navigator.clipboard.readText()), jeton, "presse-papiers");
  t.verifier(await page.getByText(`Authorization: Bearer $CLE" ${t.url}/api/v1/`).isVisible(), "l'exemple n'est pas à cette adresse");
  await gardee(page);
  t.egal(await page.locator("#nom").inputValue(), "", "formulaire après la création");
  return jeton;
}

async function montree(t, page) {
  const titre = page.locator("#cle-montree");
  await titre.waitFor();
  await t.attendre(() => titre.evaluate((un) => un === document.activeElement), "la clé montrée n'a pas le focus");
}

async function gardee(page) {
  await page.locator("#cle-montree").focus();
  await atteindre(page, /^J’ai gardé la clé$/);
  await page.keyboard.press("Enter");
  await page.locator("#cle-montree").waitFor({ state: "detached" });
}

async function appeler(t, page, client, jeton) {
  await fiche(page, client).getByText("Dernière utilisation : jamais").waitFor();
  t.egal(await avec(t, jeton), 200, "appel avec le jeton");
  await page.reload();
  await fiche(page, client).getByText(/Dernière utilisation : \d\d\/\d\d\/\d{4} à/).waitFor();
  t.verifier(!(await page.content()).includes(jeton), "le secret est encore montré");
  await t.ecran(page, "clients-api", "utilise");
}

/** A secret of OAuth 2, exchanged for an access token that really opens. */
async function ajouter(t, page, client) {
  await atteindre(page, new RegExp(`^Ajouter une clé : ${client}$`));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: `Ajouter une clé : ${client}` }).waitFor();
  await page.waitForTimeout(100);
  await repondre(page, /^Genre de clé/, 1);
  await t.ecran(page, "clients-api", "ajouter");
  await atteindre(page, /^Durée de la clé/);
  await page.keyboard.press("Enter");
  await montree(t, page);
  await t.ecran(page, "clients-api", "secret");
  const cle = await secret(page);
  const id = (await page.getByText("Identifiant du client (client_id)").innerText()).split(" : ")[1].trim();
  const reponse = await appel(t, "/oauth/token", {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${id}:${cle}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  t.egal(reponse.status, 200, "échange du secret");
  const acces = (await reponse.json()).access_token;
  t.egal(await avec(t, acces), 200, "appel avec le jeton d'accès");
  await gardee(page);
  return acces;
}

/** Revoking a key stops at once the access tokens got by it, and leaves the other key. */
async function revoquerCle(t, page, client, acces) {
  const cle = fiche(page, client).locator("li").filter({ hasText: "Secret OAuth 2" });
  const bouton = cle.getByRole("button", { name: /^Révoquer la clé/ });
  const nomBouton = await bouton.getAttribute("aria-label");
  await page.locator("#clients").focus();
  await atteindre(page, new RegExp(`^${nomBouton}$`));
  await page.keyboard.press("Enter");
  await page.getByText(`Ce qui utilise cette clé de « ${client} » est refusé`).waitFor();
  await t.ecran(page, "clients-api", "revoquer-cle");
  await atteindre(page, /^Confirmer la révocation$/);
  await page.keyboard.press("Enter");
  await cle.getByText("clé révoquée").waitFor();
  t.egal(await avec(t, acces), 401, "appel avec un jeton d'accès de la clé révoquée");
}

async function revoquer(t, page, client, jeton) {
  t.egal(await avec(t, jeton), 200, "appel avec l'autre clé");
  await page.locator("#clients").focus();
  await atteindre(page, new RegExp(`^Révoquer le client : ${client}$`));
  await page.keyboard.press("Enter");
  await page.getByText("sa clé active n’ouvre plus rien").waitFor();
  await t.ecran(page, "clients-api", "revoquer");
  await atteindre(page, /^Annuler$/);
  await page.keyboard.press("Enter");
  const liste = page.locator("#clients");
  await t.attendre(() => liste.evaluate((un) => un === document.activeElement), "le focus n'est pas revenu à la liste");
  t.egal(await avec(t, jeton), 200, "appel après avoir renoncé");
  await atteindre(page, new RegExp(`^Révoquer le client : ${client}$`));
  await page.keyboard.press("Enter");
  await atteindre(page, /^Confirmer la révocation$/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: `${client} (révoqué)` }).waitFor();
  t.egal(await avec(t, jeton), 401, "appel d'un client révoqué");
  await t.ecran(page, "clients-api", "revoque");
}

/** The national administration sees the clients of others; it chooses no envelope for its own. */
async function administration(t) {
  const page = await t.page({ role: "anct" });
  await page.goto(ADRESSE);
  await page.locator(".pa-entrees > li").first().waitFor();
  await page.getByText("Créer un client", { exact: true }).click();
  t.egal(await page.getByText("Enveloppes qu’il atteindra").count(), 0, "choix d'enveloppes");
  await t.ecran(page, "clients-api", "initial");
}

async function interdit(t, role) {
  const page = await t.page({ role });
  await page.goto(ADRESSE);
  await page.getByRole("heading", { level: 1, name: "Accès refusé" }).waitFor();
  await t.ecran(page, "clients-api", "refuse");
}

async function sansCompte(t) {
  const page = await t.page();
  await page.goto(ADRESSE);
  await page.getByRole("heading", { level: 1, name: "Se connecter" }).waitFor();
  await t.ecran(page, "clients-api", "refuse");
}
