// Filling the candidature form with the mouse and the keyboard, for the journeys that are not about the keyboard.

export const REFERENT = /Le référent/;

/** The section of the n-th professional (from 1). */
export const professionnel = (page, rang) => page.getByRole("region", { name: new RegExp(`^Professionnel ${rang}\\b`) });

/** Fills in the structure. */
export async function remplirStructure(page, structure) {
  await page.getByLabel("Nom de la structure").fill(structure.nom);
  await page.getByLabel("Type de structure").selectOption({ label: structure.type });
  await page.getByRole("radiogroup", { name: /label France Services/ }).getByText(structure.label, { exact: true }).click();
  await page.getByLabel("Numéro SIRET").fill(structure.siret);
  await page.getByLabel(/^Adresse e-mail de contact/).fill(structure.email);
  await page.locator("#structure-adresse").fill(structure.adresse);
  await page.getByLabel(/^Code postal/).fill(structure.codePostal);
  await page.locator("select#structure-ville").selectOption({ label: structure.commune });
}

/** Fills in the n-th professional (from 1). */
export async function remplirProfessionnel(page, rang, personne) {
  const section = professionnel(page, rang);
  await section.getByLabel("Nom", { exact: true }).fill(personne.nom);
  await section.getByLabel("Prénom", { exact: true }).fill(personne.prenom);
  await section.getByLabel(/^Adresse e-mail/).fill(personne.email);
  await section.getByLabel("Profession", { exact: true }).fill(personne.profession);
  for (const formation of personne.formations) await section.getByLabel(formation, { exact: true }).check({ force: true });
}

/** A structure of the Ain. */
export const structure = (siret) => ({
  nom: "CCAS d’Ambérieu-en-Bugey",
  type: "CCAS",
  label: "Non",
  siret,
  email: "contact@ccas-amberieu.example",
  adresse: "6 rue de la Mairie",
  codePostal: "01500",
  commune: "Ambérieu-en-Bugey",
});
