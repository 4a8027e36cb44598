// The table as people read it, by its headers, its rows in sight and its counters; and as the keyboard moves in it.
import { aller, marteler } from "./clavier.mjs";

export const grille = (page) => page.getByRole("grid", { name: "Demandes de formation" });

/** Waits until the table has its rows. */
export async function prete(t, page) {
  await grille(page).waitFor();
  await t.attendre(
    async () => (await grille(page).getAttribute("aria-busy")) === "false"
      && (await page.locator(".grille__attente").count()) === 0
      && (await page.locator(".tableau__nombre").innerText()) !== "",
    "le tableau ne finit pas de charger",
  );
}

/** Opens the table at this address, filled. */
export async function ouvrir(t, page, suite = "") {
  await page.goto(`/tableau${suite}`);
  await prete(t, page);
}

/** Number of demandes told above the table. */
export async function nombre(page) {
  const texte = await page.locator(".tableau__nombre").innerText();
  return Number(texte.replace(/\D/g, ""));
}

/** Waits until the table tells another number of demandes, then gives it. */
export async function nombreDeviendra(t, page, attendu) {
  await t.attendre(
    async () => (await nombre(page)) === attendu,
    async () => `le tableau compte ${await nombre(page)} demandes au lieu de ${attendu}`,
  );
  await prete(t, page);
}

/** The cells in sight of the column of this title, from the first row drawn. */
export async function cellules(page, titre) {
  const colonne = await colonneDe(page, titre);
  const trouvees = grille(page).locator(`[role="gridcell"][aria-colindex="${colonne}"]`);
  return (await trouvees.allInnerTexts()).map((texte) => texte.trim());
}

/** The cell of this row (0 is the first) in the column of this title. */
export async function cellule(page, rang, titre) {
  const colonne = await colonneDe(page, titre);
  return grille(page).locator(`[role="row"][aria-rowindex="${rang + 2}"] [role="gridcell"][aria-colindex="${colonne}"]`);
}

/** The place of the column of this title, from 1. */
async function colonneDe(page, titre) {
  const entete = grille(page).getByRole("columnheader").filter({ has: page.getByRole("button", { name: titre, exact: true }) });
  return Number(await entete.getAttribute("aria-colindex"));
}

/** Goes to the one stop of the table with Tab: a cell, a header, or the table itself. */
export async function entrer(page) {
  const arret = page.locator('[tabindex="0"]');
  await aller(grille(page).locator(arret).or(grille(page).and(arret)).filter({ visible: true }).first());
}

/** Moves the focus to a place of the table (`aria-rowindex`, `aria-colindex`): Tab to its one stop, then the arrows. */
async function atteindrePlace(page, voulue) {
  if ((await place(page)) === null) await entrer(page);
  const depart = (await place(page)) ?? [1, 1];
  for (const [axe, avance, recule] of [[0, "ArrowDown", "ArrowUp"], [1, "ArrowRight", "ArrowLeft"]]) {
    const ecart = voulue[axe] - depart[axe];
    await marteler(page, ecart > 0 ? avance : recule, Math.abs(ecart));
  }
  const fin = Date.now() + 5_000;
  for (let ici = await place(page); ici?.join() !== voulue.join(); ici = await place(page)) {
    if (Date.now() > fin) throw new Error(`les flèches mènent à ${ici} au lieu de ${voulue}`);
    await page.waitForTimeout(20);
  }
}

/** Goes to the cell of this row (0 is the first) in the column of this title, with the keyboard. */
export async function versCellule(page, rang, titre) {
  await atteindrePlace(page, [rang + 2, await colonneDe(page, titre)]);
}

/** Goes to the header of this title, or of this rank from 0, with the keyboard. */
export async function versEntete(page, titre) {
  await atteindrePlace(page, [1, typeof titre === "number" ? titre + 1 : await colonneDe(page, titre)]);
}

/** Types a value in a cell, with the keyboard. */
export async function saisir(page, rang, titre, valeur) {
  await versCellule(page, rang, titre);
  await page.keyboard.type(valeur);
  await page.keyboard.press("Enter");
}

/** Puts contents in the clipboard as a spreadsheet does, then pastes them where the focus is. */
export async function coller(page, contenus) {
  await page.evaluate(async (contenus) => {
    const parties = Object.entries(contenus).map(([genre, texte]) => [genre, new Blob([texte], { type: genre })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parties))]);
  }, contenus);
  await page.keyboard.press("Control+v");
}

/** What copying gives where the focus is: the text, and the same as HTML. */
export async function copier(page) {
  await page.evaluate(() => {
    window.copie = new Promise((suite) => {
      const lire = ({ clipboardData }) => suite(["text/plain", "text/html"].map((genre) => clipboardData.getData(genre)));
      window.addEventListener("copy", lire, { once: true });
    });
  });
  await page.keyboard.press("Control+c");
  return page.evaluate(() => window.copie);
}

/** Every demande of a list through the API, page by page. */
export async function toutes(t, page, parametres = {}) {
  const lignes = [];
  let cursor = "";
  do {
    const requete = new URLSearchParams({ limit: "500", sort: "-date_demande", ...parametres, ...(cursor ? { cursor } : {}) });
    const { statut, corps } = await t.api(page, "GET", `/demandes?${requete}`);
    t.verifier(statut === 200, `lecture des demandes : ${statut}`);
    lignes.push(...corps.items);
    cursor = corps.next;
  } while (cursor);
  return lignes;
}

/** Row and column (`aria-rowindex`, `aria-colindex`) of the cell that has the focus. */
export async function place(page) {
  return page.evaluate(() => {
    const cellule = document.activeElement.closest("[aria-colindex]");
    const rangee = document.activeElement.closest("[aria-rowindex]");
    return cellule && rangee ? [Number(rangee.ariaRowIndex), Number(cellule.ariaColIndex)] : null;
  });
}
