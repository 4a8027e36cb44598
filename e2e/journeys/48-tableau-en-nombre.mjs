// One thing done to many demandes: tried, done, undone; deleted together and given back; and the list of what one did.
import { demande, motUnique } from "../outils/jeu.mjs";
import { lire } from "../outils/csv.mjs";
import { readFile } from "node:fs/promises";
import { cellule, nombre, nombreDeviendra, ouvrir } from "../outils/tableau.mjs";

export const nom = "Agir sur plusieurs demandes à la fois, essayer d'abord, revenir en arrière depuis ses changements";

const famille = motUnique("Nombre");

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  const ids = [];
  for (const suffixe of "abc") {
    const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille + suffixe) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
    ids.push(cree.corps.id);
  }
  await ouvrir(t, page, `?q=${famille}`);
  await nombreDeviendra(t, page, 3);
  await valeur(t, page, ids);
  await toutOuRien(t, page, ids);
  await confier(t, page, ids);
  await commenter(t, page, ids);
  await suppression(t, page);
  await changements(t, page, ids);
  await selectionHorsMemoire(t, page);
}

const boite = (page) => page.getByRole("dialog", { name: "Agir sur plusieurs demandes" });

async function cohortes(t, page, ids, attendue) {
  const lire = async () => Promise.all(ids.map(async (id) => (await t.api(page, "GET", `/demandes/${id}`)).corps.cohorte));
  await t.attendre(
    async () => (await lire()).every((cohorte) => cohorte === attendue),
    async () => `cohortes : ${await lire()} au lieu de « ${attendue} »`,
  );
}

async function valeur(t, page, ids) {
  await page.getByRole("button", { name: "Agir en nombre" }).click();
  await boite(page).getByText("Les 3 demandes du tableau, filtres compris").waitFor();
  await boite(page).getByRole("button", { name: "Essayer sans rien écrire" }).click();
  await boite(page).getByText("Choisissez une colonne.").waitFor();
  await boite(page).getByLabel("Colonne", { exact: true }).selectOption({ label: "Adresse e-mail" });
  await boite(page).getByLabel("Valeur (vide pour effacer)").fill("pas une adresse");
  await boite(page).getByRole("button", { name: "Essayer sans rien écrire" }).click();
  await boite(page).locator("#masse-valeur-messages").getByText(/adresse/).waitFor();
  await t.ecran(page, "tableau", "en-nombre-refuse");
  await boite(page).getByLabel("Colonne", { exact: true }).selectOption({ label: "Cohorte" });
  await boite(page).getByLabel("Valeur (vide pour effacer)").fill("Printemps");
  await boite(page).getByRole("button", { name: "Essayer sans rien écrire" }).click();
  await boite(page).getByText("Essai : 3 sur 3. 3 possibles, 0 sans changement, 0 refusées.").waitFor();
  await cohortes(t, page, ids, "");
  await t.ecran(page, "tableau", "en-nombre-essai");
  await boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }).click();
  await boite(page).getByText("Fait : 3 sur 3. 3 faites, 0 sans changement, 0 refusées.").waitFor();
  await cohortes(t, page, ids, "Printemps");
  await page.keyboard.press("Escape");
  await page.locator(".pa-toast").getByRole("button", { name: "Annuler" }).click();
  await page.getByText("Annulé : 3 lignes.").waitFor();
  await cohortes(t, page, ids, "");
}

/** One refusal refuses them all; the same in part does the others, and every refusal is in a file. */
async function toutOuRien(t, page, ids) {
  const lue = await t.api(page, "GET", `/demandes/${ids[1]}`);
  await page.getByRole("button", { name: "Agir en nombre" }).click();
  await boite(page).getByLabel("Colonne", { exact: true }).selectOption({ label: "Cohorte" });
  await boite(page).getByLabel("Valeur (vide pour effacer)").fill("Hiver");
  await boite(page).getByText("Tout ou rien", { exact: false }).click();
  await boite(page).getByRole("button", { name: "Essayer sans rien écrire" }).click();
  await boite(page).getByText("Essai : 3 sur 3. 3 possibles", { exact: false }).waitFor();
  // Somebody changes one of them after the trial: it is refused, and with it the others.
  await t.api(page, "PATCH", `/demandes/${ids[1]}`, { corps: { ville: "Gex" }, entetes: { "if-match": lue.etag } });
  t.tolerer(/^réponse 4(12|22) : POST \/api\/v1\/demandes:batch/);
  await boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }).click();
  await boite(page).getByText("Tout ou rien : aucune demande n’est changée.", { exact: false }).waitFor();
  await cohortes(t, page, ids, "");
  await t.ecran(page, "tableau", "en-nombre-tout-ou-rien");
  const attente = page.waitForEvent("download");
  await boite(page).getByRole("link", { name: "Télécharger le refus (CSV)" }).click();
  const rangees = lire(await readFile(await (await attente).path(), "utf8"));
  t.egal(rangees.map((rangee) => rangee[1]), ["Identifiant", ids[1]], "fichier des refus");
  await boite(page).getByText("Faire ce qui peut l’être", { exact: true }).click();
  await page.keyboard.press("Escape");
}

