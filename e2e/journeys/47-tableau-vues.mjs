// Named views of the table: proposed to the role, kept, shared, replaced, deleted; a colleague sees the shared one and cannot
// change it.
import { motUnique } from "../outils/jeu.mjs";
import { grille, nombre, ouvrir, prete } from "../outils/tableau.mjs";

export const nom = "Garder une vue du tableau, la partager, la remplacer, la supprimer, au clavier";

const titre = motUnique("Vue");

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  await ouvrir(t, page);
  const total = await nombre(page);
  await proposee(t, page);
  await garder(t, page);
  await collegue(t, total);
  await remplacer(t, page, total);
}

const boite = (page) => page.getByRole("dialog", { name: "Vues du tableau" });

/** Opens the dialog with the keyboard. */
async function ouvrirVues(page) {
  await page.getByRole("button", { name: "Vues", exact: true }).focus();
  await page.keyboard.press("Enter");
  await boite(page).getByRole("heading", { name: "Proposées" }).waitFor();
}

async function choisir(t, page, nomDeVue) {
  await boite(page).getByRole("button", { name: nomDeVue, exact: true }).focus();
  await page.keyboard.press("Enter");
  await boite(page).waitFor({ state: "hidden" });
  // The focus goes to the table a moment later: a key pressed before would go there too.
  await t.attendre(
    () => grille(page).evaluate((element) => element.contains(document.activeElement)),
    "le focus ne va pas au tableau",
  );
}

async function proposee(t, page) {
  await ouvrirVues(page);
  await t.ecran(page, "tableau", "vues");
  await choisir(t, page, "À vérifier");
  await t.attendre(() => page.url().includes("filtre="), "la vue proposée ne change pas l'adresse");
  await page.getByRole("button", { name: /^Retirer le filtre « Verdict des règles/ }).waitFor();
}

async function garder(t, page) {
  t.tolerer(/^réponse 422 : POST \/api\/v1\/vues/);
  await ouvrirVues(page);
  await boite(page).getByRole("button", { name: "Garder cette vue" }).click();
  await boite(page).getByText("Donnez un nom de 1 à 60 caractères.").waitFor();
  await boite(page).getByLabel("Garder ce que montre le tableau").fill(titre);
  await boite(page).getByText("La partager avec mes collègues", { exact: false }).click();
  await page.keyboard.press("Escape");
  await boite(page).waitFor({ state: "hidden" });
  // Nothing typed is lost when the dialog is closed and opened again.
  await ouvrirVues(page);
  t.egal(await boite(page).getByLabel("Garder ce que montre le tableau").inputValue(), titre, "nom saisi");
  await boite(page).getByRole("button", { name: "Garder cette vue" }).click();
  await page.getByText("La vue est gardée.").waitFor();
  await boite(page).getByRole("button", { name: titre, exact: true }).waitFor();
  await t.ecran(page, "tableau", "vue-gardee");
  await boite(page).getByLabel("Garder ce que montre le tableau").fill(titre);
  await boite(page).getByRole("button", { name: "Garder cette vue" }).click();
  await boite(page).getByText(/porte déjà ce nom/).waitFor();
  await page.keyboard.press("Escape");
}

/** Another récipiendaire of the same envelope sees it and goes to it, without any button that changes it. */
async function collegue(t, total) {
  const page = await t.page({ role: "plusieurs-roles" });
  await ouvrir(t, page);
  t.egal(await nombre(page), total, "sans vue, tout le tableau");
  await ouvrirVues(page);
  await boite(page).getByText("de Camille Récipiendaire").waitFor();
  t.egal(await boite(page).getByRole("button", { name: `Supprimer : ${titre}` }).count(), 0, "boutons d'une vue d'un collègue");
  await choisir(t, page, titre);
  await prete(t, page);
  t.verifier((await nombre(page)) < total, "la vue ne réduit pas le tableau");
}

async function remplacer(t, page, total) {
  await page.goto("/tableau");
  await prete(t, page);
  await ouvrirVues(page);
  await boite(page).getByRole("button", { name: `Remplacer par la vue présente : ${titre}` }).click();
  await page.getByText("La vue est à jour.").waitFor();
  await boite(page).getByRole("button", { name: `Ne plus partager : ${titre}` }).click();
  await page.getByText("Vous seul voyez cette vue.").waitFor();
  await choisir(t, page, titre);
  await prete(t, page);
  t.egal(await nombre(page), total, "vue remplacée");
  await ouvrirVues(page);
  await boite(page).getByRole("button", { name: `Supprimer : ${titre}` }).click();
  await page.getByText("La vue est supprimée ; les demandes ne changent pas.").waitFor();
  await boite(page).getByRole("button", { name: titre, exact: true }).waitFor({ state: "detached" });
}
