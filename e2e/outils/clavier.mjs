// Filling forms with the keyboard alone: Tab until the wanted control has the focus, then keys.

/** What a screen reader would call the element that has the focus: label, group, state of the screen. */
async function actif(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const texte = (noeud) => (noeud?.textContent ?? "").trim();
    const nom = element.getAttribute("aria-label") ?? texte(element.labels?.[0]) ?? "";
    const groupe = texte(element.closest("fieldset")?.querySelector("legend"));
    return { nom: nom || texte(element), groupe, balise: element.tagName, type: element.type ?? "" };
  });
}

const TOURS = 60;

/** Presses Tab until the control of this name (and of this group, for radio buttons and boxes) has the focus. */
export async function atteindre(page, nom, groupe = null) {
  const vus = [];
  for (let tour = 0; tour < TOURS; tour += 1) {
    await page.keyboard.press("Tab");
    const trouve = await actif(page);
    vus.push(trouve.nom.slice(0, 40));
    if (nom.test(trouve.nom) && (groupe === null || groupe.test(trouve.groupe))) return;
  }
  throw new Error(`« ${nom} » n'est pas atteint avec Tab ; atteints : ${vus.join(" | ")}`);
}

/** Reaches a field and types. */
export async function ecrire(page, nom, texte) {
  await atteindre(page, nom);
  await page.keyboard.type(texte);
}

/** Reaches a list and goes down to this option. */
export async function choisir(page, nom, option) {
  await atteindre(page, nom);
  const courante = () => page.evaluate(() => document.activeElement.selectedOptions?.[0]?.textContent ?? "");
  for (let tour = 0; tour < TOURS; tour += 1) {
    if ((await courante()) === option) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`« ${option} » n'est pas dans la liste ${nom}`);
}

/** Reaches the radio buttons or the boxes of a group and chooses the n-th answer, from 0. */
export async function repondre(page, groupe, rang = 0) {
  await atteindre(page, /./, groupe);
  for (let tour = 0; tour < rang; tour += 1) await page.keyboard.press("ArrowDown");
  if (rang === 0) await page.keyboard.press("Space");
}

/** Presses Enter on a button or a link once it waits for nothing: like a person, after the focus has settled (the application moves
 * it 30 ms after an act). */
export async function presser(cible) {
  await cible.and(cible.page().locator(":not([aria-busy=true])")).waitFor();
  await cible.page().waitForTimeout(80);
  await cible.press("Enter");
}
