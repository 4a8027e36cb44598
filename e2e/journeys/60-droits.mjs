// Who may open which screen and do what. The screens are named here one by one: a screen added to the list without a journey
// is a gap that the run reports.
import { ecrire } from "../outils/csv.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { cellules, grille, nombre, ouvrir, toutes } from "../outils/tableau.mjs";

export const nom = "Chaque rôle n'ouvre que ses écrans et n'y fait que ce qu'il peut";

const PUBLICS = [
  ["accueil", "/", "Former vos agents à l’accompagnement numérique"],
  ["candidature", "/candidature", "Déposer une candidature"],
  ["candidature-envoyee", "/candidature/envoyee", "Candidature enregistrée"],
  ["accessibilite", "/accessibilite", "Déclaration d’accessibilité"],
];
const PROBLEME = ["probleme", "/problemes/version-perimee", "La demande a changé entre-temps"];
const CONNEXION = ["connexion", "/connexion", "Se connecter"];
const LIEN = ["connexion-lien", "/connexion/lien", "Terminer la connexion"];
const ACCES = ["premier-acces", "/premier-acces", "Premier accès"];
const TABLEAU = ["tableau", "/tableau", "Tableau de gestion"];
const HABILITES = ["habilites", "/administration/habilites", "Déjà habilités"];
const ENVELOPPES = ["enveloppes", "/administration/enveloppes", "Enveloppes"];
const MODELES = ["modeles", "/administration/courriels"];
const LOTS = [["lots", "/administration/eligibilite"], ["lot", "/administration/eligibilite/1"]];
const PAYS = ["pilotage", "/pilotage", "Pilotage national"];
const DEPARTEMENT = ["pilotage-departement", "/pilotage/departements/01", "Pilotage d’un département"];
const IMPORTS = ["imports", "/imports", "Importer des demandes"];

export async function parcours(t) {
  // The refusals that this journey asks for.
  t.tolerer(/^réponse 40[134] : /);
  const famille = motUnique("Droits");
  const lieu = await preparer(t, famille);
  await sansCompte(t, lieu);
  await ecritures(t, lieu, "recipiendaire");
  await ecritures(t, lieu, "anct");
  await lectureSeule(t, lieu);
  await perimetre(t, lieu);
}

/** A demande of the récipiendaire, one of another envelope, and an import of each role that may. */
async function preparer(t, famille) {
  const anct = await t.page({ role: "anct" });
  const recipiendaire = await t.page({ role: "recipiendaire" });
  const sienne = await t.api(recipiendaire, "POST", "/demandes", { corps: demande(famille) });
  t.egal(sienne.statut, 201, "création d'une demande par le récipiendaire");
  const ailleurs = (await toutes(t, anct, { fields: "departement" })).find(({ departement }) => departement !== "01");
  const imports = {};
  for (const [role, page] of [["anct", anct], ["recipiendaire", recipiendaire]]) {
    const { statut, corps } = await t.api(page, "POST", "/imports?objet=demandes&dry_run=true", {
      corps: ecrire([["structure_nom", "siret", "nom", "prenom", "email", "formation"], ["Mairie", "1", famille, "", "", ""]]),
      entetes: { "content-type": "text/csv" },
    });
    t.egal(statut, 202, `essai d'import par ${role}`);
    imports[role] = corps.id;
  }
  return { demande: sienne.corps.demande?.id ?? sienne.corps.id, ailleurs: ailleurs.id, imports, pages: { anct, recipiendaire } };
}

async function voir(t, page, [ecran, adresse, titre], etat = "initial") {
  await page.goto(adresse);
  await page.getByRole("heading", { level: 1, name: titre, exact: true }).waitFor();
  await page.locator(".pa-squelette").first().waitFor({ state: "detached" });
  await t.ecran(page, ecran, etat);
}

async function refuser(t, page, [ecran, adresse]) {
  await page.goto(adresse);
  await page.getByRole("heading", { level: 1, name: /^(Accès refusé|Se connecter)$/ }).waitFor();
  await t.ecran(page, ecran, "refuse");
}

async function sansCompte(t, lieu) {
  const page = await t.page();
  for (const ecran of [...PUBLICS, PROBLEME, CONNEXION, LIEN, ACCES]) await voir(t, page, ecran);
  const argent = [ENVELOPPES, ["enveloppe", "/administration/enveloppes/1"], ["financement", "/administration/enveloppes/1/financement"]];
  const proteges = [TABLEAU, IMPORTS, HABILITES, MODELES, ...LOTS, ...argent, ["demande", `/demandes/${lieu.demande}`], ["import", `/imports/${lieu.imports.anct}`]];
  const chiffres = [PAYS, DEPARTEMENT, ["pilotage-enveloppe", "/pilotage/enveloppes/1"]];
  for (const ecran of [...proteges, ...chiffres]) await refuser(t, page, ecran);
}

