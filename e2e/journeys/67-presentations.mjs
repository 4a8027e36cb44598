// The screens of a récipiendaire, and those of everybody, as people have them shown: dark, forced colours, movements, large zooms, three widths. In each, axe, no page wider than
// the window, and a focus that Tab leads nowhere unseen.
import { presser } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";
import { regarderPartout } from "../outils/presentation.mjs";
import { prete } from "../outils/tableau.mjs";

export const nom = "Lire les écrans de gestion en sombre, en couleurs forcées, agrandis jusqu'à 400 %, sur trois largeurs, au clavier";
export const ux = ["UX-22", "UX-23"];

const famille = motUnique("Presente");

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire" });
  const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille) });
  t.egal(cree.statut, 201, "création d'une demande du parcours");
  const { id, enveloppe_id: enveloppe } = cree.corps;
  const ecrans = [
    ["accueil", "/"],
    ["candidature", "/candidature"],
    ["tableau", "/tableau", () => prete(t, page)],
    ["tableau-colonnes", "/tableau", () => colonnes(t, page)],
    ["tableau-panneau", `/tableau?q=${famille}&demande=${id}`, () => panneau(t, page)],
    ["demande", `/demandes/${id}`, () => page.getByRole("heading", { name: "Historique" }).waitFor()],
    ["imports", "/imports"],
    ["enveloppe", `/administration/enveloppes/${enveloppe}`, () => page.getByText("engagés sur").waitFor()],
    ["financement", `/administration/enveloppes/${enveloppe}/financement`, () => page.getByText("Décider des financements").or(page.getByRole("checkbox").first()).first().waitFor()],
    ["mon-compte", "/mon-compte"],
    ["avis", "/avis", () => page.locator("#avis-mention").waitFor()],
    ["liens", "/administration/liens"],
    ["clients-api", "/administration/clients-api"],
  ];
  for (const ecran of ecrans) await regarderPartout(t, page, ecran);
  const sansCompte = await t.page();
  for (const ecran of [["connexion", "/connexion"], ["premier-acces", "/premier-acces"], ["accessibilite", "/accessibilite"]]) {
    await regarderPartout(t, sansCompte, ecran);
  }
}

async function colonnes(t, page) {
  await prete(t, page);
  await presser(page.getByRole("button", { name: "Colonnes", exact: true }));
  await page.getByRole("dialog", { name: "Colonnes" }).waitFor();
}

async function panneau(t, page) {
  await prete(t, page);
  await page.getByRole("complementary", { name: "Détail de la demande" }).getByRole("heading", { name: `Angèle ${famille}` }).waitFor();
}
