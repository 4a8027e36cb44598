// Thirty seconds without network in the middle of editing, and the page loaded again on return: everything that was typed or pasted
// meanwhile reaches the server, and what somebody else has changed in the same cell is shown beside it.
import { presser } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { coller, nombreDeviendra, ouvrir, saisir, versCellule } from "../outils/tableau.mjs";

export const nom = "Saisir et coller pendant 30 secondes sans réseau, recharger la page au retour : rien n'est perdu, au clavier";
export const ux = ["UX-28"];

const COUPURE = 30_000;
const famille = motUnique("Coupure");

export async function parcours(t) {
  t.tolerer(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_ABORTED|net::|requête sans réponse/);
  const page = await t.page({ role: "recipiendaire" });
  const ids = [];
  for (const suffixe of "abcd") {
    const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille + suffixe) });
    t.egal(cree.statut, 201, "création d'une demande du parcours");
    ids.push(cree.corps.id);
  }
  await ouvrir(t, page, `?q=${famille}&tri=nom&colonnes=nom,prenom,ville,cohorte,profession`);
  await nombreDeviendra(t, page, ids.length);
  const autre = await t.page({ role: "anct" });
  const changer = async (id, corps) => {
    const lue = await t.api(autre, "GET", `/demandes/${id}`);
    const { statut } = await t.api(autre, "PATCH", `/demandes/${id}`, { corps, entetes: { "if-match": lue.etag } });
    t.egal(statut, 200, "modification par quelqu'un d'autre");
  };

  await page.context().setOffline(true);
  const retour = Date.now() + COUPURE;
  await saisir(page, 0, "Ville", "Gex");
  await page.getByText("Pas de liaison avec le serveur", { exact: false }).waitFor();
  await saisir(page, 1, "Profession", "Médiatrice");
  await saisir(page, 2, "Cohorte", "Automne");
  await versCellule(page, 2, "Ville");
  await coller(page, { "text/plain": "Belley\r\nNantua\r\n" });
  const boite = page.getByRole("dialog", { name: "Coller des cellules" });
  await boite.getByText("2 cellules changent.").waitFor();
  await presser(boite.getByRole("button", { name: "Coller", exact: true }));
  await boite.waitFor({ state: "hidden" });
  // The same cell as above, and another cell of a row that is typed in.
  await changer(ids[0], { ville: "Dole" });
  await changer(ids[1], { cohorte: "Hiver" });
  await page.waitForTimeout(Math.max(0, retour - Date.now()));
  await page.context().setOffline(false);
  await page.reload();

  const lire = async () => Promise.all(ids.map(async (id) => (await t.api(autre, "GET", `/demandes/${id}`)).corps));
  const attendre = async (attendues) => {
    const lues = async () => (await lire()).map(({ ville, cohorte, profession }) => [ville, cohorte, profession].join("/"));
    await t.attendre(
      async () => JSON.stringify(await lues()) === JSON.stringify(attendues),
      async () => `${JSON.stringify(await lues())} au lieu de ${JSON.stringify(attendues)}`,
    );
  };
  const agente = "Agente d’accueil";
  const autres = ["Ambérieu-en-Bugey/Hiver/Médiatrice", `Belley/Automne/${agente}`, `Nantua//${agente}`];
  await attendre([`Dole//${agente}`, ...autres]);
  const avis = page.getByRole("region", { name: "Saisies à revoir" });
  await avis.getByText("vous avez saisi « Gex » ; quelqu’un vient d’enregistrer « Dole »").waitFor();
  await t.ecran(page, "tableau", "retour-de-coupure");
  await presser(avis.getByRole("button", { name: "Garder ma saisie" }));
  await attendre([`Gex//${agente}`, ...autres]);
  await avis.waitFor({ state: "detached" });
}