async function ecritures(t, lieu, role) {
  const page = lieu.pages[role];
  if (role !== "anct") await refuser(t, page, MODELES);
  for (const ecran of [...PUBLICS, PROBLEME, CONNEXION, LIEN, ACCES, IMPORTS, HABILITES, ENVELOPPES]) await voir(t, page, ecran);
  if (role === "recipiendaire") for (const ecran of LOTS) await refuser(t, page, ecran);
  for (const ecran of [PAYS, DEPARTEMENT]) await (role === "anct" ? voir : refuser)(t, page, ecran);
  await ouvrir(t, page);
  await t.ecran(page, "tableau");
  const contenu = page.getByRole("main");
  for (const lien of ["Ajouter une demande", "Importer"]) await contenu.getByRole("link", { name: lien, exact: true }).waitFor();
  await page.goto(`/demandes/${lieu.demande}`);
  for (const bouton of ["Modifier", "Supprimer"]) await contenu.getByRole("button", { name: bouton }).waitFor();
  await t.ecran(page, "demande");
  await page.goto(`/imports/${lieu.imports[role]}`);
  await page.getByText("Essai à blanc : rien n’a été écrit.").waitFor();
  await t.ecran(page, "import");
}

/** The instructeur reads everything, and nothing offers to write. */
async function lectureSeule(t, lieu) {
  const page = await t.page({ role: "instructeur" });
  for (const ecran of [...PUBLICS, PROBLEME, CONNEXION, LIEN, ACCES]) await voir(t, page, ecran);
  for (const ecran of [IMPORTS, MODELES, ["import", `/imports/${lieu.imports.anct}`]]) await refuser(t, page, ecran);
  await ouvrir(t, page);
  const contenu = page.getByRole("main");
  await contenu.getByRole("button", { name: "Exporter" }).waitFor();
  for (const lien of ["Ajouter une demande", "Importer"]) {
    t.egal(await contenu.getByRole("link", { name: lien, exact: true }).count(), 0, `lien « ${lien} » pour l'instructeur`);
  }
  t.egal(await page.getByRole("link", { name: "Importer un fichier" }).count(), 0, "entrée de menu pour l'instructeur");
  await t.ecran(page, "tableau");
  await page.goto(`/demandes/${lieu.demande}`);
  await page.getByRole("heading", { name: "Historique" }).waitFor();
  for (const bouton of ["Modifier", "Supprimer"]) {
    t.egal(await contenu.getByRole("button", { name: bouton }).count(), 0, `bouton « ${bouton} » pour l'instructeur`);
  }
  await t.ecran(page, "demande");
  await page.goto("/demandes/nouvelle");
  await page.getByRole("heading", { level: 1, name: "Accès refusé" }).waitFor();
  const lue = await t.api(page, "GET", `/demandes/${lieu.demande}`);
  const { statut } = await t.api(page, "PATCH", `/demandes/${lieu.demande}`, { corps: { ville: "Lyon" }, entetes: { "if-match": lue.etag } });
  t.egal(statut, 403, "modification par l'instructeur, sans passer par l'écran");
}

/** The récipiendaire sees its envelope, and nothing of the others. */
async function perimetre(t, lieu) {
  const { recipiendaire, anct } = lieu.pages;
  await ouvrir(t, anct);
  await ouvrir(t, recipiendaire);
  const [siennes, toutesLignes] = [await nombre(recipiendaire), await nombre(anct)];
  t.verifier(siennes > 0 && siennes < toutesLignes, `le récipiendaire voit ${siennes} demandes sur ${toutesLignes}`);
  t.verifier((await cellules(recipiendaire, "Département")).every((code) => code === "01"), "le récipiendaire voit un autre département");
  t.egal(await grille(recipiendaire).getAttribute("aria-rowcount"), String(siennes + 1), "lignes du tableau du récipiendaire");
  await recipiendaire.goto(`/demandes/${lieu.ailleurs}`);
  await recipiendaire.getByRole("alert").waitFor();
  t.egal(await recipiendaire.getByRole("heading", { name: "Historique" }).count(), 0, "historique d'une demande d'ailleurs");
  await t.ecran(recipiendaire, "demande", "d-une-autre-enveloppe");
  await recipiendaire.goto(`/imports/${lieu.imports.anct}`);
  await recipiendaire.getByRole("alert").waitFor();
  await t.ecran(recipiendaire, "import", "d-un-autre");
}
