// The ways in which people have a screen shown, and whether the keyboard focus can be seen in each of them.
import { marteler } from "./clavier.mjs";

const ORDINAIRE = { colorScheme: "light", forcedColors: "none", reducedMotion: "reduce" };

/** Each presentation: what the system asks for, the size of the window in CSS pixels (a zoom of 400 % leaves 320 of 1 280), and whether
 * the focus is followed through the whole screen. */
const PRESENTATIONS = [
  { nom: "sombre", taille: [1280, 900], media: { colorScheme: "dark" } },
  { nom: "sombre, 320 px", taille: [320, 640], media: { colorScheme: "dark" } },
  { nom: "couleurs forcées", taille: [1280, 900], media: { forcedColors: "active" }, focus: true },
  { nom: "768 px, mouvements", taille: [768, 1024], media: { reducedMotion: "no-preference" } },
  { nom: "zoom 200 %", taille: [640, 512] },
  { nom: "zoom 400 %", taille: [320, 256], focus: true },
];

/** Shows the page so. */
async function presenter(page, { taille: [width, height], media = {} }) {
  await page.emulateMedia({ ...ORDINAIRE, ...media });
  await page.setViewportSize({ width, height });
  // What follows the size of the window is drawn in the next frames.
  await page.evaluate(() => new Promise((suite) => { requestAnimationFrame(() => requestAnimationFrame(suite)); }));
}

/** What is light in the dark: a ground that the theme forgot. What one presses and what is chosen have the colour of the service; a QR code
 * is read by a camera. */
export async function clartes(page) {
  return page.evaluate(() => {
    const lumiere = (couleur) => {
      const [rouge, vert, bleu, opacite = 1] = couleur.match(/[\d.]+/g).map(Number);
      const partie = (valeur, poids) => (valeur / 255 <= 0.03928 ? valeur / 255 / 12.92 : ((valeur / 255 + 0.055) / 1.055) ** 2.4) * poids;
      return opacite < 0.5 ? 0 : partie(rouge, 0.2126) + partie(vert, 0.7152) + partie(bleu, 0.0722);
    };
    const fond = (element) => lumiere(getComputedStyle(element).backgroundColor);
    const permis = "button, .fr-btn, [aria-selected=true], .pa-qr, .pa-qr *";
    const clairs = [...document.querySelectorAll("body *")].filter((element) => !element.matches(permis) && fond(element) > 0.2 && element.checkVisibility());
    const fautes = clairs.slice(0, 5).map((element) => `clair dans le thème sombre : ${element.localName}.${element.className}`);
    const page = getComputedStyle(document.body).backgroundColor;
    if (lumiere(page) > 0.05 || !page.startsWith("rgb(")) fautes.push(`fond de la page dans le thème sombre : ${page}`);
    const natif = getComputedStyle(document.documentElement).colorScheme;
    if (natif !== "dark") fautes.push(`contrôles du navigateur dans le thème sombre : ${natif}`);
    return fautes;
  });
}

/** What still moves although the person asked for no movement. */
async function mouvements(page) {
  return page.evaluate(() => document.getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().duration > 1)
    .map(({ effect, animationName }) => `mouvement malgré la demande : ${animationName ?? "transition"} de ${effect.target?.className ?? "?"}`));
}

/** The headers of the table that are not above their columns. */
async function entetesDecales(page) {
  return page.evaluate(() => [...document.querySelectorAll('[role="columnheader"]')].flatMap((entete) => {
    const cellule = document.querySelector(`.grille__fenetre [role="gridcell"][aria-colindex="${entete.ariaColIndex}"]`);
    if (!cellule || !entete.checkVisibility()) return [];
    const ecart = Math.round(entete.getBoundingClientRect().left - cellule.getBoundingClientRect().left);
    return Math.abs(ecart) > 1 ? [`l'en-tête « ${entete.innerText.split("\n")[0]} » est à ${ecart} px de sa colonne`] : [];
  }));
}

/** What has the focus, and what is wrong with how it is seen. */
function focus() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const nom = (element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent).trim().replaceAll(/\s+/g, " ").slice(0, 40);
  // Boxes and radio buttons are drawn by their label.
  const dessine = ["checkbox", "radio"].includes(element.type) ? element.labels?.[0] ?? element : element;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const [x0, x1] = [Math.max(left, 0), Math.min(right, innerWidth)];
  const [y0, y1] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  const fautes = [];
  if (x1 - x0 < 2 || y1 - y0 < 2) fautes.push("hors de la fenêtre");
  else {
    const points = [[(x0 + x1) / 2, (y0 + y1) / 2], [x0 + 3, y0 + 3], [x1 - 3, y1 - 3], [x0 + 3, y1 - 3], [x1 - 3, y0 + 3]];
    const touche = (touchee) => touchee && (element.contains(touchee) || dessine.contains(touchee) || touchee.contains(element));
    if (!points.some(([x, y]) => touche(document.elementFromPoint(x, y)))) fautes.push("caché par autre chose");
    if (right - left <= innerWidth && (left < -1 || right > innerWidth + 1)) fautes.push("coupé sur le côté");
  }
  // The button of a date, within the field, is ringed by the browser.
  const dansUneDate = element.type === "date" && !element.matches(":focus-visible");
  const trace = (style) => style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const traces = [getComputedStyle(element), getComputedStyle(dessine), getComputedStyle(dessine, "::before")];
  if (!dansUneDate && !traces.some(trace)) fautes.push("sans contour");
  return { nom: nom || element.tagName, fautes };
}

const ARRETS = 150;

/** Follows the focus with Tab through the whole page: what cannot be seen where it goes. Gives also how many stops there are. */
async function suivreLeFocus(page) {
  const fautes = new Set();
  await page.evaluate(() => {
    document.activeElement.blur();
    window.scrollTo(0, 0);
  });
  let arrets = 0;
  for (; arrets < ARRETS; arrets += 1) {
    await marteler(page, "Tab", 1);
    const vu = await page.evaluate(focus);
    if (vu === null) break;
    for (const faute of vu.fautes) fautes.add(`focus ${faute} : « ${vu.nom} »`);
  }
  return { fautes: [...fautes], arrets };
}

/** Opens a screen and checks it in every presentation: axe, no page wider than the window, headers above their columns, nothing that moves
 * when no movement is asked, and a focus that is seen wherever Tab leads. */
export async function regarderPartout(t, page, [ecran, adresse, attendre]) {
  await presenter(page, PRESENTATIONS[0]);
  await page.goto(adresse);
  await page.locator("h1").first().waitFor();
  await page.locator(".pa-squelette").first().waitFor({ state: "detached" });
  await attendre?.();
  for (const presentation of PRESENTATIONS) {
    const ou = `${ecran}, ${presentation.nom}`;
    await presenter(page, presentation);
    await t.controler(page, ou);
    const fautes = await entetesDecales(page);
    if (presentation.media?.colorScheme === "dark") fautes.push(...await clartes(page));
    if (presentation.media?.reducedMotion !== "no-preference") fautes.push(...await mouvements(page));
    if (presentation.focus) {
      const suivi = await suivreLeFocus(page);
      t.verifier(suivi.arrets > 4, `${ou} : ${suivi.arrets} arrêts de tabulation seulement`);
      fautes.push(...suivi.fautes);
    }
    for (const faute of fautes) t.signaler(faute, ou);
  }
}
