// Counters, search, filters by type of column, sort, and the address that holds it all.
import { cocher, dater, opter, presser, remplir } from "../outils/clavier.mjs";
import { cellules, grille, nombre, nombreDeviendra, ouvrir, prete, toutes, versEntete } from "../outils/tableau.mjs";

export const nom = "Chercher dans le tableau : compteurs, recherche sans accents, filtres, tri, adresse qui garde tout, au clavier";
export const ux = ["UX-02", "UX-03", "UX-13", "UX-27"];

export async function parcours(t) {
  const page = await t.page({ role: "anct" });
  await ouvrir(t, page);
  await t.attendre(async () => (await nombre(page)) > 200, "le tableau est presque vide");
  await t.ecran(page, "tableau", "initial");
  await compteurs(t, page);
  await recherche(t, page);
  await filtres(t, page);
  await tri(t, page);
  await rapidite(t, page);
  await adresse(t, page);
  await colonnes(t, page);
  await aucunResultat(t, page);
}

const bouton = (page, groupe, nomDuBouton) =>
  page.getByRole("group", { name: groupe }).getByRole("button", { name: nomDuBouton });
const chercher = (page) => page.getByRole("searchbox", { name: /^Rechercher/ });
const compte = async (element) => Number((await element.locator("strong").innerText()).replace(/\D/g, ""));

/** Counters add up to the table, and each of them filters it. */
async function compteurs(t, page) {
  const total = await nombre(page);
  for (const groupe of ["Filtrer par étape", "Filtrer par verdict"]) {
    const boutons = await page.getByRole("group", { name: groupe }).getByRole("button").all();
    let somme = 0;
    for (const element of boutons) somme += await compte(element);
    t.egal(somme, total, `somme des compteurs « ${groupe} »`);
  }
  const bloquant = bouton(page, "Filtrer par verdict", /Bloquant/);
  const attendu = await compte(bloquant);
  await presser(bloquant);
  await nombreDeviendra(t, page, attendu);
  t.egal(await bloquant.getAttribute("aria-pressed"), "true", "état du compteur choisi");
  const verdicts = await cellules(page, "Verdict des règles");
  t.verifier(verdicts.length > 0 && verdicts.every((verdict) => verdict.endsWith("Bloquant")), `verdicts : ${verdicts}`);
  const recue = bouton(page, "Filtrer par étape", /Reçue/);
  const recues = await compte(recue);
  await presser(recue);
  await nombreDeviendra(t, page, recues);
  await t.attendre(() => recue.evaluate((element) => element === document.activeElement), "le compteur perd le focus");
  await t.ecran(page, "tableau", "compteurs-choisis");
  await page.goBack();
  await nombreDeviendra(t, page, attendu);
  await presser(page.getByRole("button", { name: "Tout effacer" }));
  await nombreDeviendra(t, page, total);
}

/** A name with accents is found without them. */
async function recherche(t, page) {
  const total = await nombre(page);
  await remplir(chercher(page), "helene");
  await t.attendre(async () => (await nombre(page)) < total, "la recherche ne réduit pas le tableau");
  await prete(t, page);
  const lignes = await toutes(t, page, { fields: "prenom", q: "hélène" });
  t.egal(await nombre(page), lignes.length, "la recherche sans accents et avec");
  t.verifier((await cellules(page, "Prénom du professionnel")).includes("Hélène"), "« helene » ne trouve pas Hélène");
  await remplir(chercher(page), "");
  await nombreDeviendra(t, page, total);
}

