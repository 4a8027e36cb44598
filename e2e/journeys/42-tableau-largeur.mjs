// The table follows the window: turning a phone, or leaving a narrow window for a wide one, draws what there is room for.
import { cellules, grille, ouvrir, prete } from "../outils/tableau.mjs";

export const nom = "Élargir la fenêtre agrandit le tableau et y montre plus de lignes";

export async function parcours(t) {
  const page = await t.page({ role: "anct", largeur: 320, hauteur: 560 });
  await ouvrir(t, page);
  const etroit = await vue(page);
  for (const [width, height] of [[1280, 1400], [320, 560], [1280, 900]]) {
    await page.setViewportSize({ width, height });
    await prete(t, page);
    await t.attendre(async () => {
      const { hauteur, rangees, ligne, entete } = await vue(page);
      // Rows fill the height under the header, whatever the size the window had before: lines of 44 px, or cards.
      return ligne >= 44 && rangees >= Math.floor((hauteur - entete) / ligne);
    }, async () => `à ${width} × ${height} : ${JSON.stringify(await vue(page))}`);
    const { hauteur } = await vue(page);
    if (width === 1280) t.verifier(hauteur > height / 2, `à ${width} × ${height} le tableau n'a que ${hauteur} px de haut`);
    else t.egal((await vue(page)).hauteur, etroit.hauteur, "hauteur du tableau revenu à l'étroit");
  }
  t.verifier((await cellules(page, "Adresse e-mail")).length > 10, "lignes du tableau élargi");
}

/** Height of the table, and rows that are really in sight. */
const vue = (page) => grille(page).evaluate((table) => {
  const cadre = table.getBoundingClientRect();
  const entete = table.querySelector(".grille__entete").getBoundingClientRect().height;
  const enVue = [...table.querySelectorAll(".grille__fenetre > *")].filter((rangee) => {
    const { top, bottom } = rangee.getBoundingClientRect();
    return bottom > cadre.top + entete && top < cadre.bottom;
  });
  const ligne = table.querySelector(".grille__fenetre > *").getBoundingClientRect().height;
  return { hauteur: Math.round(cadre.height), rangees: enVue.length, ligne, entete };
});
