// The keyboard alone: Tab until the wanted control has the focus, then keys. A control that Tab does not reach fails the journey.

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

/** The application moves the focus 30 ms after an act: a key pressed before would go elsewhere. */
const REPOS = 60;
/** How many times one may turn back on the way to a control: more says that Tab does not stop there. */
const DEMI_TOURS = 3;

/** Where the control is, seen from what has the focus: here, before, after, or nowhere yet (its dialog has not taken the focus); about
 * how many stops away; and what has the focus. */
function situation(element) {
  const actif = document.activeElement;
  const nom = (actif.getAttribute("aria-label") ?? actif.labels?.[0]?.textContent ?? actif.textContent).trim().slice(0, 30);
  const boite = element.closest("dialog[open]");
  // Radio buttons are one stop: the arrows go from one to the other.
  const memeQuestion = element.type === "radio" && actif.type === "radio" && actif.name === element.name;
  if (actif === element || memeQuestion) return { ou: "ici", nom };
  if (boite && actif !== document.body && !boite.contains(actif)) return { ou: "attente", nom };
  const precede = (un, autre) => Boolean(un.compareDocumentPosition(autre) & Node.DOCUMENT_POSITION_PRECEDING);
  const ou = precede(actif, element) ? "avant" : "apres";
  const [debut, fin] = ou === "avant" ? [element, actif] : [actif, element];
  const arrets = [...(boite ?? document).querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const arret = (un) => un.tabIndex >= 0 && !un.disabled && (un.type !== "radio" || un.checked) && un.checkVisibility();
  const entre = arrets.filter((un) => precede(un, debut) && precede(fin, un) && arret(un));
  return { ou, nom, pas: entre.length + 1 };
}

/** Presses a key so many times in a row, without waiting for the screen in between. */
export async function marteler({ keyboard }, touche, fois) {
  await Promise.all(Array.from({ length: fois }, () => keyboard.press(touche)));
}

/** Presses Tab, or Shift+Tab, so many times in a row. */
async function tabuler(page, ou, fois) {
  if (ou === "avant") await page.keyboard.down("Shift");
  await marteler(page, "Tab", fois);
  if (ou === "avant") await page.keyboard.up("Shift");
}

/** What cannot be reached is told with what could. */
async function inaccessible(cible, vus) {
  throw new Error(`${cible} n'est pas atteint au clavier ; atteints : ${vus.join(" | ")}`);
}

/** Goes to this control with Tab, or Shift+Tab when it stands before: from where the focus is, and without anything but these keys. */
export async function aller(cible) {
  const page = cible.page();
  const vus = [];
  let [reste, demiTours, sens] = [Infinity, 0, null];
  const limite = Date.now() + 10_000;
  await cible.waitFor();
  while (demiTours <= DEMI_TOURS && Date.now() < limite) {
    const { ou, pas, nom } = await cible.evaluate(situation);
    vus.push(nom);
    if (ou === "ici") {
      await page.waitForTimeout(REPOS);
      const libre = async () => cible.evaluate((element) => element.ariaBusy !== "true" && !element.disabled);
      if ((await cible.evaluate(situation)).ou === "ici" && (await libre())) return;
    } else if (ou === "attente") await page.waitForTimeout(20);
    else {
      if (sens !== null && sens !== ou) demiTours += 1;
      sens = ou;
      // At once to where it should be, then stop by stop.
      const fois = reste > 0 ? Math.min(pas, TOURS) : 1;
      reste = Math.min(reste, pas) - fois;
      await tabuler(page, ou, fois);
    }
  }
  await inaccessible(cible, vus);
}

/** Goes to a button or a link and presses it. */
export async function presser(cible, touche = "Enter") {
  await aller(cible);
  await cible.page().keyboard.press(touche);
}

/** Goes to a field and types, in place of what it holds. */
export async function remplir(cible, texte) {
  const { keyboard } = cible.page();
  await aller(cible);
  if ((await cible.inputValue()) !== "") {
    await keyboard.press("Control+a");
    await keyboard.press("Delete");
  }
  await keyboard.type(texte);
}

/** Goes to a field of a date and types its day (AAAA-MM-JJ): in the order of the browser, which is that of its own language. */
export async function dater(cible, jour) {
  const { keyboard } = cible.page();
  await aller(cible);
  const [annee, mois, quantieme] = jour.split("-");
  for (const ordre of [[quantieme, mois, annee], [mois, quantieme, annee]]) {
    for (const touche of ["ArrowLeft", "ArrowLeft", "ArrowLeft", "Delete"]) await keyboard.press(touche);
    await keyboard.type(ordre.join(""));
    if ((await cible.inputValue()) === jour) return;
  }
  throw new Error(`${cible} : ${await cible.inputValue()} au lieu de ${jour}`);
}

/** Goes to a list and chooses this option, by its words or by its value, with the arrows. */
export async function opter(cible, option) {
  await aller(cible);
  const ecart = () => cible.evaluate((liste, option) => {
    const mots = (une) => une.textContent.trim();
    const rang = [...liste.options].findIndex((une) => mots(une) === option || une.value === option);
    return rang < 0 ? null : rang - liste.selectedIndex;
  }, option);
  for (let reste = await ecart(); reste !== 0; reste = await ecart()) {
    if (reste === null) throw new Error(`« ${option} » n'est pas dans la liste ${cible}`);
    const avant = reste;
    await marteler(cible.page(), avant > 0 ? "ArrowDown" : "ArrowUp", Math.abs(avant));
    if ((await ecart()) === avant) throw new Error(`les flèches ne changent pas la liste ${cible}`);
  }
}

/** Goes to a box and ticks it; goes to radio buttons and moves to this one with the arrows. */
export async function cocher(cible) {
  await aller(cible);
  const rang = () => cible.evaluate((element) => {
    if (element.type !== "radio" || element === document.activeElement) return 0;
    const memes = [...document.querySelectorAll(`input[type=radio][name="${element.name}"]`)];
    return memes.indexOf(element) - memes.indexOf(document.activeElement);
  });
  const pas = await rang();
  if (pas === 0) await cible.page().keyboard.press("Space");
  else await marteler(cible.page(), pas > 0 ? "ArrowDown" : "ArrowUp", Math.abs(pas));
  if (!(await cible.isChecked())) throw new Error(`${cible} n'est pas coché`);
}
