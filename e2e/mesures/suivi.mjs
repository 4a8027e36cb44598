// Two browsers keep the table of PARCOURS_URL open while others edit it; once standard input is closed, what each shows is compared
// with a fresh read. Prints one line of JSON: for each browser, the rows compared, those that others edited, those that differ, and its heap in bytes when it
// had the table and at the end. `cargo xtask bench flux` runs it.
import { Contexte } from "../outils/contexte.mjs";
import { ouvrir as ouvrirNavigateur } from "../outils/navigateur.mjs";
import { cellules, ouvrir, prete, toutes } from "../outils/tableau.mjs";

const NAVIGATEURS = 2;
/** The columns compared: the one that is edited, and one that says which row it is. */
const COLONNES = ["email", "commentaire"];
const TITRES = ["Adresse e-mail", "Commentaire"];
/** After the last edit, what was told within a second is on screen. */
const REPOS = 3_000;

async function tas(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

async function comparer(t, page, debut) {
  await prete(t, page);
  const lues = await toutes(t, page, { fields: COLONNES.join(",") });
  const montrees = await Promise.all(TITRES.map((titre) => cellules(page, titre)));
  const rangees = montrees[0].map((email, rang) => [email, montrees[1][rang]]);
  const ecarts = rangees.filter(([email, commentaire], rang) => {
    const lue = lues[rang];
    return lue.email !== email || lue.commentaire.trim() !== commentaire;
  });
  const modifiees = rangees.filter(([, commentaire]) => commentaire.startsWith("Modification")).length;
  return { rangees: rangees.length, modifiees, ecarts: ecarts.length, debut, fin: await tas(page) };
}

const finie = new Promise((suite) => { process.stdin.on("end", suite).resume(); });
const navigateurs = await Promise.all(Array.from({ length: NAVIGATEURS }, () => ouvrirNavigateur()));
try {
  const pages = [];
  for (const navigateur of navigateurs) {
    const t = new Contexte({ navigateur, url: process.env.PARCOURS_URL, dossier: "", visites: [] });
    const page = await t.page({ role: "anct" });
    await ouvrir(t, page, `?colonnes=${COLONNES.join(",")}`);
    pages.push({ t, page, debut: await tas(page) });
  }
  await finie;
  await new Promise((suite) => { setTimeout(suite, REPOS); });
  const bilans = [];
  for (const { t, page, debut } of pages) bilans.push(await comparer(t, page, debut));
  console.log(JSON.stringify(bilans));
  for (const { t } of pages) await t.fermer();
} finally {
  await Promise.all(navigateurs.map((navigateur) => navigateur.close()));
}
