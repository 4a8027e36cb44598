// Groups of a column, a mail to the people of the table shown before it leaves, and the history of one column.
import { atteindre, opter, presser, remplir } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { cellules, coller, grille, nombre, nombreDeviendra, ouvrir, place, versCellule, versEntete } from "../outils/tableau.mjs";

export const nom = "Grouper le tableau par une colonne, écrire aux personnes après avoir relu, lire l'historique d'une colonne, au clavier";
export const ux = ["UX-08", "UX-10"];

const famille = motUnique("Groupe");

export async function parcours(t) {
  t.tolerer(/^réponse 422 : POST \/api\/v1\/demandes\/courriels/);
  const page = await t.page({ role: "recipiendaire" });
  const ids = [];
  for (const [prenom, cohorte] of [["Ana", "Printemps"], ["Lea", "Printemps"], ["Mia", "Automne"]]) {
    const corps = demande(famille, { prenom, cohorte, email: `${prenom.toLowerCase()}.${famille.toLowerCase()}@amberieu-en-bugey.example` });
    const cree = await t.api(page, "POST", "/demandes", { corps });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
    ids.push(cree.corps.id);
  }
  await ouvrir(t, page, `?q=${famille}`);
  await nombreDeviendra(t, page, 3);
  await ecrire(t, page);
  await grouper(t, page);
  await historique(t, page, ids[0]);
}

async function ecrire(t, page) {
  await atteindre(page, /^Écrire aux personnes$/);
  await page.keyboard.press("Enter");
  const boite = page.getByRole("dialog", { name: "Écrire aux personnes de ces demandes" });
  await boite.getByText("Un courriel parti ne se rappelle pas", { exact: false }).waitFor();
  await remplir(boite.getByLabel("Objet"), "Votre formation {formation}");
  await remplir(boite.getByLabel(/^Message/), "Bonjour {prenom},\n\nÀ bientôt {surnom}.");
  await presser(boite.getByRole("button", { name: "Voir avant d’envoyer" }));
  await boite.locator("#message-texte-messages").getByText(/n’est pas une des mentions/).waitFor();
  await t.ecran(page, "tableau", "message-refuse");
  await remplir(boite.getByLabel(/^Message/), "Bonjour {prenom},\n\nÀ bientôt.");
  await presser(boite.getByRole("button", { name: "Voir avant d’envoyer" }));
  await boite.getByText(/^3 personnes le recevraient/).waitFor();
  await boite.getByText("Votre formation Aidants Numériques").waitFor();
  await t.ecran(page, "tableau", "message-relu");
  await presser(boite.getByRole("button", { name: "Envoyer", exact: true }));
  await page.getByText("Le courriel part vers 3 personnes.").waitFor();
  await boite.waitFor({ state: "hidden" });
  const { items } = await page.evaluate(async () => (await fetch("/api/v1/demonstration/courriels")).json());
  const partis = items.filter((un) => un.modele === "message" && un.a.includes(famille.toLowerCase()));
  t.egal(partis.length, 3, "courriels partis");
  t.verifier(partis.some((un) => un.texte.startsWith("Bonjour Ana,")), "le prénom n'est pas remplacé");
}

async function grouper(t, page) {
  await presser(page.getByRole("button", { name: "Grouper", exact: true }));
  const boite = page.getByRole("dialog", { name: "Grouper" });
  await opter(boite.getByLabel("Grouper par"), "cohorte");
  await t.ecran(page, "tableau", "groupes");
  await page.keyboard.press("Escape");
  await boite.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Groupées par : Cohorte" }).waitFor();
  const lignes = async () => (await cellules(page, "Prénom du professionnel")).filter((texte) => texte !== "");
  const titres = () => grille(page).locator("[aria-expanded]").allInnerTexts();
  await t.attendre(async () => (await titres()).length === 2, "les groupes ne viennent pas");
  t.egal((await titres()).join(" | "), "Automne : 1 demande | Printemps : 2 demandes", "titres des groupes");
  t.egal((await lignes()).join(), "Mia,Ana,Lea", "lignes rangées par groupe");
  t.egal(await nombre(page), 3, "demandes comptées");
  await t.ecran(page, "tableau", "groupe-par-cohorte");
  await collerParDessusUnTitre(t, page);
  // The first group closes and opens from the keyboard, and the arrows go over it in the same column.
  const premier = grille(page).locator("[aria-expanded]").first();
  await versEntete(page, 0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await t.attendre(async () => (await lignes()).join() === "Ana,Lea", "le groupe ne se ferme pas");
  t.egal(await premier.getAttribute("aria-expanded"), "false", "groupe fermé");
  t.egal(await grille(page).getAttribute("aria-rowcount"), "5", "deux titres, deux lignes et l'en-tête");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  const arrive = (voulue) => t.attendre(async () => (await place(page))?.join() === voulue, `le focus n'arrive pas en ${voulue}`);
  await arrive("4,2");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await arrive("2,1");
  await page.keyboard.press("Space");
  await t.attendre(async () => (await lignes()).join() === "Mia,Ana,Lea", "le groupe ne se rouvre pas");
  await page.keyboard.press("ArrowDown");
  await arrive("3,2");
  await page.reload();
  await t.attendre(async () => (await titres()).length === 2, "l'adresse ne garde pas les groupes");
  await presser(page.getByRole("button", { name: "Groupées par : Cohorte" }));
  await opter(boite.getByLabel("Grouper par"), "");
  await page.keyboard.press("Escape");
  await t.attendre(async () => (await titres()).length === 0, "les lignes restent groupées");
}

/** Pasted rows go past the heading of a group: the first on Mia, the two others under the next heading. */
async function collerParDessusUnTitre(t, page) {
  await versCellule(page, 1, "Ville");
  await coller(page, { "text/plain": "Gex\nBron\nLyon" });
  const boite = page.getByRole("dialog", { name: "Coller des cellules" });
  await boite.getByText("3 cellules changent.").waitFor();
  await presser(boite.getByRole("button", { name: "Coller", exact: true }));
  await boite.waitFor({ state: "hidden" });
  const villes = async () => (await cellules(page, "Ville")).filter((texte) => texte !== "").join();
  await t.attendre(async () => (await villes()) === "Gex,Bron,Lyon", async () => `villes collées : ${await villes()}`);
  await presser(page.locator(".pa-toast").getByRole("button", { name: "Annuler" }));
  await page.getByText("Annulé : 3 lignes.").waitFor();
}

async function historique(t, page, id) {
  const lue = await t.api(page, "GET", `/demandes/${id}`);
  const modifiee = await t.api(page, "PATCH", `/demandes/${id}`, { corps: { cohorte: "Été" }, entetes: { "if-match": lue.etag } });
  t.egal(modifiee.statut, 200, "modification");
  await page.goto(`/demandes/${id}`);
  const histoire = page.locator(".demande__histoire");
  await histoire.getByText("Courriel envoyé à la personne").waitFor();
  await opter(page.getByLabel("Seulement les changements de"), "cohorte");
  await histoire.getByText("Courriel envoyé à la personne").waitFor({ state: "detached" });
  await histoire.getByText(/Été/).waitFor();
  await t.ecran(page, "demande", "histoire-colonne");
}
