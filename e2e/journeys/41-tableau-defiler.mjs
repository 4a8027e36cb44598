// The table holds every row but draws few: scrolling anywhere, and moving with the keyboard alone.
import { aller } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { cellules, grille, nombre, ouvrir, place, prete, toutes } from "../outils/tableau.mjs";

export const nom = "Parcourir tout le tableau : défilement jusqu'au bout, clavier seul";
export const ux = ["UX-21"];

/** Rows in the page, however many there are in the list. */
const VIVANTES = 250;

export async function parcours(t) {
  const page = await t.page({ role: "anct" });
  await ouvrir(t, page);
  const lignes = await toutes(t, page, { fields: "email" });
  await t.attendre(async () => (await nombre(page)) === lignes.length, "le tableau ne compte pas toutes les demandes");
  await defilement(t, page, lignes);
  await clavier(t, page, lignes);
  await pendantDesChangements(t, page);
}

const rangees = (page) => grille(page).locator('[role="row"]');

/** Scrolls to this part of the list (0 to 1) and gives the number of the first row drawn (0 is the first of the list). */
async function defilerA(t, page, part) {
  await grille(page).evaluate((element, part) => {
    element.scrollTop = (element.scrollHeight - element.clientHeight) * part;
  }, part);
  await page.waitForTimeout(150);
  await prete(t, page);
  const vivantes = await rangees(page).count();
  t.verifier(vivantes < VIVANTES, `${vivantes} rangées vivantes à ${part * 100} %`);
  return Number(await rangees(page).nth(1).getAttribute("aria-rowindex")) - 2;
}

async function defilement(t, page, lignes) {
  t.egal(await grille(page).getAttribute("aria-rowcount"), String(lignes.length + 1), "aria-rowcount");
  for (const part of [0.5, 1, 0.25, 0.75, 0]) {
    const premiere = await defilerA(t, page, part);
    const vues = await cellules(page, "Adresse e-mail");
    const attendues = lignes.slice(premiere, premiere + vues.length).map(({ email }) => email);
    t.egal(vues, attendues, `lignes à ${part * 100} %`);
    if (part === 1) t.egal(premiere + vues.length, lignes.length, "dernière ligne au bout du défilement");
    if (part === 0) t.egal(premiere, 0, "première ligne en haut");
    if (part === 0.5) {
      await t.ecran(page, "tableau", "milieu");
      // The narrow picture made cards of the rows: one scrolls once the table is a table again, and has put its rows back in sight.
      await grille(page).getByRole("columnheader").first().waitFor();
      await page.waitForTimeout(300);
    }
  }
  // Quick moves there and back end on the right rows too.
  for (let tour = 0; tour < 10; tour += 1) {
    await grille(page).evaluate((element, tour) => { element.scrollTop = (element.scrollHeight * ((tour * 7) % 10)) / 10; }, tour);
  }
  const premiere = await defilerA(t, page, 0.5);
  t.egal((await cellules(page, "Adresse e-mail"))[0], lignes[premiere].email, "ligne après des défilements rapides");
  await defilerA(t, page, 0);
}

/** Somebody changes rows faster than answers come: the rows that one scrolls to are shown all the same. */
async function pendantDesChangements(t, page) {
  const autre = await t.page({ role: "recipiendaire" });
  await autre.goto("/");
  const { statut, corps } = await t.api(autre, "POST", "/demandes", { corps: demande(motUnique("Affairee")) });
  t.egal(statut, 201, "création de la demande qui change");
  let finir = false;
  const changer = async (version) => {
    if (finir) return version - 1;
    const modifiee = await t.api(autre, "PATCH", `/demandes/${corps.id}`, { corps: { cohorte: `c${version}` }, entetes: { "if-match": `"${version}"` } });
    t.egal(modifiee.statut, 200, "modification");
    await autre.waitForTimeout(100);
    return changer(version + 1);
  };
  await page.route("**/api/v1/demandes?*", async (route) => {
    await new Promise((fini) => { setTimeout(fini, 700); });
    await route.continue();
  });
  const changements = changer(corps.version);
  await page.waitForTimeout(700);
  await defilerA(t, page, 0.6);
  finir = true;
  t.verifier((await changements) >= 8, "trop peu de modifications pendant le défilement");
  await page.unrouteAll({ behavior: "wait" });
}

