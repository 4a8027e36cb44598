// Reading the table as people do: by its headers, its rows in sight and its counters.

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
  const colonne = await grille(page)
    .getByRole("columnheader")
    .filter({ has: page.getByRole("button", { name: titre, exact: true }) })
    .getAttribute("aria-colindex");
  const trouvees = grille(page).locator(`[role="gridcell"][aria-colindex="${colonne}"]`);
  return (await trouvees.allInnerTexts()).map((texte) => texte.trim());
}

/** The cell of this row (0 is the first) in the column of this title. */
export async function cellule(page, rang, titre) {
  const colonne = await grille(page)
    .getByRole("columnheader")
    .filter({ has: page.getByRole("button", { name: titre, exact: true }) })
    .getAttribute("aria-colindex");
  return grille(page).locator(`[role="row"][aria-rowindex="${rang + 2}"] [role="gridcell"][aria-colindex="${colonne}"]`);
}

/** Types a value in a cell, with the keyboard. */
export async function saisir(page, rang, titre, valeur) {
  await (await cellule(page, rang, titre)).focus();
  await page.keyboard.type(valeur);
  await page.keyboard.press("Enter");
}

/** Pastes a text as a spreadsheet gives it, where the focus is. */
export async function coller(page, contenus) {
  await page.evaluate((contenus) => {
    const presse = new DataTransfer();
    for (const [genre, texte] of Object.entries(contenus)) presse.setData(genre, texte);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: presse, bubbles: true, cancelable: true }));
  }, contenus);
}

/** What copying gives where the focus is: the text, and the same as HTML. */
export async function copier(page) {
  return page.evaluate(() => {
    const presse = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent("copy", { clipboardData: presse, bubbles: true, cancelable: true }));
    return [presse.getData("text/plain"), presse.getData("text/html")];
  });
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
