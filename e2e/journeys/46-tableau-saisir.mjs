// Typing in the table, with the keyboard alone: one cell, many at once, pasted ones; undone and done again; in conflict with
// somebody else, without network, refused.
import { dater, marteler, opter, presser, remplir } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { cellules, coller, copier, grille, nombreDeviendra, ouvrir, prete, versCellule, versEntete } from "../outils/tableau.mjs";

export const nom = "Saisir dans le tableau au clavier : cellule, recopie, collage, annulation, conflit, coupure";
export const ux = ["UX-05", "UX-06", "UX-07", "UX-21", "UX-28"];

const famille = motUnique("Saisie");
const NOMBRE = 4;
const COLONNES = "nom,prenom,verdict,formation,ville,siret,date_session,profession";

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  const ids = [];
  for (let rang = 0; rang < NOMBRE; rang += 1) {
    const nom = `${famille}${"abcd"[rang]}`;
    const cree = await t.api(page, "POST", "/demandes", { corps: demande(nom) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
    ids.push(cree.corps.id);
  }
  await ouvrir(t, page, `?q=${famille}&tri=nom&colonnes=${COLONNES}`);
  await nombreDeviendra(t, page, NOMBRE);
  const outils = { t, page, ids };
  await uneCellule(outils);
  await choixEtDate(outils);
  await refusee(outils);
  await plusieurs(outils);
  await collage(outils);
  await conflit(outils);
  await coupure(outils);
  await raccourcis(outils);
}

const TITRES = {
  formation: "Choix de la formation",
  ville: "Ville",
  profession: "Profession",
  siret: "Numéro Siret",
  verdict: "Verdict des règles",
  date_session: "Date effective de la session",
};

/** Goes to the cell of this row (0 is the first) and this column. */
const aller = ({ page }, rang, colonne) => versCellule(page, rang, TITRES[colonne]);

/** Waits until the server has these values, in the order of the rows. */
async function enregistrees({ t, page, ids }, colonne, attendues) {
  const lire = async () => {
    const lues = await Promise.all(ids.map((id) => t.api(page, "GET", `/demandes/${id}`)));
    return lues.map(({ corps }) => corps[colonne]);
  };
  await t.attendre(
    async () => JSON.stringify(await lire()) === JSON.stringify(attendues),
    async () => `${colonne} : ${JSON.stringify(await lire())} au lieu de ${JSON.stringify(attendues)}`,
  );
}

const saisie = (page) => page.locator("#demandes-saisie");
const VILLE = "Ambérieu-en-Bugey";
const PROFESSION = "Agente d’accueil";

async function uneCellule(outils) {
  const { t, page } = outils;
  await aller(outils, 0, "ville");
  await page.keyboard.type("Bron");
  t.egal(await saisie(page).getAttribute("aria-label"), "Ville : nouvelle valeur", "nom du champ de saisie");
  await t.ecran(page, "tableau", "saisie-en-cours");
  await page.keyboard.press("Enter");
  await enregistrees(outils, "ville", ["Bron", VILLE, VILLE, VILLE]);
  await t.attendre(async () => (await cellules(page, "Ville"))[0] === "Bron", "la cellule ne montre pas la valeur enregistrée");
  // The focus went down: typing goes on.
  await page.keyboard.press("F2");
  t.egal(await saisie(page).inputValue(), VILLE, "F2 garde la valeur");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await page.getByText("Annulé : 1 ligne.").waitFor();
  await enregistrees(outils, "ville", [VILLE, VILLE, VILLE, VILLE]);
  await page.keyboard.press("Control+y");
  await page.getByText("Rétabli : 1 ligne.").waitFor();
  await enregistrees(outils, "ville", ["Bron", VILLE, VILLE, VILLE]);
  await presser(page.getByRole("button", { name: "Annuler", exact: true }));
  await enregistrees(outils, "ville", [VILLE, VILLE, VILLE, VILLE]);
}

async function choixEtDate(outils) {
  const { t, page } = outils;
  await aller(outils, 1, "formation");
  await page.keyboard.press("F2");
  await opter(saisie(page), "Aidants Connect");
  await page.keyboard.press("Enter");
  const [anciens, nouveaux] = ["aidants_numeriques", "aidants_connect"];
  await enregistrees(outils, "formation", [anciens, nouveaux, anciens, anciens]);
  await t.attendre(async () => (await cellules(page, TITRES.formation))[1] === "Aidants Connect", "le choix n'est pas montré en clair");
  await presser(page.getByRole("button", { name: "Annuler", exact: true }));
  await enregistrees(outils, "formation", [anciens, anciens, anciens, anciens]);
  await uneDate(outils);
}

/** A date is typed, then corrected part by part: what is typed of one part leaves the others. */
async function uneDate(outils) {
  const { t, page } = outils;
  await aller(outils, 1, "date_session");
  await page.keyboard.press("F2");
  await dater(saisie(page), "2026-11-12");
  await page.keyboard.press("Enter");
  await t.attendre(async () => (await cellules(page, TITRES.date_session))[1] === "12/11/2026", "la date saisie n'est pas montrée");
  await aller(outils, 1, "date_session");
  await page.keyboard.press("F2");
  t.egal(await saisie(page).inputValue(), "2026-11-12", "date à corriger");
  await marteler(page, "ArrowLeft", 3);
  await page.keyboard.type("05");
  // The first part is the day or the month, as the browser is set.
  const corrigee = await saisie(page).inputValue();
  t.verifier(["2026-11-05", "2026-05-12"].includes(corrigee), `date corrigée : « ${corrigee} »`);
  await page.keyboard.press("Escape");
  await presser(page.getByRole("button", { name: "Annuler", exact: true }));
  await t.attendre(async () => (await cellules(page, TITRES.date_session))[1] === "", "la date annulée est encore là");
}

/** What cannot be is said at the cell, and what one may not change says why. */
async function refusee(outils) {
  const { t, page } = outils;
  await aller(outils, 0, "siret");
  await page.keyboard.press("F2");
  await remplir(saisie(page), "123");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: /14 chiffres/ }).waitFor();
  t.egal(await saisie(page).getAttribute("aria-invalid"), "true", "champ refusé");
  await t.ecran(page, "tableau", "saisie-refusee");
  await page.keyboard.press("Escape");
  await saisie(page).waitFor({ state: "detached" });
  await aller(outils, 0, "verdict");
  await page.keyboard.type("o");
  await page.getByText("Cette colonne se calcule d’elle-même, d’après les autres.").waitFor();
  t.egal(await saisie(page).count(), 0, "une colonne calculée ne se saisit pas");
}

