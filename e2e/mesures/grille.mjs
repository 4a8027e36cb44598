// The table of the product against the same written by hand without a framework, operation by operation, in the same Chromium and in
// turns. `node mesures/grille.mjs <folder of the built page>`; `cargo xtask bench grille` builds it and runs this. Prints a Markdown table.
//
// A measure goes from the press of a button, or from the event of a scroll, to the end of the style and layout it asks for: what is
// painted after is the same for both. The message that ends the wait is sent before the press: sent after, it lets the browser paint
// the table that changes at once, within its measure, and not the one that changes a little later.
import { ouvrir } from "../outils/navigateur.mjs";
import { servir } from "./grille/servir.mjs";

const [DOSSIER, FOIS = "15"] = process.argv.slice(2);
/** What prepares the table, what is measured, and the number of rows that must then be in the page when all are drawn. */
const OPERATIONS = [
  { nom: "créer 1 000 lignes", avant: ["vider"], geste: "creer", rangees: 1_000 },
  { nom: "remplacer 1 000 lignes", avant: ["creer"], geste: "creer", rangees: 1_000 },
  { nom: "modifier une ligne sur dix", avant: ["creer"], geste: "modifier", rangees: 1_000 },
  { nom: "choisir une ligne", avant: ["creer"], geste: "choisir", rangees: 1_000 },
  { nom: "échanger deux lignes", avant: ["creer"], geste: "echanger", rangees: 1_000 },
  { nom: "retirer une ligne", avant: ["creer"], geste: "retirer", rangees: 999 },
  { nom: "ajouter 1 000 lignes", avant: ["creer"], geste: "ajouter", rangees: 2_000 },
];
const DEFILER = { nom: "défiler de 1 200 pixels", avant: ["creer", "ajouter"], geste: "defiler", rangees: null };

/** In the page: does something, and gives how long until the table shows it, laid out, in milliseconds. */
async function chronometrer({ geste, rangees }) {
  const table = document.querySelector('[role="grid"]');
  const fenetre = document.querySelector(".grille__fenetre");
  const texte = (rang, colonne) => fenetre.children[rang]?.children[colonne]?.textContent;
  const avant = { premiere: texte(0, 0), deuxieme: texte(1, 0), sixieme: texte(5, 0), derniere: texte(fenetre.children.length - 1, 0), rang: fenetre.firstElementChild?.ariaRowIndex, hauteur: fenetre.parentElement.style.height };
  const derniere = () => texte(fenetre.children.length - 1, 0);
  const complete = () => rangees === null || fenetre.children.length === rangees;
  const fini = {
    creer: () => complete() && texte(0, 0) && texte(0, 0) !== avant.premiere && derniere() && derniere() !== avant.derniere,
    ajouter: () => complete() && fenetre.parentElement.style.height !== avant.hauteur && Boolean(derniere()),
    modifier: () => texte(fenetre.children.length > 990 ? 990 : 20, 1)?.endsWith("!!!"),
    choisir: () => fenetre.children[5]?.ariaCurrent === "true",
    echanger: () => texte(1, 0) !== avant.deuxieme,
    retirer: () => complete() && texte(5, 0) !== avant.sixieme && Boolean(derniere()),
    defiler: () => fenetre.firstElementChild?.ariaRowIndex !== avant.rang,
  }[geste];
  const message = () => new Promise((recu) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = recu;
    port2.postMessage(null);
  });
  let depart = performance.now();
  const limite = depart + 20_000;
  if (geste === "defiler") {
    const recu = new Promise((evenement) => { document.addEventListener("scroll", evenement, { capture: true, once: true }); });
    table.scrollTop += 1_200;
    await recu.then(() => { depart = performance.now(); });
    await message();
  } else {
    const suite = message();
    depart = performance.now();
    document.getElementById(geste).click();
    await suite;
  }
  while (!fini()) {
    await message();
    if (performance.now() > limite) throw new Error(`${geste} ne finit pas`);
  }
  fenetre.lastElementChild?.getBoundingClientRect();
  return performance.now() - depart;
}

