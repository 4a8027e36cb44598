// One thing done to many demandes: tried, done, undone; deleted together and given back; and the list of what one did.
import { cocher, opter, presser, remplir } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { lire } from "../outils/csv.mjs";
import { readFile } from "node:fs/promises";
import { nombre, nombreDeviendra, ouvrir, versCellule } from "../outils/tableau.mjs";

export const nom = "Agir sur plusieurs demandes à la fois, essayer d'abord, revenir en arrière depuis ses changements, au clavier";
export const ux = ["UX-07", "UX-08", "UX-13"];

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
  await presser(page.getByRole("button", { name: "Agir en nombre" }));
  await boite(page).getByText("Les 3 demandes du tableau, filtres compris").waitFor();
  await presser(boite(page).getByRole("button", { name: "Essayer sans rien écrire" }));
  await boite(page).getByText("Choisissez une colonne.").waitFor();
  await opter(boite(page).getByLabel("Colonne", { exact: true }), "Adresse e-mail");
  await remplir(boite(page).getByLabel("Valeur (vide pour effacer)"), "pas une adresse");
  await presser(boite(page).getByRole("button", { name: "Essayer sans rien écrire" }));
  await boite(page).locator("#masse-valeur-messages").getByText(/adresse/).waitFor();
  await t.ecran(page, "tableau", "en-nombre-refuse");
  await opter(boite(page).getByLabel("Colonne", { exact: true }), "Cohorte");
  await remplir(boite(page).getByLabel("Valeur (vide pour effacer)"), "Printemps");
  await presser(boite(page).getByRole("button", { name: "Essayer sans rien écrire" }));
  await boite(page).getByText("Essai : 3 sur 3. 3 possibles, 0 sans changement, 0 refusées.").waitFor();
  await cohortes(t, page, ids, "");
  await t.ecran(page, "tableau", "en-nombre-essai");
  await presser(boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }));
  await boite(page).getByText("Fait : 3 sur 3. 3 faites, 0 sans changement, 0 refusées.").waitFor();
  await cohortes(t, page, ids, "Printemps");
  await page.keyboard.press("Escape");
  await presser(page.locator(".pa-toast").getByRole("button", { name: "Annuler" }));
  await page.getByText("Annulé : 3 lignes.").waitFor();
  await cohortes(t, page, ids, "");
}

/** One refusal refuses them all; the same in part does the others, and every refusal is in a file. */
async function toutOuRien(t, page, ids) {
  const lue = await t.api(page, "GET", `/demandes/${ids[1]}`);
  await presser(page.getByRole("button", { name: "Agir en nombre" }));
  await opter(boite(page).getByLabel("Colonne", { exact: true }), "Cohorte");
  await remplir(boite(page).getByLabel("Valeur (vide pour effacer)"), "Hiver");
  await cocher(boite(page).getByLabel(/^Tout ou rien/));
  await presser(boite(page).getByRole("button", { name: "Essayer sans rien écrire" }));
  await boite(page).getByText("Essai : 3 sur 3. 3 possibles", { exact: false }).waitFor();
  // Somebody changes one of them after the trial: it is refused, and with it the others.
  await t.api(page, "PATCH", `/demandes/${ids[1]}`, { corps: { ville: "Gex" }, entetes: { "if-match": lue.etag } });
  t.tolerer(/^réponse 4(12|22) : POST \/api\/v1\/demandes:batch/);
  await presser(boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }));
  await boite(page).getByText("Tout ou rien : aucune demande n’est changée.", { exact: false }).waitFor();
  await cohortes(t, page, ids, "");
  await t.ecran(page, "tableau", "en-nombre-tout-ou-rien");
  const attente = page.waitForEvent("download");
  await presser(boite(page).getByRole("link", { name: "Télécharger le refus (CSV)" }));
  const rangees = lire(await readFile(await (await attente).path(), "utf8"));
  t.egal(rangees.map((rangee) => rangee[1]), ["Identifiant", ids[1]], "fichier des refus");
  await cocher(boite(page).getByLabel("Faire ce qui peut l’être", { exact: true }));
  await page.keyboard.press("Escape");
}

