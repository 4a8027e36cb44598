// Cells of a spreadsheet pasted from the last row on, with Ctrl+V: what changes, what is added and what is refused is shown cell by
// cell before anything is written, and one undo takes back the whole pasting.
import { presser } from "../outils/clavier.mjs";
import { AMBERIEU, demande, faux, motUnique, siret } from "../outils/jeu.mjs";
import { cellules, coller, nombreDeviendra, ouvrir, toutes, versCellule } from "../outils/tableau.mjs";

export const nom = "Coller depuis un tableur au-delà de la dernière ligne, relire cellule par cellule, annuler d'un geste, au clavier";
export const ux = ["UX-05", "UX-07", "UX-24"];

const famille = motUnique("Colle");
const TITRES = ["Nom du professionnel", "Prénom du professionnel", "Ville", "Numéro Siret"];
const COLONNES = "nom,prenom,ville,siret,email,formation,structure_nom,code_postal";
const VILLE = "Ambérieu-en-Bugey";

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  for (const suffixe of "ab") {
    const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille + suffixe) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
  }
  await ouvrir(t, page, `?q=${famille}&tri=nom&colonnes=${COLONNES}`);
  await nombreDeviendra(t, page, 2);
  await relire(t, page);
  await confirmer(t, page);
  await annuler(t, page);
}

const boite = (page) => page.getByRole("dialog", { name: "Coller des cellules" });
const villes = (page) => cellules(page, "Ville");

/** A line as a spreadsheet copies it: all the columns. */
const ligne = (suffixe, ville, numero, email = `angele.${famille.toLowerCase()}${suffixe}@amberieu-en-bugey.example`) =>
  [famille + suffixe, "Angèle", ville, numero, email, "Aidants Numériques", "Mairie d’Ambérieu-en-Bugey", "01500"].join("\t");
const entiere = (suffixe, rang) => ligne(suffixe, "Bron", siret(AMBERIEU, 30 + rang));

async function collerDepuisLaDerniere(page, ...lignes) {
  await versCellule(page, 1, TITRES[0]);
  await coller(page, { "text/plain": `${lignes.join("\r\n")}\r\n` });
}

/** The last row changes and has a wrong SIRET, two rows are added, a third one lacks what is mandatory. */
async function relire(t, page) {
  await collerDepuisLaDerniere(page, ligne("b", "Gex", faux(siret(AMBERIEU, 29))), entiere("c", 1), entiere("d", 2), ligne("e", "Lyon", "123", ""));
  await boite(page).getByText(/^1 cellule change ; \d restent les mêmes ; 2 demandes sont ajoutées ; \d ne sont pas prises\.$/).waitFor();
  const refus = boite(page).getByRole("region", { name: "Ce qui ne sera pas pris" });
  const raisons = (await refus.getByRole("row").allInnerTexts()).slice(1).map((texte) => texte.split("\t").map((mots) => mots.trim()));
  const pour = (ou) => raisons.find(([place]) => place === ou);
  t.verifier(/clé de contrôle/.test(pour("Ligne 2, Numéro Siret")?.[2]), `raison d'un SIRET faux : ${JSON.stringify(raisons)}`);
  t.egal(pour("Ligne 5, Numéro Siret")?.[1], "123", "texte refusé, à sa cellule");
  t.verifier(pour("Ligne 5, Adresse e-mail")?.[2].length > 10, `raison d'une adresse absente : ${JSON.stringify(raisons)}`);
  const change = boite(page).getByRole("region", { name: "Ce qui changera" });
  await change.getByRole("row").filter({ hasText: VILLE }).filter({ hasText: "Gex" }).waitFor();
  await t.ecran(page, "tableau", "collage-au-dela");
  await presser(boite(page).getByRole("button", { name: "Ne rien coller" }));
  await boite(page).waitFor({ state: "hidden" });
  t.egal((await toutes(t, page, { q: famille })).length, 2, "demandes après « Ne rien coller »");
  t.egal(await villes(page), [VILLE, VILLE], "villes après « Ne rien coller »");
}

/** The same, done: what is refused stays out, the rest is written in one gesture. */
async function confirmer(t, page) {
  await collerDepuisLaDerniere(page, ligne("b", "Gex", faux(siret(AMBERIEU, 29))), entiere("c", 1), entiere("d", 2));
  await boite(page).getByText(/2 demandes sont ajoutées/).waitFor();
  await presser(boite(page).getByRole("button", { name: "Coller", exact: true }));
  await boite(page).waitFor({ state: "hidden" });
  await nombreDeviendra(t, page, 4);
  await t.attendre(async () => (await villes(page)).join() === [VILLE, "Gex", "Bron", "Bron"].join(), async () => `villes collées : ${await villes(page)}`);
  const lues = await toutes(t, page, { q: famille, sort: "nom" });
  t.egal(lues.map(({ nom, ville }) => `${nom} ${ville}`), [`${famille}a ${VILLE}`, `${famille}b Gex`, `${famille}c Bron`, `${famille}d Bron`], "demandes collées");
  t.egal(lues[1].siret, siret(AMBERIEU), "SIRET refusé, resté");
  await t.ecran(page, "tableau", "colle-au-dela");
}

async function annuler(t, page) {
  await versCellule(page, 0, TITRES[0]);
  await page.keyboard.press("Control+z");
  await nombreDeviendra(t, page, 2);
  await t.attendre(async () => (await villes(page)).join() === [VILLE, VILLE].join(), async () => `villes après un seul Ctrl+Z : ${await villes(page)}`);
  t.egal((await toutes(t, page, { q: famille })).map(({ ville }) => ville), [VILLE, VILLE], "demandes après un seul Ctrl+Z");
}
