// Two browsers type in the same rows at random for a while: at the end both show what a fresh read says, and the history of each cell
// is one chain that holds every edit that was acknowledged: none was lost, none went over another one unseen.
import { demande, motUnique } from "../outils/jeu.mjs";
import { cellules, nombreDeviendra, ouvrir, saisir } from "../outils/tableau.mjs";

export const nom = "Deux navigateurs modifient les mêmes lignes au hasard : aucune modification acceptée n'est perdue";

const DUREE = 20_000;
const NOMBRE = 5;
const COLONNES = { ville: "Ville", cohorte: "Cohorte", profession: "Profession" };
const famille = motUnique("Ensemble");

/** Numbers that look drawn at random, the same at each run. */
function hasard(graine) {
  let etat = graine;
  return (borne) => {
    etat = (etat * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((etat / 2 ** 32) * borne);
  };
}

export async function parcours(t) {
  const [une, autre] = [await t.page({ role: "recipiendaire" }), await t.page({ role: "anct" })];
  const ids = [];
  for (const suffixe of "abcde".slice(0, NOMBRE)) {
    const cree = await t.api(une, "POST", "/demandes", { corps: demande(famille + suffixe, { cohorte: "départ" }) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
    ids.push(cree.corps.id);
  }
  const acceptees = [];
  for (const page of [une, autre]) {
    noter(page, acceptees);
    await ouvrir(t, page, `?q=${famille}&tri=nom&colonnes=nom,prenom,${Object.keys(COLONNES).join(",")}`);
    await nombreDeviendra(t, page, NOMBRE);
  }
  await Promise.all([modifier(une, "Un", hasard(1)), modifier(autre, "Deux", hasard(2))]);
  await conclure(t, une);
  await conclure(t, autre);
  await memesValeurs(t, [une, autre], ids);
  t.verifier(acceptees.length >= 20, `${acceptees.length} modifications acceptées seulement`);
  await chaines(t, une, ids, acceptees);
  await t.ecran(une, "tableau", "edite-ensemble");
}

/** Notes each value that the server says it has written. */
function noter(page, acceptees) {
  page.on("response", async (reponse) => {
    if (reponse.request().method() !== "POST" || !reponse.url().endsWith("/demandes:batch") || reponse.status() !== 200) return;
    const { operations } = reponse.request().postDataJSON();
    const { resultats } = await reponse.json();
    for (const [rang, resultat] of resultats.entries()) {
      if (resultat.issue !== "faite") continue;
      for (const [colonne, valeur] of Object.entries(operations[rang].valeurs)) acceptees.push([operations[rang].id, colonne, valeur]);
    }
  });
}

const avis = (page) => page.getByRole("region", { name: "Saisies à revoir" });

async function modifier(page, marque, tirer) {
  const fin = Date.now() + DUREE;
  for (let tour = 0; Date.now() < fin; tour += 1) {
    const titres = Object.values(COLONNES);
    await saisir(page, tirer(NOMBRE), titres[tirer(titres.length)], `${marque} ${tour}`);
    if (tirer(3) === 0) await trancher(page, tirer(2) === 0);
    await page.waitForTimeout(50 + tirer(200));
  }
}

/** Ends the first conflict, if there is one. */
async function trancher(page, mienne) {
  const bouton = avis(page).getByRole("button", { name: mienne ? "Garder ma saisie" : "Prendre l’autre valeur" }).first();
  // It may go at any moment: the other browser changes the same row.
  if ((await bouton.count()) > 0) await bouton.click({ timeout: 1_000 }).catch(() => {});
}

/** Nothing waits nor asks for anything any more. */
async function conclure(t, page) {
  await t.attendre(async () => {
    await trancher(page, false);
    return (await avis(page).count()) === 0 && (await page.locator(".tableau__attente").innerText()) === "";
  }, "des saisies attendent encore");
}

async function memesValeurs(t, pages, ids) {
  const lues = await Promise.all(ids.map(async (id) => (await t.api(pages[0], "GET", `/demandes/${id}`)).corps));
  for (const page of pages) {
    for (const [colonne, titre] of Object.entries(COLONNES)) {
      const attendues = JSON.stringify(lues.map((lue) => lue[colonne] ?? ""));
      await t.attendre(
        async () => JSON.stringify(await cellules(page, titre)) === attendues,
        async () => `${titre} : ${JSON.stringify(await cellules(page, titre))} à l'écran, ${attendues} sur le serveur`,
      );
    }
  }
}

/** Every change of a demande, oldest first. */
async function histoire(t, page, id) {
  const entrees = [];
  let cursor = "";
  do {
    const suite = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
    const { statut, corps } = await t.api(page, "GET", `/demandes/${id}/historique${suite}`);
    t.egal(statut, 200, "lecture de l'historique");
    entrees.push(...corps.items);
    cursor = corps.next;
  } while (cursor);
  return entrees.reverse().flatMap(({ changements }) => changements);
}

async function chaines(t, page, ids, acceptees) {
  for (const id of ids) {
    const changements = await histoire(t, page, id);
    for (const colonne of Object.keys(COLONNES)) {
      const suite = changements.filter((changement) => changement.colonne === colonne);
      for (const [rang, changement] of suite.entries()) {
        if (rang > 0) t.egal(changement.avant, suite[rang - 1].apres, `${colonne} : ce qu'une modification a remplacé`);
      }
      const ecrites = suite.map(({ apres }) => apres);
      for (const [cle, nomDeColonne, valeur] of acceptees.filter(([cle, autre]) => cle === id && autre === colonne)) {
        t.verifier(ecrites.includes(valeur), `${cle}, ${nomDeColonne} : « ${valeur} » acceptée et absente de l'historique`);
      }
    }
  }
}
