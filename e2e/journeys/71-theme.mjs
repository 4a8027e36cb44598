// The theme: that of the device, from the first paint on, or the one chosen on it; then the states that the other journeys show in the
// light, in the dark.
import { opter, presser, remplir } from "../outils/clavier.mjs";
import { ecrire } from "../outils/csv.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { clartes } from "../outils/presentation.mjs";
import { grille, nombreDeviendra, ouvrir, prete, versCellule } from "../outils/tableau.mjs";

export const nom = "Suivre le thème de l'appareil, en choisir un autre, et travailler en sombre, au clavier";
export const ux = ["UX-22"];

const famille = motUnique("Sombre");
const [SOMBRE, CLAIR] = ["rgb(22, 22, 22)", "rgb(255, 255, 255)"];

export async function parcours(t) {
  await choisir(t);
  const page = await t.page({ role: "recipiendaire", colorScheme: "dark" });
  await codeALire(t, page);
  await candidature(t, page);
  await tableau(t, page);
  await importer(t, page);
}

const fond = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const deviendra = (t, page, voulu, quand) =>
  t.attendre(async () => (await fond(page)) === voulu, async () => `fond ${quand} : ${await fond(page)} au lieu de ${voulu}`);

/** Notes the grounds that the page is painted with from its first frame on. */
const noterLesFonds = () => {
  window.fonds = [];
  const noter = () => {
    if (document.body) window.fonds.push(getComputedStyle(document.body).backgroundColor);
    if (window.fonds.length < 200) requestAnimationFrame(noter);
  };
  requestAnimationFrame(noter);
};

async function peints(t, page, voulu, quand) {
  await page.locator("h1").first().waitFor();
  t.egal([...new Set(await page.evaluate(() => window.fonds))], [voulu], `fonds peints ${quand}`);
}

/** Without a choice, the device; with one, the choice, from the first paint on, in the other tabs too, and never on paper. */
async function choisir(t) {
  const page = await t.page({ colorScheme: "dark" });
  await page.addInitScript(noterLesFonds);
  await page.goto("/accessibilite");
  await peints(t, page, SOMBRE, "sur un appareil sombre");
  const pied = page.getByRole("contentinfo");
  const reglages = pied.locator("summary").filter({ hasText: "Paramètres d’affichage" });
  const theme = pied.getByLabel("Thème");
  await presser(reglages);
  await t.controler(page, "pied, paramètres d'affichage, sombre");
  await opter(theme, "clair");
  await deviendra(t, page, CLAIR, "choisi clair");
  await t.controler(page, "pied, paramètres d'affichage, clair");
  await page.reload();
  await peints(t, page, CLAIR, "après le choix du clair");
  await presser(reglages);
  t.egal(await theme.inputValue(), "light", "choix montré");
  const autre = await page.context().newPage();
  await autre.goto("/");
  await deviendra(t, autre, CLAIR, "d'un autre onglet");
  await page.bringToFront();
  await page.emulateMedia({ colorScheme: "light" });
  await opter(theme, "sombre");
  await deviendra(t, page, SOMBRE, "choisi sombre sur un appareil clair");
  await deviendra(t, autre, SOMBRE, "de l'autre onglet, qui suit");
  await autre.close();
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await deviendra(t, page, CLAIR, "imprimé");
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  await deviendra(t, page, SOMBRE, "revenu à l'écran");
  await opter(theme, "celui de l’appareil");
  await deviendra(t, page, CLAIR, "rendu à l'appareil");
  t.egal(await page.evaluate(() => localStorage.getItem("parcours.theme")), null, "choix oublié");
}

/** The screen in the dark, at both widths, without anything light left. */
async function sombre(t, page, ecran, etat) {
  await t.ecran(page, ecran, etat);
  for (const faute of await clartes(page)) t.signaler(faute, `${ecran}, ${etat}`);
}

/** A QR code stays dark on white. */
async function codeALire(t, page) {
  await page.goto("/mon-compte");
  await presser(page.getByRole("button", { name: "Ajouter une application" }));
  await remplir(page.getByLabel("Nom du moyen"), "Téléphone du soir");
  await page.keyboard.press("Enter");
  const code = page.getByRole("img", { name: "QR code à photographier avec l’application" });
  await code.waitFor();
  const [dessous, dessine] = await code.evaluate((element) => {
    const traits = element.querySelector("path, rect[fill='#000'], rect[fill='#000000']");
    return [getComputedStyle(element).backgroundColor, getComputedStyle(traits).fill];
  });
  t.egal([dessous, dessine], [CLAIR, "rgb(0, 0, 0)"], "QR code dans le thème sombre");
  await sombre(t, page, "mon-compte", "sombre");
}

