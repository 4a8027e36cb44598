// Sees what a journey does otherwise than with keys: the mouse and the fingers, told by the page itself, and the calls of Playwright that
// stand for keys without pressing them (they would reach what the keyboard does not).

/** Trusted events of the page that no key gives. */
const EVENEMENTS = ["pointerdown", "mousedown", "pointermove", "wheel", "touchstart"];
/** Calls that act on an element, reached or not. `setInputFiles` is not one: the dialog that it answers belongs to the system. */
const APPELS = [
  "check", "clear", "click", "dblclick", "dispatchEvent", "dragTo", "fill", "focus", "hover", "press", "pressSequentially",
  "selectOption", "selectText", "setChecked", "tap", "type", "uncheck",
];
const carnets = new WeakMap();

/** Where in a journey a call was made. */
function lieu() {
  const ligne = new Error().stack.split("\n").find((une) => une.includes("/journeys/"));
  return ligne?.match(/journeys\/([^)]+)/)[1] ?? "outils";
}

/** Notes each call of this kind of object, then makes it; `proprietaire` gives the page. */
function noterAppels(prototype, proprietaire) {
  for (const appel of APPELS) {
    const premier = prototype[appel];
    if (typeof premier !== "function" || premier.note) continue;
    const note = function note(...arguments_) {
      carnets.get(proprietaire(this))?.push({ quoi: `${appel} (${lieu()})`, souris: false });
      return premier.apply(this, arguments_);
    };
    note.note = true;
    prototype[appel] = note;
  }
}

/** From now on `carnet` receives what is done in this context otherwise than with keys. */
export async function suivreContexte(contexte, carnet) {
  await contexte.exposeBinding("parcoursGeste", (_, quoi) => carnet.push({ quoi, souris: true }));
  await contexte.addInitScript((evenements) => {
    const noter = (evenement) => {
      if (evenement.isTrusted) window.parcoursGeste(evenement.type);
    };
    for (const evenement of evenements) window.addEventListener(evenement, noter, { capture: true, passive: true });
  }, EVENEMENTS);
}

/** The same for the calls on this page. */
export function suivrePage(page, carnet) {
  carnets.set(page, carnet);
  noterAppels(Object.getPrototypeOf(page), (celle) => celle);
  noterAppels(Object.getPrototypeOf(page.locator("html")), (cible) => cible.page());
}