/** A selection whose rows were never in sight is done to all its rows, not to those of the table. */
async function selectionHorsMemoire(t, page) {
  await ouvrir(t, page);
  const total = await nombre(page);
  await versCellule(page, 1, "Prénom du professionnel");
  await page.keyboard.press("Control+Shift+End");
  await presser(page.getByRole("button", { name: "Agir en nombre" }));
  await boite(page).getByText(`Les ${total - 1} lignes de la sélection`).waitFor();
  await opter(boite(page).getByLabel("Colonne", { exact: true }), "Cohorte");
  await remplir(boite(page).getByLabel("Valeur (vide pour effacer)"), "Été");
  await presser(boite(page).getByRole("button", { name: "Essayer sans rien écrire" }));
  await boite(page).getByText(`Essai : ${total - 1} sur ${total - 1}.`, { exact: false }).waitFor();
  await page.keyboard.press("Escape");
}

/** Given to somebody who reaches them, found again by the counter of what is mine, and a cell says who else may be chosen. */
async function confier(t, page, ids) {
  await presser(page.getByRole("button", { name: "Agir en nombre" }));
  await opter(boite(page).getByLabel("Colonne", { exact: true }), "Suivie par");
  await opter(boite(page).getByLabel("Valeur (vide pour effacer)"), "recipiendaire@demo.example");
  await presser(boite(page).getByRole("button", { name: "Essayer sans rien écrire" }));
  await presser(boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }));
  await boite(page).getByText("Fait : 3 sur 3. 3 faites", { exact: false }).waitFor();
  await page.keyboard.press("Escape");
  const miennes = page.getByRole("button", { name: "Suivies par moi 3" });
  await presser(miennes);
  await t.attendre(async () => (await miennes.getAttribute("aria-pressed")) === "true", "le compteur ne filtre pas");
  await nombreDeviendra(t, page, 3);
  t.verifier(page.url().includes("suivi_par"), `l'adresse ne dit pas le filtre : ${page.url()}`);
  await t.ecran(page, "tableau", "suivies-par-moi");
  await presser(miennes);
  const lue = await t.api(page, "GET", `/demandes/${ids[0]}`);
  t.egal(lue.corps.suivi_par, "recipiendaire@demo.example", "suivie par");
}

/** The same words are said of each; there is nothing to undo, a comment is taken back where it stands. */
async function commenter(t, page, ids) {
  await presser(page.getByRole("button", { name: "Agir en nombre" }));
  await cocher(boite(page).getByLabel("Les commenter"));
  await presser(boite(page).getByRole("button", { name: "Essayer sans rien écrire" }));
  await boite(page).getByText("Écrivez le commentaire.").waitFor();
  await remplir(boite(page).getByLabel("Commentaire"), "Appelées ce matin.");
  await presser(boite(page).getByRole("button", { name: "Essayer sans rien écrire" }));
  await boite(page).getByText("Essai : 3 sur 3. 3 possibles", { exact: false }).waitFor();
  await t.ecran(page, "tableau", "commenter-en-nombre");
  await presser(boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }));
  await boite(page).getByText("Fait : 3 sur 3. 3 faites", { exact: false }).waitFor();
  await page.keyboard.press("Escape");
  for (const id of ids) {
    const { corps } = await t.api(page, "GET", `/demandes/${id}/commentaires`);
    t.egal(corps.items.map(({ texte }) => texte), ["Appelées ce matin."], "commentaires");
  }
}

async function suppression(t, page) {
  await presser(page.getByRole("button", { name: "Agir en nombre" }));
  await cocher(boite(page).getByLabel("Les supprimer (vous pourrez annuler)"));
  await presser(boite(page).getByRole("button", { name: "Essayer sans rien écrire" }));
  await presser(boite(page).getByRole("button", { name: "Le faire pour 3 demandes" }));
  await boite(page).getByText("Fait : 3 sur 3.", { exact: false }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Aucune demande ne correspond" }).waitFor();
}

/** What one did is listed, and undone from there however late. */
async function changements(t, page, ids) {
  await presser(page.getByRole("button", { name: "Mes changements" }));
  const liste = page.getByRole("dialog", { name: "Mes changements" });
  const supprimees = liste.getByRole("listitem").filter({ hasText: "3 demandes supprimées" }).first();
  await supprimees.waitFor();
  await t.ecran(page, "tableau", "mes-changements");
  await presser(supprimees.getByRole("button", { name: /^Annuler : 3 demandes supprimées/ }));
  await page.getByText("Annulé : 3 lignes.").waitFor();
  await liste.getByText("3 demandes rétablies par annulation").waitFor();
  await page.keyboard.press("Escape");
  await nombreDeviendra(t, page, 3);
  t.egal((await t.api(page, "GET", `/demandes/${ids[0]}`)).corps.supprimee_le, undefined, "demande rétablie");
}
