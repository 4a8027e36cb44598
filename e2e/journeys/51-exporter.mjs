// The exported file holds exactly the rows and the columns shown, in their order.
import { readFile } from "node:fs/promises";
import { cocher, opter, presser, remplir } from "../outils/clavier.mjs";
import { lire } from "../outils/csv.mjs";
import { motUnique } from "../outils/jeu.mjs";
import { nombre, ouvrir, toutes, versEntete } from "../outils/tableau.mjs";

export const nom = "Exporter exactement les lignes filtrées, au clavier";
export const ux = ["UX-04"];

/** The columns shown by default. */
const COLONNES = [
  "nom", "prenom", "etape", "verdict", "formation", "structure_nom", "ville", "departement", "date_demande", "email", "siret",
  "organisme", "date_session",
];

export async function parcours(t) {
  const page = await t.page({ role: "anct", acceptDownloads: true });
  await ouvrir(t, page, "?q=mairie");
  await presser(page.getByRole("button", { name: "Filtrer", exact: true }));
  const formulaire = page.getByRole("form", { name: "Ajouter un filtre" });
  await opter(formulaire.getByLabel("Colonne"), "Choix de la formation");
  await cocher(formulaire.getByLabel("Aidants Connect"));
  await presser(formulaire.getByRole("button", { name: "Ajouter ce filtre" }));
  await versEntete(page, "Ville");
  await page.keyboard.press("Enter");
  await t.attendre(() => page.url().includes("tri=ville"), "le tri n'est pas dans l'adresse");
  const filtre = new URL(page.url()).searchParams.get("filtre");
  const attendues = await toutes(t, page, { q: "mairie", filter: filtre, sort: "ville" });
  await t.attendre(async () => (await nombre(page)) === attendues.length, "le tableau et l'API ne comptent pas pareil");
  t.verifier(attendues.length > 0, "aucune ligne à exporter");

  const exporter = page.getByRole("button", { name: "Exporter" });
  await presser(exporter);
  t.egal(await exporter.getAttribute("aria-expanded"), "true", "aria-expanded du bouton Exporter");
  await t.ecran(page, "tableau", "export-ouvert");
  const texte = await telecharger(page, "CSV");
  const [entete, ...lignes] = lire(texte);
  const place = { email: entete.indexOf("email"), siret: entete.indexOf("siret") };
  t.egal(entete, ["id", ...COLONNES], "colonnes exportées : l'identifiant, puis les colonnes affichées");
  t.egal(lignes.map((ligne) => ligne[place.email]), attendues.map(({ email }) => email), "lignes exportées");
  t.egal(lignes.map((ligne) => ligne[place.siret]), attendues.map(({ siret }) => siret), "SIRET exportés");

  await presser(exporter);
  const ndjson = (await telecharger(page, "NDJSON")).trim().split("\n").map((ligne) => JSON.parse(ligne));
  t.egal(ndjson.map(({ email }) => email), attendues.map(({ email }) => email), "lignes exportées en NDJSON");
  await presser(exporter);
  const xlsx = await telecharger(page, "XLSX", "latin1");
  t.verifier(xlsx.startsWith("PK"), "le fichier XLSX n'est pas une archive");
  await presser(exporter);
  const ods = await telecharger(page, "ODS", "latin1");
  t.verifier(ods.startsWith("PK") && ods.slice(30, 120).includes("opendocument.spreadsheet"), "le fichier ODS ne dit pas ce qu'il est");
  await modele(t, page);
}

/** A view that is kept is a model of export: its rows and its columns, from its line of the list. */
async function modele(t, page) {
  const vue = motUnique("Export");
  await presser(page.getByRole("button", { name: "Vues", exact: true }));
  const boite = page.getByRole("dialog", { name: "Vues du tableau" });
  await remplir(boite.getByLabel("Garder ce que montre le tableau"), vue);
  await presser(boite.getByRole("button", { name: "Garder cette vue" }));
  const lien = boite.getByRole("link", { name: `Exporter en XLSX : ${vue}` });
  await lien.waitFor();
  const voulue = (await lien.getAttribute("href")).split("?")[1];
  t.verifier(voulue.includes("mairie") && voulue.includes("ville"), `l'export de la vue n'a pas son filtre : ${voulue}`);
  const attente = page.waitForEvent("download");
  await presser(lien);
  t.verifier((await readFile(await (await attente).path(), "latin1")).startsWith("PK"), "le fichier de la vue n'est pas un XLSX");
  await presser(boite.getByRole("button", { name: `Supprimer : ${vue}` }));
  await page.getByText("La vue est supprimée ; les demandes ne changent pas.").waitFor();
}

async function telecharger(page, format, encodage = "utf8") {
  const attente = page.waitForEvent("download");
  await presser(page.getByRole("link", { name: format, exact: true }));
  return readFile(await (await attente).path(), encodage);
}