/** The one tab stop of the table, then the keys of the ARIA grid pattern. */
async function clavier(t, page, lignes) {
  await aller(page.locator(".tableau__proposition").getByRole("button"));
  await page.keyboard.press("Tab");
  const presser = async (touche, attendue, quoi) => {
    await page.keyboard.press(touche);
    await t.attendre(
      async () => JSON.stringify(await place(page)) === JSON.stringify(attendue),
      async () => `${quoi} : la place est ${await place(page)} au lieu de ${attendue}`,
    );
  };
  const [derniere, colonnes] = [lignes.length + 1, Number(await grille(page).getAttribute("aria-colcount"))];
  t.egal(await place(page), [1, 1], "entrée dans le tableau avec Tab");
  await presser("ArrowDown", [2, 1], "Flèche bas depuis l'en-tête");
  await presser("ArrowRight", [2, 2], "Flèche droite");
  await presser("End", [2, colonnes], "Fin");
  await presser("ArrowRight", [2, colonnes], "Flèche droite au bord");
  await presser("Home", [2, 1], "Début");
  await presser("Control+End", [derniere, colonnes], "Ctrl+Fin");
  const vivantes = await rangees(page).count();
  t.verifier(vivantes < VIVANTES, `${vivantes} rangées vivantes à la fin`);
  await prete(t, page);
  await presser("Control+Home", [2, 1], "Ctrl+Début");
  await page.keyboard.press("PageDown");
  await t.attendre(async () => ((await place(page)) ?? [0])[0] > 4, "Page suivante ne descend pas");
  const [bas] = await place(page);
  await presser("PageUp", [2, 1], "Page précédente");
  await presser("ArrowUp", [1, 1], "Flèche haut jusqu'à l'en-tête");
  await presser("PageDown", [bas - 1, 1], "Page suivante depuis l'en-tête");
  const visible = await page.evaluate(() => {
    const [cellule, table] = [document.activeElement, document.activeElement.closest('[role="grid"]')].map((e) => e.getBoundingClientRect());
    return cellule.top >= table.top && cellule.bottom <= table.bottom + 1;
  });
  t.verifier(visible, "la cellule active n'est pas en vue");
  const attendue = lignes[bas - 1 - 2].email;
  await page.keyboard.press("Enter");
  const panneau = page.getByRole("complementary", { name: "Détail de la demande" });
  await panneau.getByText(attendue).first().waitFor();
  await t.ecran(page, "tableau", "panneau-ouvert");
  // The narrow picture made cards of the rows: the table is a table again once it has its headers.
  await grille(page).getByRole("columnheader").first().waitFor();
  await page.keyboard.press("Escape");
  await panneau.waitFor({ state: "detached" });
  await t.attendre(
    async () => JSON.stringify(await place(page)) === JSON.stringify([bas - 1, 1]),
    async () => `le focus ne revient pas à la ligne ouverte mais à ${await place(page)}`,
  );
  await page.keyboard.press("Shift+Tab");
  t.egal(await place(page), null, "sortie du tableau avec Maj+Tab");
  await parties(t, page, [bas - 1, 1]);
}

/** F6 goes from part to part of the screen, and comes back to the cell that one left. */
async function parties(t, page, laissee) {
  const partie = (classe) => page.evaluate((classe) => document.activeElement.closest(classe) !== null, classe);
  for (const [touche, classe] of [["F6", ".tableau__actions"], ["F6", ".tableau__outils"], ["F6", ".tableau__liste"], ["Shift+F6", ".tableau__outils"], ["F6", ".tableau__liste"]]) {
    await page.keyboard.press(touche);
    await t.attendre(() => partie(classe), `${touche} ne mène pas à ${classe}`);
  }
  await t.attendre(async () => JSON.stringify(await place(page)) === JSON.stringify(laissee), "F6 ne rend pas la cellule quittée");
}