/** A filter of each kind: words, choice, dates. */
async function filtres(t, page) {
  const total = await nombre(page);
  const ouvrirFiltres = page.getByRole("button", { name: "Filtrer", exact: true });
  await presser(ouvrirFiltres);
  t.egal(await ouvrirFiltres.getAttribute("aria-expanded"), "true", "aria-expanded du bouton Filtrer");
  const formulaire = page.getByRole("form", { name: "Ajouter un filtre" });
  const appliquer = formulaire.getByRole("button", { name: "Ajouter ce filtre" });
  await t.ecran(page, "tableau", "filtre-ouvert");
  await presser(appliquer);
  await formulaire.getByText(/^Indiquez ce que vous cherchez/).waitFor();
  await t.ecran(page, "tableau", "filtre-vide-refuse");

  await remplir(formulaire.getByLabel("Valeur"), "saint");
  await presser(appliquer);
  await page.getByRole("button", { name: "Retirer le filtre « Ville contient « saint » »" }).waitFor();
  await t.attendre(async () => (await nombre(page)) < total, "le filtre ne réduit pas le tableau");
  await prete(t, page);
  const villes = await cellules(page, "Ville");
  t.verifier(villes.length > 0 && villes.every((ville) => /saint/i.test(ville)), `villes : ${villes}`);

  await opter(formulaire.getByLabel("Colonne"), "Choix de la formation");
  await cocher(formulaire.getByLabel("Aidants Connect"));
  await presser(appliquer);
  await page.getByRole("button", { name: /Retirer le filtre « Choix de la formation/ }).waitFor();
  await t.attendre(
    async () => (await cellules(page, "Choix de la formation")).every((formation) => formation === "Aidants Connect"),
    "le filtre par choix laisse passer autre chose",
  );

  await opter(formulaire.getByLabel("Colonne"), "Date de la demande");
  await dater(formulaire.getByLabel("Du", { exact: true }), "2025-12-01");
  await dater(formulaire.getByLabel("Au", { exact: true }), "2026-02-28");
  await presser(appliquer);
  await page.getByRole("button", { name: /Retirer le filtre « Date de la demande : du 01\/12\/2025 au 28\/02\/2026 »/ }).waitFor();
  await prete(t, page);
  const dates = (await cellules(page, "Date de la demande")).map((date) => date.split("/").reverse().join("-"));
  t.verifier(dates.every((date) => date >= "2025-12-01" && date <= "2026-02-28"), `dates : ${dates}`);
  await t.ecran(page, "tableau", "trois-filtres");
  await presser(page.getByRole("button", { name: /^Retirer le filtre « Ville/ }));
  await page.getByRole("button", { name: /^Retirer le filtre « Ville/ }).waitFor({ state: "detached" });
  await presser(page.getByRole("button", { name: "Tout effacer" }));
  await nombreDeviendra(t, page, total);
  await colonneCachee(t, page, formulaire);
  await presser(ouvrirFiltres);
}

/** As a search compares: neither accents, nor capitals, nor the shape of an apostrophe. */
const sansAccents = (texte) => texte.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();

/** A column that the table does not show filters it too. */
async function colonneCachee(t, page, formulaire) {
  const total = await nombre(page);
  t.egal(await grille(page).getByRole("button", { name: "Profession", exact: true }).count(), 0, "la profession est affichée");
  const professions = (await toutes(t, page, { fields: "profession" })).map(({ profession }) => profession ?? "");
  const mot = professions.find((profession) => profession !== "");
  const attendu = professions.filter((profession) => sansAccents(profession).includes(sansAccents(mot))).length;
  await opter(formulaire.getByLabel("Colonne"), "Profession");
  await remplir(formulaire.getByLabel("Valeur"), mot);
  await presser(formulaire.getByRole("button", { name: "Ajouter ce filtre" }));
  await nombreDeviendra(t, page, attendu);
  await presser(page.getByRole("button", { name: "Tout effacer" }));
  await nombreDeviendra(t, page, total);
}

/** A header sorts one way then the other, as the API does. */
async function tri(t, page) {
  const entete = grille(page).getByRole("columnheader").filter({ hasText: "Nom de la structure" });
  for (const [sens, sort] of [["ascending", "structure_nom"], ["descending", "-structure_nom"]]) {
    await versEntete(page, "Nom de la structure");
    await page.keyboard.press("Enter");
    await t.attendre(async () => (await entete.getAttribute("aria-sort")) === sens, `l'en-tête n'annonce pas le tri ${sens}`);
    const { corps } = await t.api(page, "GET", `/demandes?limit=5&fields=structure_nom&sort=${sort}`);
    const attendues = corps.items.map(({ structure_nom }) => structure_nom);
    await t.attendre(
      async () => JSON.stringify((await cellules(page, "Nom de la structure")).slice(0, 5)) === JSON.stringify(attendues),
      async () => `tri ${sort} : ${(await cellules(page, "Nom de la structure")).slice(0, 5)} au lieu de ${attendues}`,
    );
  }
}

