// Named views of the table: proposed to the role, kept, shared, replaced, deleted; a colleague sees the shared one and cannot
// change it.
import { readFile } from "node:fs/promises";
import { cocher, presser, remplir } from "../outils/clavier.mjs";
import { lire } from "../outils/csv.mjs";
import { motUnique } from "../outils/jeu.mjs";
import { grille, nombre, ouvrir, prete } from "../outils/tableau.mjs";

export const nom = "Garder une vue du tableau, la partager, l'exporter, la remplacer, la supprimer, au clavier";
export const ux = ["UX-01", "UX-04", "UX-13"];

let titre = motUnique("Vue");

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire", acceptDownloads: true });
  await ouvrir(t, page);
  const total = await nombre(page);
  await enTete(t, page);
  await proposee(t, page);
  await garder(t, page);
  await renommer(t, page);
  await collegue(t, total);
  await remplacer(t, page, total);
}

const boite = (page) => page.getByRole("dialog", { name: "Vues du tableau" });

/** Opens the dialog with the keyboard. */
async function ouvrirVues(page) {
  await presser(page.getByRole("button", { name: "Vues", exact: true }));
  await boite(page).getByRole("heading", { name: "Proposées" }).waitFor();
}

async function choisir(t, page, nomDeVue) {
  await presser(boite(page).getByRole("button", { name: nomDeVue, exact: true }));
  await boite(page).waitFor({ state: "hidden" });
  // The focus goes to the table a moment later: a key pressed before would go there too.
  await t.attendre(
    () => grille(page).evaluate((element) => element.contains(document.activeElement)),
    "le focus ne va pas au tableau",
  );
}

/** The first view of the role is one press away above a table that shows everything, and no longer once another list is asked. */
async function enTete(t, page) {
  const proposition = page.locator(".tableau__proposition");
  await presser(proposition.getByRole("button", { name: "Financement à décider" }));
  await t.attendre(() => page.url().includes("decision_financement"), "la vue proposée ne change pas l'adresse");
  await proposition.waitFor({ state: "detached" });
  await page.goBack();
  await proposition.waitFor();
}

/** Another name, in the same form; the one who gives it up keeps the first. */
async function renommer(t, page) {
  await ouvrirVues(page);
  const champ = boite(page).getByLabel("Nouveau nom de la vue");
  await presser(boite(page).getByRole("button", { name: `Renommer : ${titre}` }).first());
  await t.attendre(() => champ.evaluate((element) => element === document.activeElement), "le nouveau nom n'a pas le focus");
  t.egal(await champ.inputValue(), titre, "nom présent");
  await t.ecran(page, "tableau", "vue-a-renommer");
  await presser(boite(page).getByRole("button", { name: "Ne pas renommer" }));
  await boite(page).getByLabel("Garder ce que montre le tableau").waitFor();
  await presser(boite(page).getByRole("button", { name: `Renommer : ${titre}` }).first());
  const autre = motUnique("Renommee");
  await remplir(champ, autre);
  await page.keyboard.press("Enter");
  await page.getByText("La vue a son nouveau nom.").waitFor();
  await boite(page).getByRole("button", { name: autre, exact: true }).waitFor();
  t.egal(await boite(page).getByRole("button", { name: titre, exact: true }).count(), 0, "ancien nom");
  titre = autre;
  await page.keyboard.press("Escape");
}

async function proposee(t, page) {
  await ouvrirVues(page);
  for (const nomDeVue of ["À planifier", "Présences manquantes", "Habilités"]) {
    await boite(page).getByRole("button", { name: nomDeVue, exact: true }).waitFor();
  }
  await t.ecran(page, "tableau", "vues");
  await choisir(t, page, "À vérifier");
  await t.attendre(() => page.url().includes("filtre="), "la vue proposée ne change pas l'adresse");
  await page.getByRole("button", { name: /^Retirer le filtre « Verdict des règles/ }).waitFor();
}

async function garder(t, page) {
  t.tolerer(/^réponse 422 : POST \/api\/v1\/vues/);
  await ouvrirVues(page);
  await presser(boite(page).getByRole("button", { name: "Garder cette vue" }));
  await boite(page).getByText("Donnez un nom de 1 à 60 caractères.").waitFor();
  await remplir(boite(page).getByLabel("Garder ce que montre le tableau"), titre);
  await cocher(boite(page).getByLabel(/^La partager avec mes collègues/));
  await page.keyboard.press("Escape");
  await boite(page).waitFor({ state: "hidden" });
  // Nothing typed is lost when the dialog is closed and opened again.
  await ouvrirVues(page);
  t.egal(await boite(page).getByLabel("Garder ce que montre le tableau").inputValue(), titre, "nom saisi");
  await presser(boite(page).getByRole("button", { name: "Garder cette vue" }));
  await page.getByText("La vue est gardée.").waitFor();
  await boite(page).getByRole("button", { name: titre, exact: true }).waitFor();
  await t.ecran(page, "tableau", "vue-gardee");
  // In each format that the table has, beginning with text.
  for (const format of ["CSV", "XLSX", "ODS", "NDJSON"]) {
    await boite(page).getByRole("link", { name: `Exporter en ${format} : ${titre}`, exact: true }).waitFor();
  }
  const attente = page.waitForEvent("download");
  await presser(boite(page).getByRole("link", { name: `Exporter en CSV : ${titre}`, exact: true }));
  const [entete, ...lignes] = lire(await readFile(await (await attente).path(), "utf8"));
  const verdict = entete.indexOf("verdict");
  t.verifier(lignes.length > 0 && lignes.every((ligne) => ligne[verdict] === "a-verifier"), `l'export n'est pas celui de la vue : ${entete} ; ${lignes[0]}`);
  await remplir(boite(page).getByLabel("Garder ce que montre le tableau"), titre);
  await presser(boite(page).getByRole("button", { name: "Garder cette vue" }));
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
  await presser(boite(page).getByRole("button", { name: `Remplacer par la vue présente : ${titre}` }));
  await page.getByText("La vue est à jour.").waitFor();
  await presser(boite(page).getByRole("button", { name: `Ne plus partager : ${titre}` }));
  await page.getByText("Vous seul voyez cette vue.").waitFor();
  await choisir(t, page, titre);
  await prete(t, page);
  t.egal(await nombre(page), total, "vue remplacée");
  await ouvrirVues(page);
  await presser(boite(page).getByRole("button", { name: `Supprimer : ${titre}` }));
  await page.getByText("La vue est supprimée ; les demandes ne changent pas.").waitFor();
  await boite(page).getByRole("button", { name: titre, exact: true }).waitFor({ state: "detached" });
}