/** A range: filled, emptied, undone in one step from the message. */
async function plusieurs(outils) {
  const { t, page } = outils;
  await aller(outils, 0, "profession");
  await page.keyboard.type("Médiatrice");
  await page.keyboard.press("Enter");
  await enregistrees(outils, "profession", ["Médiatrice", PROFESSION, PROFESSION, PROFESSION]);
  await aller(outils, 0, "profession");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await t.attendre(
    async () => (await grille(page).locator('[aria-selected="true"]').count()) === 3,
    async () => `${await grille(page).locator('[aria-selected="true"]').count()} cellules sélectionnées au lieu de 3`,
  );
  await t.ecran(page, "tableau", "selection");
  // A narrow window showed cards, and the table is drawn anew: it gives the focus back.
  await t.attendre(() => page.evaluate(() => document.activeElement.getAttribute("role") === "gridcell"), "la cellule perd le focus");
  await page.keyboard.press("Control+d");
  await enregistrees(outils, "profession", ["Médiatrice", "Médiatrice", "Médiatrice", PROFESSION]);
  await page.getByText("2 cellules modifiées.").waitFor();
  await presser(page.locator(".pa-toast").getByRole("button", { name: "Annuler" }));
  await enregistrees(outils, "profession", ["Médiatrice", PROFESSION, PROFESSION, PROFESSION]);
  await t.attendre(async () => (await cellules(page, "Profession"))[1] === PROFESSION, "la valeur d'avant n'est pas revenue à l'écran");
  await aller(outils, 0, "profession");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Delete");
  await enregistrees(outils, "profession", ["", "", PROFESSION, PROFESSION]);
}