async function candidature(t, page) {
  await page.goto("/candidature");
  await presser(page.getByRole("button", { name: "Envoyer la candidature" }));
  await page.locator("#resume-erreurs").waitFor();
  await sombre(t, page, "candidature", "sombre-refusee");
}

/** Cells chosen, one being typed in, one refused, one in conflict, and the demande beside. */
async function tableau(t, page) {
  const ids = [];
  for (const suffixe of "abc") {
    const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille + suffixe) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
    ids.push(cree.corps.id);
  }
  await ouvrir(t, page, `?q=${famille}&tri=nom&colonnes=nom,prenom,ville,siret,verdict`);
  await nombreDeviendra(t, page, ids.length);
  await versCellule(page, 0, "Ville");
  await page.keyboard.press("Shift+ArrowDown");
  await t.attendre(async () => (await grille(page).locator('[aria-selected="true"]').count()) === 2, "deux cellules ne sont pas choisies");
  await sombre(t, page, "tableau", "sombre-selection");
  await prete(t, page);
  await versCellule(page, 0, "Numéro Siret");
  await page.keyboard.press("F2");
  await remplir(page.locator("#demandes-saisie"), "123");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: /14 chiffres/ }).waitFor();
  await t.controler(page, "tableau, sombre, saisie refusée");
  for (const faute of await clartes(page)) t.signaler(faute, "saisie refusée");
  await page.keyboard.press("Escape");
  await conflit(t, page, ids[1]);
  await page.goto(`/tableau?q=${famille}&demande=${ids[2]}`);
  await prete(t, page);
  await page.getByRole("complementary", { name: "Détail de la demande" }).getByRole("heading", { name: "Historique" }).waitFor();
  await sombre(t, page, "tableau", "sombre-panneau");
}

/** Somebody else changes the cell before this table is told. */
async function conflit(t, page, id) {
  t.tolerer(/requête sans réponse : \S+\/demandes\/flux/);
  await page.route("**/demandes/flux*", (route) => route.abort());
  await page.reload();
  await nombreDeviendra(t, page, 3);
  const autre = await t.page({ role: "anct" });
  const lue = await t.api(autre, "GET", `/demandes/${id}`);
  const { statut } = await t.api(autre, "PATCH", `/demandes/${id}`, { corps: { ville: "Gex" }, entetes: { "if-match": lue.etag } });
  t.egal(statut, 200, "modification par quelqu'un d'autre");
  await versCellule(page, 1, "Ville");
  await page.keyboard.type("Belley");
  await page.keyboard.press("Enter");
  const avis = page.getByRole("region", { name: "Saisies à revoir" });
  await avis.getByText("vous avez saisi « Belley »", { exact: false }).waitFor();
  await sombre(t, page, "tableau", "sombre-conflit");
  await presser(avis.getByRole("button", { name: /^Garder/ }).first());
  await avis.waitFor({ state: "detached" });
  await page.unroute("**/demandes/flux*");
}

/** The wizard, at the columns of the file, then at what a rehearsal refuses. */
async function importer(t, page) {
  await page.goto("/imports");
  const nouvelle = demande(`${famille}d`);
  const colonnes = Object.keys(nouvelle);
  const fausse = { ...nouvelle, siret: "123" };
  const buffer = Buffer.from(ecrire([colonnes, colonnes.map((colonne) => nouvelle[colonne]), colonnes.map((colonne) => fausse[colonne])]));
  await page.getByLabel(/^Choisir un fichier/).setInputFiles({ name: "demandes.csv", mimeType: "text/csv", buffer });
  await presser(page.getByRole("button", { name: "Vérifier les colonnes" }));
  await page.getByText("Étape 2 sur 4").waitFor();
  await sombre(t, page, "imports", "sombre-colonnes");
  await presser(page.getByRole("button", { name: "Faire un essai à blanc" }));
  await page.getByText("Étape 3 sur 4").waitFor();
  await page.getByText(/14 chiffres/).first().waitFor();
  await sombre(t, page, "import", "sombre-rapport");
}
