// Going on in a list: the last page takes its button away, and the focus goes to the first line that it brought, told.
import { presser, remplir } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";

export const nom = "Afficher la suite d'une liste jusqu'à son bout sans perdre sa place, au clavier";
export const ux = ["UX-10", "UX-22"];

const famille = motUnique("Suite");
/** With the creation, one more than a page. */
const CHANGEMENTS = 20;

export async function parcours(t) {
  const page = await t.page({ role: "anct" });
  const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille) });
  t.egal(cree.statut, 201, "création d'une demande du parcours");
  const { id } = cree.corps;
  for (let version = 1; version <= CHANGEMENTS; version += 1) {
    const corps = { profession: `Agente ${version}` };
    const { statut } = await t.api(page, "PATCH", `/demandes/${id}`, { corps, entetes: { "if-match": `"${version}"` } });
    t.egal(statut, 200, "modification d'une demande du parcours");
  }
  await page.goto(`/demandes/${id}`);
  await suite(t, page, page.locator("#histoire > li"), "Afficher les changements plus anciens");
  await t.ecran(page, "demande", "histoire-entiere");

  await page.goto("/administration/journal");
  await remplir(page.getByLabel("Identifiant de l’objet"), id);
  await presser(page.getByRole("button", { name: "Chercher" }));
  const lignes = page.locator("#lignes > li");
  await t.attendre(async () => (await lignes.allInnerTexts()).every((texte) => texte.includes("Demande")), "d'autres entrées que celles de la demande");
  await suite(t, page, lignes, "Afficher la suite");
  await t.ecran(page, "journal", "suite");
}

async function suite(t, page, lignes, mots) {
  const bouton = page.getByRole("button", { name: mots });
  await t.attendre(async () => (await lignes.count()) === CHANGEMENTS, async () => `${await lignes.count()} lignes au lieu de ${CHANGEMENTS}`);
  await presser(bouton);
  await t.attendre(async () => (await lignes.count()) === CHANGEMENTS + 1, "la suite ne vient pas");
  await bouton.waitFor({ state: "detached" });
  const nouvelle = lignes.nth(CHANGEMENTS);
  await t.attendre(() => nouvelle.evaluate((ligne) => ligne === document.activeElement), "le focus n'est pas à la première ligne de la suite");
  await page.locator("#annonces").getByText("1 ligne de plus. La liste est entière.").waitFor({ state: "attached" });
}