async function collage(outils) {
  const { t, page } = outils;
  const boite = page.getByRole("dialog", { name: "Coller des cellules" });
  await aller(outils, 0, "formation");
  await coller(page, { "text/plain": "Aidants Connect\tBron\r\nAidants Connect\tCaen\r\n" });
  await boite.getByText("4 cellules changent.").waitFor();
  await t.ecran(page, "tableau", "collage");
  await presser(boite.getByRole("button", { name: "Coller", exact: true }));
  await enregistrees(outils, "ville", ["Bron", "Caen", VILLE, VILLE]);
  const [anciens, nouveaux] = ["aidants_numeriques", "aidants_connect"];
  await enregistrees(outils, "formation", [nouveaux, nouveaux, anciens, anciens]);
  await presser(page.locator(".pa-toast").getByRole("button", { name: "Annuler" }));
  await enregistrees(outils, "ville", [VILLE, VILLE, VILLE, VILLE]);

  // Rows of other lengths: what is not in the clipboard stays, an empty cell that is there clears, a blank line is passed over.
  await aller(outils, 0, "formation");
  await coller(page, { "text/plain": "Aidants Connect\r\n\r\nAidants Numériques\tBron\t\r\n\tCaen\r\n" });
  await boite.getByText(/ne sont pas prises|cellules changent/).first().waitFor();
  await boite.getByRole("region", { name: "Ce qui changera" }).waitFor();
  t.egal(await boite.getByRole("region", { name: "Ce qui changera" }).getByRole("row").count(), 4, "cellules qui changent : une formation, deux villes, et l'en-tête");
  await presser(boite.getByRole("button", { name: "Coller", exact: true }));
  await enregistrees(outils, "ville", [VILLE, VILLE, "Bron", "Caen"]);
  await enregistrees(outils, "formation", [nouveaux, anciens, anciens, anciens]);
  await presser(page.locator(".pa-toast").getByRole("button", { name: "Annuler" }));
  await enregistrees(outils, "ville", [VILLE, VILLE, VILLE, VILLE]);

  // HTML alone, a cell that is not taken, and a row beyond the last one that lacks what is mandatory.
  await aller(outils, 3, "ville");
  const ligne = (...textes) => `<tr>${textes.map((texte) => `<td>${texte}</td>`).join("")}</tr>`;
  await coller(page, { "text/html": `<table>${ligne("Lyon", "123")}${ligne("Nantes", "")}</table>` });
  await boite.getByText(/ne sont pas prises/).waitFor();
  await boite.getByRole("rowheader", { name: "Ligne 4, Numéro Siret" }).waitFor();
  await t.ecran(page, "tableau", "collage-refuse-en-partie");
  await presser(boite.getByRole("button", { name: "Ne rien coller" }));
  await boite.waitFor({ state: "hidden" });
  await enregistrees(outils, "ville", [VILLE, VILLE, VILLE, VILLE]);

  // What is copied here is read by a spreadsheet.
  await aller(outils, 0, "formation");
  await page.keyboard.press("Shift+ArrowRight");
  t.egal(await copier(page), [`Aidants Numériques\t${VILLE}`, `<table><tr><td>Aidants Numériques</td><td>${VILLE}</td></tr></table>`], "copie");
}

/** Somebody else changes the row: another cell is no conflict, the same one is, and both values are shown. */
async function conflit(outils) {
  const { t, page, ids } = outils;
  t.tolerer(/requête sans réponse : \S+\/demandes\/flux/);
  const autre = await t.page({ role: "anct" });
  const changer = async (id, corps) => {
    const lue = await t.api(autre, "GET", `/demandes/${id}`);
    const { statut } = await t.api(autre, "PATCH", `/demandes/${id}`, { corps, entetes: { "if-match": lue.etag } });
    t.egal(statut, 200, "modification par quelqu'un d'autre");
  };
  await changer(ids[3], { ville: "Lagnieu" });
  const debut = Date.now();
  await t.attendre(async () => (await cellules(page, "Ville"))[3] === "Lagnieu", "le changement de quelqu'un d'autre n'arrive pas");
  t.verifier(Date.now() - debut < 1_000, `le changement de quelqu'un d'autre arrive après ${Date.now() - debut} ms`);
  await changer(ids[3], { ville: VILLE });
  await t.attendre(async () => (await cellules(page, "Ville"))[3] === VILLE, "le changement suivant n'arrive pas");
  await pendantUnTri(t, page, () => changer(ids[3], { cohorte: "Été" }));
  // What comes before the browser is told: both are kept.
  await page.route("**/demandes/flux*", (route) => route.abort());
  await page.reload();
  await nombreDeviendra(t, page, NOMBRE);
  await changer(ids[0], { profession: "Secrétaire" });
  await aller(outils, 0, "ville");
  await page.keyboard.type("Dole");
  await page.keyboard.press("Enter");
  await enregistrees(outils, "ville", ["Dole", VILLE, VILLE, VILLE]);
  t.egal((await t.api(page, "GET", `/demandes/${ids[0]}`)).corps.profession, "Secrétaire", "la modification de l'autre reste");

  await changer(ids[1], { ville: "Gex" });
  await aller(outils, 1, "ville");
  await page.keyboard.type("Belley");
  await page.keyboard.press("Enter");
  const avis = page.getByRole("region", { name: "Saisies à revoir" });
  await avis.getByText("vous avez saisi « Belley » ; quelqu’un vient d’enregistrer « Gex »").waitFor();
  await t.ecran(page, "tableau", "saisie-en-conflit");
  await presser(avis.getByRole("button", { name: "Garder ma saisie" }));
  await enregistrees(outils, "ville", ["Dole", "Belley", VILLE, VILLE]);
  await avis.waitFor({ state: "detached" });
  await page.unroute("**/demandes/flux*");
}