/** A sort is there as soon as it is asked; `cargo xtask bench` measures the same on 100 000 rows. */
async function rapidite(t, page) {
  const durees = [];
  for (let fois = 0; fois < 3; fois += 1) {
    await versEntete(page, fois % 2 === 0 ? "Ville" : "Adresse e-mail");
    const [debut, avant] = [Date.now(), (await cellules(page, "Adresse e-mail")).join()];
    await page.keyboard.press("Enter");
    await t.attendre(async () => (await cellules(page, "Adresse e-mail")).join() !== avant, "le tri ne change pas les lignes");
    durees.push(Date.now() - debut);
  }
  t.verifier(Math.min(...durees) < 1_000, `le tri le plus rapide prend ${Math.min(...durees)} ms`);
}

/** Reloading, sharing and going back show the same thing. */
async function adresse(t, page) {
  await remplir(chercher(page), "mairie");
  await t.attendre(() => page.url().includes("q=mairie"), "l'adresse ne garde pas la recherche");
  await presser(bouton(page, "Filtrer par étape", /Reçue/));
  await t.attendre(() => page.url().includes("filtre="), "l'adresse ne garde pas le filtre");
  await prete(t, page);
  const [adresseAvant, nombreAvant] = [page.url(), await nombre(page)];
  const premieres = (await cellules(page, "Adresse e-mail")).slice(0, 5);
  await page.reload();
  await prete(t, page);
  await nombreDeviendra(t, page, nombreAvant);
  t.egal((await cellules(page, "Adresse e-mail")).slice(0, 5), premieres, "lignes après rechargement");
  t.egal(await page.getByRole("searchbox", { name: /^Rechercher/ }).inputValue(), "mairie", "recherche après rechargement");
  t.egal(await bouton(page, "Filtrer par étape", /Reçue/).getAttribute("aria-pressed"), "true", "filtre après rechargement");
  await versEntete(page, "Ville");
  await page.keyboard.press("Enter");
  await t.attendre(() => page.url() !== adresseAvant, "l'adresse ne garde pas le tri");
  await page.goBack();
  await t.attendre(() => page.url() === adresseAvant, "« précédent » ne rend pas l'adresse d'avant");
  await prete(t, page);
  t.egal((await cellules(page, "Adresse e-mail")).slice(0, 5), premieres, "lignes après « précédent »");
}

async function colonnes(t, page) {
  await presser(page.getByRole("button", { name: "Colonnes", exact: true }));
  const boite = page.getByRole("dialog", { name: "Colonnes" });
  await cocher(boite.getByLabel("Commentaire", { exact: true }));
  await t.ecran(page, "tableau", "choix-des-colonnes");
  await page.keyboard.press("Escape");
  await boite.waitFor({ state: "hidden" });
  await grille(page).getByRole("button", { name: "Commentaire" }).waitFor();
  await presser(page.getByRole("button", { name: "Colonnes", exact: true }));
  await presser(boite.getByRole("button", { name: "Revenir aux colonnes habituelles" }));
  await presser(boite.getByRole("button", { name: "Fermer" }));
  await grille(page).getByRole("button", { name: "Commentaire" }).waitFor({ state: "detached" });
}

async function aucunResultat(t, page) {
  await remplir(chercher(page), "zzzz introuvable");
  await page.getByRole("heading", { name: "Aucune demande ne correspond" }).waitFor();
  await t.ecran(page, "tableau", "aucun-resultat");
  await page.goto("/tableau?filtre=ville%20contient");
  await page.getByText(/^L’adresse de cette page contient un filtre/).waitFor();
  await prete(t, page);
  await t.ecran(page, "tableau", "adresse-incomprise");
}
