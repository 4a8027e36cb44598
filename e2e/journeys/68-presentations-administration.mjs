// The screens of the national administration as people have them shown: see 67.
import { demande, motUnique } from "../outils/jeu.mjs";
import { regarderPartout } from "../outils/presentation.mjs";

export const nom = "Lire les écrans d'administration et de pilotage en sombre, en couleurs forcées, agrandis jusqu'à 400 %, au clavier";
export const ux = ["UX-22", "UX-23"];

export async function parcours(t) {
  const gestion = await t.page({ role: "recipiendaire" });
  const cree = await t.api(gestion, "POST", "/demandes", { corps: demande(motUnique("Presente")) });
  t.egal(cree.statut, 201, "création d'une demande du parcours");
  const page = await t.page({ role: "anct" });
  const { corps: comptes } = await t.api(page, "GET", "/comptes");
  const attendu = (texte) => () => page.getByText(texte).first().waitFor();
  const ecrans = [
    ["enveloppes", "/administration/enveloppes", attendu("engagés sur")],
    ["lots", "/administration/eligibilite", attendu("Prochain lot :")],
    ["habilites", "/administration/habilites"],
    ["modeles", "/administration/courriels", attendu("Votre formation est financée")],
    ["pilotage", "/pilotage", attendu("L’essentiel")],
    ["pilotage-departement", "/pilotage/departements/01", attendu("L’essentiel")],
    ["pilotage-enveloppe", `/pilotage/enveloppes/${cree.corps.enveloppe_id}`, attendu("L’essentiel")],
    ["comptes", "/administration/comptes", () => page.getByRole("link", { name: comptes.items[0].nom }).first().waitFor()],
    ["compte", `/administration/comptes/${comptes.items[0].id}`],
    ["textes", "/administration/textes"],
    ["journal", "/administration/journal", () => page.locator(".pa-entrees > li").first().waitFor()],
    ["courriels", "/demonstration/courriels"],
  ];
  for (const ecran of ecrans) await regarderPartout(t, page, ecran);
}
