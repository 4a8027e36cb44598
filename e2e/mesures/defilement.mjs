// How long from an input to the next paint while somebody scrolls the table of PARCOURS_URL. Prints one line of JSON: one
// object per way of scrolling, in milliseconds. `cargo xtask bench defilement` runs it on 100,000 demandes.
//
// An input is a turn of the wheel or a key, as the browser receives it; its paint is the end of the frame in which the table
// has moved and drawn the rows (or the blanks, while they are fetched) of its new place.
import { Contexte } from "../outils/contexte.mjs";
import { ouvrir as ouvrirNavigateur } from "../outils/navigateur.mjs";
import { grille, ouvrir, prete } from "../outils/tableau.mjs";

const FOIS = Number(process.argv[2] ?? 150);

/** In the page: from now on every input that moves the table is measured. */
function observer() {
  const table = document.querySelector('[role="grid"]');
  window.durees = [];
  let debut = null;
  const entree = (event) => { debut ??= event.timeStamp; };
  table.addEventListener("wheel", entree, { capture: true, passive: true });
  table.addEventListener("keydown", entree, { capture: true });
  table.addEventListener("scroll", () => {
    if (debut === null) return;
    const depart = debut;
    debut = null;
    requestAnimationFrame(() => {
      // A message comes after the frame is painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.durees.push(performance.now() - depart);
      port2.postMessage(null);
    });
  }, { passive: true });
}

const centile = (durees, part) => durees.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(durees.length * part) - 1)];

/** Plays one way of scrolling, and gives its figures. */
async function mesurer(page, mode, geste) {
  await page.evaluate(() => { window.durees.length = 0; });
  for (let tour = 0; tour < FOIS; tour += 1) {
    await geste(tour);
    await page.waitForTimeout(30);
  }
  await page.waitForTimeout(500);
  const durees = await page.evaluate(() => window.durees);
  if (durees.length < FOIS / 2) throw new Error(`${mode} : ${durees.length} mesures pour ${FOIS} gestes`);
  return { mode, n: durees.length, p50: centile(durees, 0.5), p95: centile(durees, 0.95), max: Math.max(...durees) };
}

async function parcours(t) {
  const page = await t.page({ role: "anct" });
  await ouvrir(t, page);
  await page.evaluate(observer);
  const { x, y, width, height } = await grille(page).boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  const mesures = [
    await mesurer(page, "molette", () => page.mouse.wheel(0, 120)),
    await mesurer(page, "molette rapide", (tour) => page.mouse.wheel(0, 1_500 + (tour % 7) * 900)),
  ];
  await page.mouse.wheel(0, -1e9);
  await prete(t, page);
  await grille(page).getByRole("gridcell").first().focus();
  mesures.push(await mesurer(page, "page suivante", () => page.keyboard.press("PageDown")));
  mesures.push(await mesurer(page, "début et fin", (tour) => page.keyboard.press(tour % 2 ? "Control+Home" : "Control+End")));
  return mesures;
}

const navigateur = await ouvrirNavigateur();
try {
  const t = new Contexte({ navigateur, url: process.env.PARCOURS_URL, dossier: "", visites: [] });
  console.log(JSON.stringify(await parcours(t)));
  await t.fermer();
} finally {
  await navigateur.close();
}
