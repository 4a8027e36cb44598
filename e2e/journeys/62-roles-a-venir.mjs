// The roles whose screens are still to come sign in, see what everybody sees, and open nothing of the others.
export const nom = "Les rôles sans écran à eux se connectent et n'ouvrent que les pages publiques";

const ROLES = ["demandeur", "organisme", "formateur", "referent", "co_referent", "aidant"];
const PUBLICS = [
  ["accueil", "/"],
  ["candidature", "/candidature"],
  ["candidature-envoyee", "/candidature/envoyee"],
  ["connexion", "/connexion"],
  ["connexion-lien", "/connexion/lien"],
  ["premier-acces", "/premier-acces"],
  ["accessibilite", "/accessibilite"],
  ["probleme", "/problemes/version-perimee"],
];
const PROTEGES = [
  ["tableau", "/tableau"],
  ["demande", "/demandes/inconnue"],
  ["imports", "/imports"],
  ["import", "/imports/inconnu"],
  ["habilites", "/administration/habilites"],
  ["modeles", "/administration/courriels"],
  ["enveloppes", "/administration/enveloppes"],
  ["enveloppe", "/administration/enveloppes/inconnue"],
  ["financement", "/administration/enveloppes/inconnue/financement"],
  ["lots", "/administration/eligibilite"],
  ["lot", "/administration/eligibilite/inconnu"],
  ["pilotage", "/pilotage"],
  ["pilotage-departement", "/pilotage/departements/01"],
  ["pilotage-enveloppe", "/pilotage/enveloppes/inconnue"],
];

export async function parcours(t) {
  for (const role of ROLES) {
    const page = await t.page({ role });
    for (const [ecran, adresse] of PUBLICS) {
      await page.goto(adresse);
      await page.locator("h1").first().waitFor();
      await t.ecran(page, ecran);
    }
    for (const [ecran, adresse] of PROTEGES) {
      await page.goto(adresse);
      await page.getByRole("heading", { level: 1, name: "Accès refusé" }).waitFor();
      await t.ecran(page, ecran, "refuse");
    }
    t.egal(await page.getByRole("navigation").getByRole("link", { name: "Tableau de gestion" }).count(), 0, `menu de ${role}`);
  }
}
