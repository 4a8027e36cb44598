// A table of 100,000 rows and 60 columns, scrolled both ways: cells in the page, length of the frames, memory above an empty page.
// `node mesures/etendue.mjs <folder of the built page>`; `cargo xtask bench grille` builds it and runs this. Prints Markdown tables.
//
// The length of a frame goes from the event of the scroll, the first thing of the frame, to what follows its painting: the work of the
// page, whatever the rhythm of the screen. What comes between frames (the rows that arrive) shows in the time from one frame to the next.
import { readFile } from "node:fs/promises";
import { ouvrir } from "../outils/navigateur.mjs";
import { servir } from "./grille/servir.mjs";

const [DOSSIER, FOIS = "300"] = process.argv.slice(2);
/** Pixels down and to the right at each frame. The way back begins where a way ends. */
const GESTES = [
  { nom: "vers le bas", bas: 120, droite: 0 },
  { nom: "vers le bas, par sauts", bas: 9_000, droite: 0 },
  { nom: "de côté", bas: 0, droite: 60 },
  { nom: "de côté, par sauts", bas: 0, droite: 1_700 },
  { nom: "en biais", bas: 90, droite: 70 },
];
/** Cells that may be in the page, header excluded, at 1,280 × 800. */
const CELLULES = 1_000;

/** In the page: scrolls at each frame, back and forth, and gives the length of each, the time between frames, and the most cells. */
async function defiler({ bas, droite, fois }) {
  const table = document.querySelector('[role="grid"]');
  const travail = [], ecarts = [];
  const message = () => new Promise((recu) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = recu;
    port2.postMessage(null);
  });
  let cellules = 0, precedente = null, sens = { bas: 1, droite: 1 };
  for (let tour = 0; tour < fois; tour += 1) {
    const avant = [table.scrollTop, table.scrollLeft];
    const image = new Promise((finie) => {
      window.addEventListener("scroll", (evenement) => {
        const debut = performance.now();
        requestAnimationFrame(async (heure) => {
          if (precedente !== null) ecarts.push(heure - precedente);
          precedente = heure;
          // A message comes after the frame is painted.
          await message();
          finie(performance.now() - debut);
        });
      }, { capture: true, once: true });
    });
    const [haut, gauche] = [table.scrollHeight - table.clientHeight, table.scrollWidth - table.clientWidth];
    if (bas && (avant[0] + bas * sens.bas > haut || avant[0] + bas * sens.bas < 0)) sens.bas *= -1;
    if (droite && (avant[1] + droite * sens.droite > gauche || avant[1] + droite * sens.droite < 0)) sens.droite *= -1;
    table.scrollBy({ top: bas * sens.bas, left: droite * sens.droite, behavior: "instant" });
    travail.push(await image);
    if (tour % 10 === 0) cellules = Math.max(cellules, document.querySelectorAll('[role="gridcell"]').length);
  }
  return { travail, ecarts, cellules };
}

/** Private memory of the tabs of a browser, in bytes. */
async function memoire(navigateur) {
  const session = await navigateur.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  let somme = 0;
  for (const { id } of processInfo.filter(({ type }) => type === "renderer")) {
    const mesures = await readFile(`/proc/${id}/smaps_rollup`, "utf8");
    for (const [, ko] of mesures.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)) somme += Number(ko) * 1_024;
  }
  return somme;
}

/** What a page holds once what is free is given back. */
async function peser(navigateur, page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  for (let tour = 0; tour < 3; tour += 1) await session.send("HeapProfiler.collectGarbage");
  await page.waitForTimeout(1_000);
  const { metrics } = await session.send("Performance.getMetrics");
  const tas = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
  await session.detach();
  return { tas, onglet: await memoire(navigateur) };
}

/** A page alone in its browser, so that its memory is its own. */
async function seule(adresse, faire) {
  const navigateur = await ouvrir();
  try {
    const page = await navigateur.newPage({ viewport: { width: 1280, height: 800 } });
    page.on("pageerror", (erreur) => { throw erreur; });
    await page.goto(adresse);
    return await faire(page, navigateur);
  } finally {
    await navigateur.close();
  }
}

const centile = (durees, part) => durees.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(durees.length * part) - 1)];
const ms = (valeur) => valeur.toFixed(1).replace(".", ",");
const mo = (octets) => (octets / 1e6).toFixed(1).replace(".", ",");

const serveur = await servir(DOSSIER);
const origine = `http://127.0.0.1:${serveur.address().port}`;
try {
  const vide = await seule(`${origine}/vide.html`, (page, navigateur) => peser(navigateur, page));
  await seule(`${origine}/mesures.html?large`, async (page, navigateur) => {
    await page.locator('[role="gridcell"]').first().getByText("Valeur 0, 0").waitFor();
    const ouvert = await peser(navigateur, page);
    const images = [];
    for (const { nom, ...geste } of GESTES) {
      images.push({ nom, ...(await page.evaluate(defiler, { ...geste, fois: Number(FOIS) })) });
      await page.waitForTimeout(300);
    }
    const defile = await peser(navigateur, page);
    const vivantes = Math.max(...images.map(({ cellules }) => cellules));
    if (vivantes > CELLULES) throw new Error(`${vivantes} cellules dans la page, ${CELLULES} au plus`);
    console.log(`\nTableau de 100 000 × 60, ${FOIS} images par façon de défiler, en millisecondes (${vivantes} cellules vivantes au plus)\n`);
    console.log("| Défilement | p50 | p95 | image la plus longue | plus long temps entre deux images |\n|---|---|---|---|---|");
    for (const { nom, travail, ecarts } of images) {
      console.log(`| ${nom} | ${ms(centile(travail, 0.5))} | ${ms(centile(travail, 0.95))} | ${ms(Math.max(...travail))} | ${ms(Math.max(...ecarts))} |`);
    }
    console.log("\n| Mémoire au-dessus de la page vide, en Mo | à l'ouverture | après les défilements |\n|---|---|---|");
    for (const [nom, quoi] of [["tas JavaScript", "tas"], ["onglet entier (mémoire privée)", "onglet"]]) {
      console.log(`| ${nom} | ${mo(ouvert[quoi] - vide[quoi])} | ${mo(defile[quoi] - vide[quoi])} |`);
    }
  });
} finally {
  serveur.close();
}