/** A selection whose rows were never in sight is done to all its rows, not to those of the table. */
async function selectionHorsMemoire(t, page) {
  await ouvrir(t, page);
  const total = await nombre(page);
  await (await cellule(page, 1, "Prénom du professionnel")).focus();
  await page.keyboard.press("Control+Shift+End");
  await page.getByRole("button", { name: "Agir en nombre" }).click();
  await boite(page).getByText(`Les ${total - 1} lignes de la sélection`).waitFor();
  await boite(page).getByLabel("Colonne", { exact: true }).selectOption({ label: "Cohorte" });
  await boite(page).getByLabel("Valeur (vide pour effacer)").fill("Été");
  await boite(page).getByRole("button", { name: "Essayer sans rien écrire" }).click();
  await boite(page).getByText(`Essai : ${total - 1} sur ${total - 1}.`, { exact: false }).waitFor();
  await page.keyboard.press("Escape");
}

/** Given to somebody who reaches them, found again by the counter of what is mine, and a cell says who else may be chosen. */
async function confier(t, page, ids) {
  await page.getByRole("button", { name: "Agir en nombre" }).click();
  await boite(page).getByLabel("Colonne", { exact: true }).selectOption({ label: "Suivie par" });
  await boite(page).getByLabel("Valeur (vide pour effacer)").selectOption("recipiendaire@demo.example");
  await boite(page).getByRole("button", { name: "Essayer sans rien écrire" }).click();
  await boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }).click();
  await boite(page).getByText("Fait : 3 sur 3. 3 faites", { exact: false }).waitFor();
  await page.keyboard.press("Escape");
  const miennes = page.getByRole("button", { name: "Suivies par moi 3" });
  await miennes.focus();
  await page.keyboard.press("Enter");
  await t.attendre(async () => (await miennes.getAttribute("aria-pressed")) === "true", "le compteur ne filtre pas");
  await nombreDeviendra(t, page, 3);
  t.verifier(page.url().includes("suivi_par"), `l'adresse ne dit pas le filtre : ${page.url()}`);
  await t.ecran(page, "tableau", "suivies-par-moi");
  await miennes.click();
  const lue = await t.api(page, "GET", `/demandes/${ids[0]}`);
  t.egal(lue.corps.suivi_par, "recipiendaire@demo.example", "suivie par");
}

/** The same words are said of each; there is nothing to undo, a comment is taken back where it stands. */
async function commenter(t, page, ids) {
  await page.getByRole("button", { name: "Agir en nombre" }).click();
  await boite(page).getByText("Les commenter").click();
  await boite(page).getByRole("button", { name: "Essayer sans rien écrire" }).click();
  await boite(page).getByText("Écrivez le commentaire.").waitFor();
  await boite(page).getByLabel("Commentaire").fill("Appelées ce matin.");
  await boite(page).getByRole("button", { name: "Essayer sans rien écrire" }).click();
  await boite(page).getByText("Essai : 3 sur 3. 3 possibles", { exact: false }).waitFor();
  await t.ecran(page, "tableau", "commenter-en-nombre");
  await boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }).click();
  await boite(page).getByText("Fait : 3 sur 3. 3 faites", { exact: false }).waitFor();
  await page.keyboard.press("Escape");
  for (const id of ids) {
    const { corps } = await t.api(page, "GET", `/demandes/${id}/commentaires`);
    t.egal(corps.items.map(({ texte }) => texte), ["Appelées ce matin."], "commentaires");
  }
}

async function suppression(t, page) {
  await page.getByRole("button", { name: "Agir en nombre" }).click();
  await boite(page).getByText("Les supprimer (vous pourrez annuler)").click();
  await boite(page).getByRole("button", { name: "Essayer sans rien écrire" }).click();
  await boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }).click();
  await boite(page).getByText("Fait : 3 sur 3.", { exact: false }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Aucune demande ne correspond" }).waitFor();
}

/** What one did is listed, and undone from there however late. */
async function changements(t, page, ids) {
  await page.getByRole("button", { name: "Mes changements" }).click();
  const liste = page.getByRole("dialog", { name: "Mes changements" });
  const supprimees = liste.getByRole("listitem").filter({ hasText: "3 demandes supprimées" }).first();
  await supprimees.waitFor();
  await t.ecran(page, "tableau", "mes-changements");
  await supprimees.getByRole("button", { name: /^Annuler : 3 demandes supprimées/ }).click();
  await page.getByText("Annulé : 3 lignes.").waitFor();
  await liste.getByText("3 demandes rétablies par annulation").waitFor();
  await page.keyboard.press("Escape");
  await nombreDeviendra(t, page, 3);
  t.egal((await t.api(page, "GET", `/demandes/${ids[0]}`)).corps.supprimee_le, undefined, "demande rétablie");
}