/** Somebody changes a row while the table is being read in another order: it ends in that order, not in wait. */
async function pendantUnTri(t, page, changer) {
  let [lectures, liberer] = [0, null];
  const attente = new Promise((suite) => { liberer = suite; });
  await page.route("**/api/v1/demandes?*", async (route) => {
    lectures += 1;
    await attente;
    await route.continue();
  });
  await versEntete(page, "Nom du professionnel");
  await page.keyboard.press("Enter");
  await t.attendre(() => lectures === 1, "le tri n'est pas demandé");
  await changer();
  // Told within a second, while the list is on its way.
  await page.waitForTimeout(1_500);
  liberer();
  await t.attendre(() => lectures >= 2, "le changement de quelqu'un d'autre ne fait rien relire");
  const noms = () => cellules(page, "Nom du professionnel");
  await t.attendre(
    async () => (await noms()).join() === [..."dcba"].map((suffixe) => famille + suffixe).join(),
    async () => `ordre après un changement venu pendant le tri : ${await noms()}`,
  );
  await prete(t, page);
  await page.unroute("**/api/v1/demandes?*");
  await page.goBack();
  await t.attendre(async () => (await noms())[0] === `${famille}a`, "« précédent » ne rend pas l'ordre d'avant");
  await prete(t, page);
}

/** Without network what is typed is kept, here and across a reload, and leaves when it is back. */
async function coupure(outils) {
  const { t, page } = outils;
  t.tolerer(/batch|ERR_INTERNET_DISCONNECTED|net::|compteurs/);
  await page.context().setOffline(true);
  await aller(outils, 2, "ville");
  await page.keyboard.type("Nantua");
  await page.keyboard.press("Enter");
  await page.getByText("Pas de liaison avec le serveur", { exact: false }).waitFor();
  t.verifier((await cellules(page, "Ville"))[2].includes("Nantua"), "la saisie sans réseau n'est pas montrée");
  await t.ecran(page, "tableau", "sans-reseau");
  await page.context().setOffline(false);
  await enregistrees(outils, "ville", ["Dole", "Belley", "Nantua", VILLE]);
  await page.getByText("Pas de liaison avec le serveur", { exact: false }).waitFor({ state: "detached" });
}

async function raccourcis(outils) {
  const { t, page } = outils;
  await aller(outils, 0, "ville");
  await page.keyboard.press("?");
  const boite = page.getByRole("dialog", { name: "Raccourcis clavier du tableau" });
  await boite.getByText("Sélectionner tout le tableau").waitFor();
  await boite.getByText("Recopier vers le bas la première ligne de la sélection").waitFor();
  await t.ecran(page, "tableau", "raccourcis");
  await page.keyboard.press("Escape");
  await boite.waitFor({ state: "hidden" });
  await aller(outils, 0, "ville");
  await page.keyboard.press("Control+a");
  const colonnes = COLONNES.split(",").length;
  await t.attendre(
    async () => (await grille(page).locator('[aria-selected="true"]').count()) === NOMBRE * colonnes,
    "Ctrl+A ne sélectionne pas tout le tableau",
  );
  t.egal((await copier(page))[0].split("\n").map((ligne) => ligne.split("\t").length), Array(NOMBRE).fill(colonnes), "copie de tout");
  await page.keyboard.press("Escape");
  await t.attendre(async () => (await grille(page).locator('[aria-selected="true"]').count()) === 0, "Échap garde la sélection");
  await page.keyboard.press("F6");
  await t.attendre(
    () => page.evaluate(() => document.activeElement.closest(".tableau__actions") !== null),
    "F6 ne mène pas à la partie suivante",
  );
}
