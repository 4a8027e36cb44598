// A demande beside the table: changed, in conflict with somebody else, its history, deleted and given back.
import { presser, remplir } from "../outils/clavier.mjs";
import { champ } from "../outils/demande.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { cellules, nombreDeviendra, ouvrir, versCellule } from "../outils/tableau.mjs";

export const nom = "Modifier une demande malgré un conflit, lire son historique, la supprimer et la rétablir, au clavier";
export const ux = ["UX-07", "UX-10", "UX-24"];

const famille = motUnique("Conflit");

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille) });
  t.egal(cree.statut, 201, "création de la demande du parcours");
  const { id } = cree.corps;
  await ouvrir(t, page, `?q=${famille}`);
  await nombreDeviendra(t, page, 1);
  await versCellule(page, 0, "Nom du professionnel");
  await page.keyboard.press("Enter");
  const panneau = page.getByRole("complementary", { name: "Détail de la demande" });
  await panneau.getByRole("heading", { name: `Angèle ${famille}` }).waitFor();
  t.verifier(page.url().includes(`demande=${id}`), "l'adresse ne dit pas la demande ouverte");
  await t.ecran(page, "tableau", "demande-ouverte");
  await champRefuse(t, page, panneau);
  await conflit(t, page, panneau, id);
  await historique(t, page, panneau);
  await pleinePage(t, page, panneau, id);
  await suppression(t, page, panneau);
}

async function champRefuse(t, page, panneau) {
  await presser(panneau.getByRole("button", { name: "Modifier" }));
  await remplir(champ(panneau, "Adresse e-mail"), "pas une adresse");
  await presser(panneau.getByRole("button", { name: "Enregistrer" }));
  const resume = page.locator("#resume-erreurs");
  await t.attendre(() => resume.evaluate((element) => element === document.activeElement).catch(() => false), "le résumé n'a pas le focus");
  await t.ecran(page, "tableau", "modification-refusee");
  await presser(resume.getByRole("link").first());
  const refuse = champ(panneau, "Adresse e-mail");
  t.verifier(await refuse.evaluate((element) => element === document.activeElement), "le résumé ne mène pas au champ");
  await presser(panneau.getByRole("button", { name: "Ne rien changer" }));
  await panneau.getByRole("button", { name: "Modifier" }).waitFor();
}

/** Somebody saves the same field in between: nothing typed is lost, each field is chosen. */
async function conflit(t, page, panneau, id) {
  t.tolerer(/^réponse 412 : PATCH /);
  await presser(panneau.getByRole("button", { name: "Modifier" }));
  await remplir(champ(panneau, "Profession"), "Médiatrice numérique");
  await remplir(champ(panneau, "Commentaire"), "À rappeler lundi.");
  const autre = await t.page({ role: "anct" });
  const lue = await t.api(autre, "GET", `/demandes/${id}`);
  const corps = { profession: "Secrétaire", cohorte: "Cohorte 12" };
  const modifiee = await t.api(autre, "PATCH", `/demandes/${id}`, { corps, entetes: { "if-match": lue.etag } });
  t.egal(modifiee.statut, 200, "modification par quelqu'un d'autre");

  await presser(panneau.getByRole("button", { name: "Enregistrer" }));
  const titre = panneau.getByRole("heading", { name: "Quelqu’un a modifié cette demande pendant votre saisie" });
  await titre.waitFor();
  await t.attendre(() => titre.evaluate((element) => element === document.activeElement), "le conflit n'a pas le focus");
  t.egal(await champ(panneau, "Profession").inputValue(), "Médiatrice numérique", "profession saisie");
  t.egal(await champ(panneau, "Commentaire").inputValue(), "À rappeler lundi.", "commentaire saisi");
  await panneau.getByText("Cohorte : (vide) → « Cohorte 12 »").waitFor();
  const choix = panneau.getByRole("radiogroup", { name: "Profession" });
  await choix.getByText("Ma saisie : « Médiatrice numérique »").waitFor();
  await choix.getByText("Valeur enregistrée entre-temps : « Secrétaire »").waitFor();
  await t.ecran(page, "tableau", "conflit");
  await presser(panneau.getByRole("button", { name: "Enregistrer ces choix" }));
  await page.getByText("La demande est enregistrée.").waitFor();
  const finale = (await t.api(autre, "GET", `/demandes/${id}`)).corps;
  const { profession, commentaire, cohorte } = finale.demande ?? finale;
  t.egal([profession, commentaire, cohorte], ["Médiatrice numérique", "À rappeler lundi.", "Cohorte 12"], "demande après le conflit");
}

async function historique(t, page, panneau) {
  const entrees = panneau.locator(".demande__histoire > li");
  await t.attendre(async () => (await entrees.count()) === 3, "l'historique ne compte pas 3 entrées");
  const [derniere, avant, premiere] = (await entrees.allInnerTexts()).map((texte) => texte.replaceAll("\u00a0", " "));
  t.verifier(derniere.includes("Camille Récipiendaire (récipiendaire)"), `auteur : ${derniere}`);
  t.verifier(derniere.includes("Profession : « Secrétaire » → « Médiatrice numérique »"), `avant et après : ${derniere}`);
  t.verifier(avant.includes("Claude Administration (ANCT)"), `auteur : ${avant}`);
  t.verifier(avant.includes("Profession : « Agente d’accueil » → « Secrétaire »"), `avant et après : ${avant}`);
  t.verifier(premiere.startsWith("Ajoutée"), `première entrée : ${premiere}`);
  await t.ecran(page, "tableau", "historique");
}

async function pleinePage(t, page, panneau, id) {
  await presser(panneau.getByRole("link", { name: "Ouvrir en pleine page" }));
  await t.arrivee(page, "Demande");
  t.egal(new URL(page.url()).pathname, `/demandes/${id}`, "adresse de la pleine page");
  await page.getByRole("heading", { name: `Angèle ${famille}` }).waitFor();
  await t.ecran(page, "demande", "recipiendaire");
  await presser(page.getByRole("button", { name: "Modifier" }));
  await champ(page, "Profession").waitFor();
  await t.ecran(page, "demande", "modification");
  await presser(page.getByRole("button", { name: "Ne rien changer" }));
  await page.goBack();
  await panneau.getByRole("heading", { name: `Angèle ${famille}` }).waitFor();
}

async function suppression(t, page, panneau) {
  await presser(panneau.getByRole("button", { name: "Supprimer" }));
  await page.getByText("La demande est supprimée.").waitFor();
  await page.getByRole("heading", { name: "Aucune demande ne correspond" }).waitFor();
  await t.ecran(page, "tableau", "demande-supprimee");
  await presser(page.getByRole("button", { name: "Annuler la suppression" }));
  await page.getByText("La demande est de nouveau dans le tableau.").waitFor();
  await nombreDeviendra(t, page, 1);
  t.egal(await cellules(page, "Nom du professionnel"), [famille], "ligne rétablie");
}