const rangees = (page) => page.evaluate(() => document.querySelector(".grille__fenetre").children.length);
/** What the table shows, to be sure that both did the same. */
const contenu = (page) => page.evaluate(() => {
  const lignes = [...document.querySelector(".grille__fenetre").children];
  return lignes.map((ligne) => [ligne.ariaRowIndex, ligne.getAttribute("aria-current"), ...[...ligne.children].map((cellule) => cellule.textContent)].join("|")).join("\n");
});
const repos = (page) => page.evaluate(() => new Promise((fini) => { requestAnimationFrame(() => setTimeout(fini, 20)); }));

async function mesurer(pages, operation, virtuel) {
  const durees = pages.map(() => []);
  for (let tour = -3; tour < Number(FOIS); tour += 1) {
    for (const [place, page] of pages.entries()) {
      for (const geste of operation.avant) {
        await page.evaluate((nom) => document.getElementById(nom).click(), geste);
        await repos(page);
      }
      const duree = await page.evaluate(chronometrer, { geste: operation.geste, rangees: virtuel ? null : operation.rangees });
      await repos(page);
      if (!virtuel && operation.rangees !== null) {
        const vues = await rangees(page);
        if (vues !== operation.rangees) throw new Error(`${operation.nom} : ${vues} lignes dans la page`);
      }
      if (tour >= 0) durees[place].push(duree);
    }
    const [un, autre] = await Promise.all(pages.map(contenu));
    // Numbers go on from one operation to the next on both sides alike.
    if (un !== autre) throw new Error(`${operation.nom} : les deux tableaux diffèrent\n${un.slice(0, 300)}\n---\n${autre.slice(0, 300)}`);
  }
  const mediane = (valeurs) => valeurs.toSorted((a, b) => a - b)[Math.floor(valeurs.length / 2)];
  const [produit, vanille] = durees.map(mediane);
  return { nom: operation.nom, produit, vanille, rapport: produit / vanille };
}

const decimal = (valeur, chiffres) => valeur.toFixed(chiffres).replace(".", ",");

async function serie(navigateur, origine, virtuel) {
  const suite = virtuel ? "?virtuel" : "";
  const pages = [];
  for (const page of ["mesures.html", "vanille.html"]) {
    const ouverte = await navigateur.newPage({ viewport: { width: 1280, height: 800 } });
    ouverte.on("pageerror", (erreur) => { throw erreur; });
    await ouverte.goto(`${origine}/${page}${suite}`);
    await ouverte.locator('[role="grid"]').waitFor();
    pages.push(ouverte);
  }
  const operations = virtuel ? [...OPERATIONS, DEFILER] : OPERATIONS;
  const mesures = [];
  for (const operation of operations) mesures.push(await mesurer(pages, operation, virtuel));
  const moyenne = Math.exp(mesures.reduce((somme, { rapport }) => somme + Math.log(rapport), 0) / mesures.length);
  console.log(`\n${virtuel ? "Lignes en vue seulement" : "Toutes les lignes dans la page"} (médiane de ${FOIS} mesures, en millisecondes)\n`);
  console.log("| Opération | Tableau | Sans cadre logiciel | Rapport |\n|---|---|---|---|");
  for (const { nom, produit, vanille, rapport } of mesures) {
    console.log(`| ${nom} | ${decimal(produit, 2)} | ${decimal(vanille, 2)} | ${decimal(rapport, 2)} |`);
  }
  console.log(`| moyenne géométrique | | | ${decimal(moyenne, 2)} |`);
  for (const page of pages) await page.close();
}

const serveur = await servir(DOSSIER);
const navigateur = await ouvrir();
try {
  for (const virtuel of [false, true]) await serie(navigateur, `http://127.0.0.1:${serveur.address().port}`, virtuel);
} finally {
  await navigateur.close();
  serveur.close();
}
