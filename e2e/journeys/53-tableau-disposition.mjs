// The layout of the table: columns moved, widened and frozen, lines closer together, several sorts, cards on a narrow screen; all of it
// in the address and in a view.
import { atteindre, cocher, opter, presser, remplir } from "../outils/clavier.mjs";
import { motUnique } from "../outils/jeu.mjs";
import { entrer, grille, ouvrir, prete, versEntete } from "../outils/tableau.mjs";

export const nom = "Déplacer, élargir et figer les colonnes, serrer les lignes, trier par plusieurs colonnes, lire en cartes, au clavier";
export const ux = ["UX-01", "UX-03", "UX-23"];

const vue = motUnique("Disposition");

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  await ouvrir(t, page);
  await parEntetes(t, page);
  await parDialogue(t, page);
  await tris(t, page);
  await garder(t, page);
  await memesLignes(t, page);
  await cartes(t);
}

const entete = (page, rang) => grille(page).getByRole("columnheader").nth(rang);
const libelles = (page) => grille(page).getByRole("columnheader").allInnerTexts().then((tous) => tous.map((un) => un.split("\n")[0].trim()));
const largeur = (page, rang) => entete(page, rang).evaluate((un) => un.getBoundingClientRect().width);
const aLeFocus = (page, rang) => entete(page, rang).evaluate((un) => un.contains(document.activeElement));

/** Alt and the arrows, on a header: the focus follows the column. */
async function parEntetes(t, page) {
  const avant = await libelles(page);
  await versEntete(page, 3);
  await page.keyboard.press("Alt+ArrowRight");
  await t.attendre(async () => (await libelles(page))[4] === avant[3], "la colonne n'est pas déplacée");
  await t.attendre(() => aLeFocus(page, 4), "le focus ne suit pas la colonne");
  await page.keyboard.press("Alt+ArrowLeft");
  await t.attendre(async () => (await libelles(page))[3] === avant[3], "la colonne n'est pas revenue");
  await t.attendre(() => aLeFocus(page, 3), "le focus ne revient pas avec la colonne");
  const etroite = await largeur(page, 3);
  await page.keyboard.press("Alt+Shift+ArrowRight");
  await t.attendre(async () => (await largeur(page, 3)) > etroite + 5, "la colonne n'est pas élargie");
  t.verifier(page.url().includes("largeurs="), `adresse : ${page.url()}`);
  await t.attendre(() => aLeFocus(page, 3), "le focus quitte l'en-tête");
  await page.keyboard.press("Alt+Shift+ArrowLeft");
  await t.attendre(async () => Math.abs((await largeur(page, 3)) - etroite) < 1, "la colonne n'est pas rétrécie");
}

async function parDialogue(t, page) {
  const avant = await libelles(page);
  await atteindre(page, /^Colonnes$/);
  await page.keyboard.press("Enter");
  const boite = page.getByRole("dialog", { name: "Colonnes" });
  await presser(boite.locator("summary").filter({ hasText: "Ordre, largeur et colonnes figées" }));
  await t.ecran(page, "tableau", "colonnes-ordre");
  await presser(boite.getByRole("button", { name: `Avancer : ${avant[4]}` }));
  await t.attendre(async () => (await libelles(page))[3] === avant[4], "la colonne n'avance pas");
  await opter(boite.getByRole("combobox", { name: `Largeur : ${avant[0]}` }), "Large");
  await opter(boite.getByRole("combobox", { name: /^Colonnes qui restent en vue/ }), "Les 3 premières");
  await cocher(boite.getByLabel("Lignes serrées"));
  await t.attendre(
    () => grille(page).getByRole("row").nth(2).evaluate((un) => un.getBoundingClientRect().height === 32),
    "les lignes ne sont pas serrées",
  );
  await page.keyboard.press("Escape");
  await boite.waitFor({ state: "hidden" });
  const figee = await entete(page, 2).evaluate((un) => getComputedStyle(un).position);
  t.egal(figee, "sticky", "troisième colonne figée");
  await t.ecran(page, "tableau", "disposition");
  // The address says it all.
  const adresse = page.url();
  await page.goto("/");
  await page.goto(adresse);
  await prete(t, page);
  t.egal((await libelles(page))[3], avant[4], "ordre après rechargement");
}

/** Shift on a header adds a sort; the dialog says the same. */
async function tris(t, page) {
  await versEntete(page, 0);
  await page.keyboard.press("Enter");
  await t.attendre(async () => (await entete(page, 0).getAttribute("aria-sort")) === "ascending", "premier tri");
  await versEntete(page, 1);
  await page.keyboard.press("Shift+Enter");
  await t.attendre(async () => (await entete(page, 1).getAttribute("aria-sort")) === "ascending", "second tri");
  await entete(page, 1).getByText("▲2").waitFor();
  await atteindre(page, /^Trier$/);
  await page.keyboard.press("Enter");
  const boite = page.getByRole("dialog", { name: "Trier" });
  await t.attendre(async () => (await boite.getByLabel("Puis par").inputValue()) === "prenom", "le dialogue ne dit pas le tri");
  await t.ecran(page, "tableau", "trier");
  await opter(boite.getByLabel("Sens du tri 2"), "decroissant");
  await t.attendre(async () => (await entete(page, 1).getAttribute("aria-sort")) === "descending", "sens du second tri");
  await page.keyboard.press("Escape");
  await boite.waitFor({ state: "hidden" });
}

