// A table of many columns, with the keyboard alone: only those in sight are in the page, and all that one does to a table works on every
// one of them.
import { atteindre } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { copier, grille, nombreDeviendra, ouvrir, place, prete } from "../outils/tableau.mjs";

export const nom = "Parcourir et saisir un tableau de trente colonnes au clavier, sans qu'elles soient toutes dans la page";

const famille = motUnique("Colonnes");
const LIGNES = 3;
const COLONNES = [
  "nom", "prenom", "etape", "verdict", "formation", "structure_nom", "structure_type", "ville", "departement", "date_demande", "email",
  "siret", "organisme", "date_session", "profession", "statut_professionnel", "conseiller_numerique", "accompagne_demarches",
  "label_france_services", "structure_email", "adresse", "code_postal", "numero_habilitation", "referent_nom", "referent_prenom",
  "referent_email", "referent_profession", "referent_telephone", "session_formation", "cohorte",
];
const DERNIERE = COLONNES.length;
/** Cells of a row that may be in the page. */
const VIVANTES = 20;

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  for (let rang = 0; rang < LIGNES; rang += 1) {
    const cree = await t.api(page, "POST", "/demandes", { corps: demande(`${famille}${"abc"[rang]}`, { cohorte: `C${rang}` }) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
  }
  await ouvrir(t, page, `?q=${famille}&tri=nom&colonnes=${COLONNES.join(",")}`);
  await nombreDeviendra(t, page, LIGNES);
  t.egal(await grille(page).getAttribute("aria-colcount"), String(DERNIERE), "aria-colcount");
  await parcourir(t, page);
  await saisir(t, page);
  await hors(t, page);
  await plage(t, page);
  await disposer(t, page);
  await panneau(t, page);
  await groupes(t, page);
}

const enVue = (page) => page.evaluate(() => {
  const [cellule, table] = [document.activeElement, document.activeElement.closest('[role="grid"]')].map((e) => e.getBoundingClientRect());
  return cellule.left >= table.left - 1 && cellule.right <= table.right + 1;
});

/** The columns of each row of the page, as the page tells them. */
const dessinees = (page) => grille(page).evaluate((table) =>
  [...table.querySelectorAll(".grille__fenetre > *")].map((rangee) => [...rangee.children].map((cellule) => Number(cellule.ariaColIndex))));

/** Every row has the same few columns, in order, the first ones among them; each cell stands under its header, and no place is blank. */
async function verifier(t, page, figees = [1, 2]) {
  const rangees = await dessinees(page);
  for (const colonnes of rangees) {
    t.egal(colonnes, rangees[0], "colonnes de chaque rangée");
    t.egal(colonnes, colonnes.toSorted((a, b) => a - b), "ordre des colonnes");
    t.verifier(colonnes.length < VIVANTES, `${colonnes.length} cellules dans une rangée`);
    t.egal(colonnes.slice(0, figees.length), figees, "premières colonnes");
  }
  const { ecart, vides } = await grille(page).evaluate((table) => {
    const bords = (element) => element.getBoundingClientRect();
    const tetes = [...table.querySelectorAll('[role="columnheader"]')];
    const cellules = [...table.querySelectorAll('[role="gridcell"]')];
    const ecarts = cellules.map((cellule) => Math.abs(bords(cellule).left - bords(tetes[cellule.ariaColIndex - 1]).left));
    const montrees = new Set(cellules.map((cellule) => cellule.ariaColIndex));
    const enVue = tetes.filter((tete) => bords(tete).right > bords(table).left && bords(tete).left < bords(table).right);
    return { ecart: Math.max(...ecarts), vides: enVue.map((tete) => tete.ariaColIndex).filter((colonne) => !montrees.has(colonne)) };
  });
  t.verifier(ecart < 1.5, `une cellule est à ${ecart} px de son en-tête`);
  t.egal(vides, [], "colonnes en vue et sans cellules");
}

async function presser(t, page, touche, attendue) {
  await page.keyboard.press(touche);
  await t.attendre(
    async () => JSON.stringify(await place(page)) === JSON.stringify(attendue),
    async () => `${touche} : la place est ${await place(page)} au lieu de ${attendue}`,
  );
  t.verifier(await enVue(page), `${touche} : la cellule ${attendue} n'est pas en vue`);
}

/** To the last column and back, one by one then at once. */
async function parcourir(t, page) {
  await atteindre(page, /^Nom du professionnel/);
  t.egal(await place(page), [1, 1], "entrée dans le tableau avec Tab");
  await presser(t, page, "ArrowDown", [2, 1]);
  await verifier(t, page);
  for (let colonne = 2; colonne <= DERNIERE; colonne += 1) {
    await presser(t, page, "ArrowRight", [2, colonne]);
    if (colonne % 7 === 0) await verifier(t, page);
  }
  await verifier(t, page);
  await t.ecran(page, "tableau", "derniere-colonne");
  await grille(page).getByRole("columnheader").first().waitFor();
  await page.keyboard.press("Control+Home");
  await t.attendre(async () => JSON.stringify(await place(page)) === "[2,1]", "Ctrl+Début après les cartes");
  await presser(t, page, "End", [2, DERNIERE]);
  for (let colonne = DERNIERE - 1; colonne >= 3; colonne -= 1) await presser(t, page, "ArrowLeft", [2, colonne]);
  await verifier(t, page);
  await presser(t, page, "Control+End", [LIGNES + 1, DERNIERE]);
  await presser(t, page, "Control+Home", [2, 1]);
  await presser(t, page, "ArrowUp", [1, 1]);
  await presser(t, page, "End", [1, DERNIERE]);
  await presser(t, page, "ArrowDown", [2, DERNIERE]);
  await verifier(t, page);
}

const controle = (page) => page.locator("#demandes-saisie");

/** Waits until the server has these values, in the order of the rows. */
async function enregistrees(t, page, colonne, attendues) {
  const lire = async () => {
    const { corps } = await t.api(page, "GET", `/demandes?q=${famille}&sort=nom&limit=10`);
    return corps.items.map((une) => une[colonne]);
  };
  await t.attendre(
    async () => JSON.stringify(await lire()) === JSON.stringify(attendues),
    async () => `${colonne} : ${JSON.stringify(await lire())} au lieu de ${JSON.stringify(attendues)}`,
  );
}

/** Typing in the last column: the control stands over its cell; Tab goes on to the next cell. */
async function saisir(t, page) {
  await page.keyboard.type("Printemps");
  const [champ, cellule] = await Promise.all([
    controle(page).boundingBox(),
    grille(page).locator(`[aria-rowindex="2"] [aria-colindex="${DERNIERE}"]`).boundingBox(),
  ]);
  t.verifier(Math.abs(champ.x + champ.width - cellule.x - cellule.width) < 3 && Math.abs(champ.y - cellule.y) < 3, `champ ${JSON.stringify(champ)} sur la cellule ${JSON.stringify(cellule)}`);
  await page.keyboard.press("Enter");
  await enregistrees(t, page, "cohorte", ["Printemps", "C1", "C2"]);
  await presser(t, page, "ArrowLeft", [3, DERNIERE - 1]);
  await page.keyboard.type("Session une");
  await page.keyboard.press("Tab");
  await t.attendre(async () => JSON.stringify(await place(page)) === JSON.stringify([3, DERNIERE]), "Tab ne va pas à la cellule suivante");
  await enregistrees(t, page, "session_formation", ["", "Session une", ""]);
}

/** Scrolled out of sight, the cell leaves the page: the table keeps the focus and the place, and what is typed goes there. */
async function hors(t, page) {
  const quitter = async () => {
    await grille(page).evaluate((table) => { table.scrollLeft = 0; });
    await t.attendre(
      () => page.evaluate(() => document.activeElement.getAttribute("role") === "grid" && document.activeElement.tabIndex === 0),
      "la table ne garde pas le focus de la cellule sortie",
    );
    t.verifier((await dessinees(page)).every((colonnes) => !colonnes.includes(DERNIERE)), "la dernière colonne est encore dans la page");
    await verifier(t, page);
  };
  await quitter();
  await presser(t, page, "ArrowDown", [4, DERNIERE]);
  await quitter();
  await page.keyboard.type("Hiver");
  await t.attendre(async () => (await controle(page).inputValue()) === "Hiver", "la saisie ne commence pas hors de vue");
  await page.keyboard.press("Enter");
  await enregistrees(t, page, "cohorte", ["Printemps", "C1", "Hiver"]);
  await t.attendre(async () => JSON.stringify(await place(page)) === JSON.stringify([4, DERNIERE]), "le focus ne revient pas à la cellule saisie");
}

/** A range as wide as the table: painted where it is drawn, copied whole, filled down. */
async function plage(t, page) {
  const choisies = () => grille(page).locator('[aria-selected="true"]').count();
  await presser(t, page, "ArrowUp", [3, DERNIERE]);
  await presser(t, page, "Shift+Home", [3, 1]);
  await t.attendre(async () => (await choisies()) === (await dessinees(page))[0].length, "la rangée dessinée n'est pas toute peinte");
  const [texte] = await copier(page);
  const copiees = texte.trimEnd().split("\t");
  t.egal([copiees.length, copiees[0], copiees.at(-1)], [DERNIERE, `${famille}b`, "C1"], "rangée copiée");
  await grille(page).evaluate((table) => { table.scrollLeft = table.scrollWidth / 2; });
  await t.attendre(async () => (await choisies()) === (await dessinees(page))[0].length, "cellules peintes au milieu");
  await verifier(t, page);
  await presser(t, page, "End", [3, DERNIERE]);
  await presser(t, page, "Shift+ArrowDown", [4, DERNIERE]);
  t.egal(await choisies(), 2, "cellules d'une plage étroite");
  await page.keyboard.press("Control+d");
  await enregistrees(t, page, "cohorte", ["Printemps", "C1", "C1"]);
}

const libelles = (page) => grille(page).getByRole("columnheader").allInnerTexts();

/** The last column moved and widened from its header; then none that stays in sight. */
async function disposer(t, page) {
  await presser(t, page, "Control+Home", [2, 1]);
  await presser(t, page, "ArrowUp", [1, 1]);
  await presser(t, page, "End", [1, DERNIERE]);
  const avant = await libelles(page);
  await page.keyboard.press("Alt+ArrowLeft");
  await t.attendre(async () => (await libelles(page))[DERNIERE - 2] === avant[DERNIERE - 1], "la colonne n'est pas déplacée");
  const focus = (attendue) => t.attendre(async () => JSON.stringify(await place(page)) === JSON.stringify(attendue), `le focus n'arrive pas en ${attendue}`);
  await focus([1, DERNIERE - 1]);
  await verifier(t, page);
  const adresse = page.url();
  await page.keyboard.press("Alt+Shift+ArrowRight");
  await t.attendre(() => page.url() !== adresse, "la colonne n'est pas élargie");
  await focus([1, DERNIERE - 1]);
  await verifier(t, page);
  await page.goto(`${page.url()}&figees=0`);
  await prete(t, page);
  await atteindre(page, /^Nom du professionnel/);
  await presser(t, page, "ArrowDown", [2, 1]);
  await presser(t, page, "End", [2, DERNIERE]);
  await verifier(t, page, [1]);
  for (let colonne = DERNIERE - 1; colonne >= DERNIERE / 2; colonne -= 1) await presser(t, page, "ArrowLeft", [2, colonne]);
  await verifier(t, page, [1]);
  await presser(t, page, "Home", [2, 1]);
}

/** A demande opened beside the table leaves it less room, and gives it back: the columns follow. */
async function panneau(t, page) {
  const large = (await dessinees(page))[0].length;
  await page.keyboard.press("Enter");
  const detail = page.getByRole("complementary", { name: "Détail de la demande" });
  await detail.waitFor();
  await t.attendre(async () => (await dessinees(page))[0].length < large, "les colonnes ne suivent pas la place laissée");
  await verifier(t, page, [1]);
  await page.keyboard.press("Escape");
  await detail.waitFor({ state: "detached" });
  await t.attendre(async () => (await dessinees(page))[0].length >= large, "les colonnes ne reviennent pas avec la place");
  await verifier(t, page, [1]);
  await t.attendre(async () => JSON.stringify(await place(page)) === "[2,1]", "le focus ne revient pas à la cellule");
}

/** The heading of a group is one cell for all columns, wherever the table is scrolled. */
async function groupes(t, page) {
  // The cells of a heading that are not shown stay blank: the table is never « prête ».
  await page.goto(`/tableau?q=${famille}&tri=nom&groupe=cohorte&colonnes=${COLONNES.join(",")}`);
  const titre = grille(page).locator(".grille__ligne--groupe [role='gridcell']").first();
  await titre.waitFor();
  t.egal(await titre.getAttribute("aria-colspan"), String(DERNIERE), "colonnes d'un titre de groupe");
  await atteindre(page, /^Nom du professionnel/);
  await presser(t, page, "End", [1, DERNIERE]);
  await presser(t, page, "ArrowDown", [2, 1]);
  t.verifier(/ : \d demande/.test(await titre.innerText()), `titre : ${await titre.innerText()}`);
  await presser(t, page, "ArrowDown", [3, DERNIERE]);
  await presser(t, page, "ArrowUp", [2, 1]);
  await page.keyboard.press("Enter");
  await t.attendre(async () => (await titre.getAttribute("aria-expanded")) === "false", "le groupe ne se ferme pas");
  await t.ecran(page, "tableau", "groupes-colonnes");
}