/** A view keeps the layout too. */
async function garder(t, page) {
  await atteindre(page, /^Vues$/);
  await page.keyboard.press("Enter");
  const boite = page.getByRole("dialog", { name: "Vues du tableau" });
  await remplir(boite.getByLabel("Garder ce que montre le tableau"), vue);
  await presser(boite.getByRole("button", { name: "Garder cette vue" }));
  await page.getByText("La vue est gardée.").waitFor();
  await page.goto("/tableau");
  await prete(t, page);
  t.verifier(await grille(page).evaluate((un) => !un.classList.contains("grille--serree")), "le tableau habituel est serré");
  await presser(page.getByRole("button", { name: "Vues", exact: true }));
  await presser(boite.getByRole("button", { name: vue, exact: true }));
  await t.attendre(() => grille(page).evaluate((un) => un.classList.contains("grille--serree")), "la vue perd la disposition");
  t.verifier(page.url().includes("figees=3"), `adresse : ${page.url()}`);
  // The table opens on it, until it no longer does.
  await presser(page.getByRole("button", { name: "Vues", exact: true }));
  await presser(boite.getByRole("button", { name: `Ouvrir le tableau sur cette vue : ${vue}` }));
  await page.getByText("Le tableau s’ouvrira sur cette vue.").waitFor();
  await page.goto("/");
  await page.goto("/tableau");
  await t.attendre(() => page.url().includes("figees=3"), "le tableau ne s'ouvre pas sur la vue habituelle");
  await prete(t, page);
  await presser(page.getByRole("button", { name: "Vues", exact: true }));
  await presser(boite.getByRole("button", { name: `Supprimer : ${vue}` }));
  await page.getByText("La vue est supprimée ; les demandes ne changent pas.").waitFor();
}

/** The first row that is wholly or partly in sight: its rank, and how much of it is hidden, in hundredths of its height. */
const premiere = (page) => page.evaluate(() => {
  const cadre = document.querySelector("#demandes");
  const haut = cadre.getBoundingClientRect().top + (cadre.querySelector(".grille__entete")?.getBoundingClientRect().height ?? 0);
  const rangees = [...cadre.querySelectorAll('.grille__fenetre [role="row"]')].map((une) => [Number(une.ariaRowIndex), une.getBoundingClientRect()]);
  const [rang, { top, height }] = rangees.filter(([, { bottom }]) => bottom > haut + 1).sort(([, un], [, autre]) => un.top - autre.top)[0];
  return [rang, Math.round((100 * (haut - top)) / height)];
});

/** Far down the table, the rows in sight stay so as cards and back, with the focus on the last of them. */
async function memesLignes(t, page) {
  await ouvrir(t, page);
  await entrer(page);
  await page.keyboard.press("Control+Home");
  for (let pages = 0; pages < 6; pages += 1) {
    await page.keyboard.press("PageDown");
    await page.waitForTimeout(50);
  }
  await prete(t, page);
  const avant = await premiere(page);
  t.verifier(avant[0] > 30, `le tableau n'a pas défilé : première ligne ${avant[0]}`);
  const garde = (quand) => t.attendre(async () => {
    const [rang, cache] = await premiere(page);
    // Whole pixels of rows that are four times as tall, or as small.
    return rang === avant[0] && Math.abs(cache - avant[1]) < 6;
  }, async () => `${quand}, la première ligne en vue est ${await premiere(page)} au lieu de ${avant}`);
  await page.setViewportSize({ width: 320, height: 900 });
  await t.attendre(() => grille(page).evaluate((un) => un.classList.contains("grille--cartes")), "pas de cartes");
  await page.waitForTimeout(300);
  await garde("en cartes");
  t.verifier(await grille(page).evaluate((un) => un.contains(document.activeElement)), "le focus a quitté le tableau");
  await page.setViewportSize({ width: 1280, height: 900 });
  await t.attendre(() => grille(page).evaluate((un) => !un.classList.contains("grille--cartes")), "encore des cartes");
  await page.waitForTimeout(300);
  await garde("revenue en tableau");
}

/** At 320 px each row is a card that names its cells; the arrows go from one line to the next. */
async function cartes(t) {
  const page = await t.page({ role: "recipiendaire", largeur: 320, hauteur: 800 });
  await ouvrir(t, page);
  await t.attendre(() => grille(page).evaluate((un) => un.classList.contains("grille--cartes")), "pas de cartes");
  t.egal(await grille(page).getByRole("row").nth(1).getByRole("gridcell").count(), 6, "lignes d'une carte");
  const debord = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  t.verifier(!debord, "la page défile de côté");
  await entrer(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await t.attendre(
    () => page.evaluate(() => document.activeElement.getAttribute("data-libelle") === "Prénom du professionnel"
      || /nom/i.test(document.activeElement.getAttribute("data-libelle") ?? "")),
    "les flèches ne vont pas à la cellule voisine",
  );
  await t.ecran(page, "tableau", "cartes");
}
