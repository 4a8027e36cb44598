// Adding a demande by hand: refusals of the rules, then the demande on its own screen.
import { champ } from "../outils/demande.mjs";
import { AMBERIEU, faux, motUnique, siret } from "../outils/jeu.mjs";
import { ouvrir } from "../outils/tableau.mjs";

export const nom = "Ajouter une demande à la main";

export async function parcours(t) {
  const famille = motUnique("Ajout");
  const page = await t.page({ role: "recipiendaire" });
  await ouvrir(t, page);
  await page.getByRole("link", { name: "Ajouter une demande" }).click();
  await t.arrivee(page, "Ajouter une demande");
  await t.ecran(page, "demande", "nouvelle-vide");
  const enregistrer = page.getByRole("button", { name: "Enregistrer" });
  await enregistrer.click();
  const resume = page.locator("#resume-erreurs");
  t.verifier((await resume.getByRole("link").count()) >= 6, "les réponses obligatoires ne sont pas toutes réclamées");
  await t.ecran(page, "demande", "nouvelle-refusee");

  await champ(page, "Nom du professionnel").fill(famille);
  await champ(page, "Prénom du professionnel").fill("Noé");
  await champ(page, "Adresse e-mail").fill(`noe.${famille.toLowerCase()}@amberieu-en-bugey.example`);
  await champ(page, "Choix de la formation").selectOption({ label: "Aidants Numériques" });
  await champ(page, "Nom de la structure").fill("Mairie d’Ambérieu-en-Bugey");
  const numero = siret(AMBERIEU, 7);
  await champ(page, "Numéro Siret").fill(faux(numero));
  await enregistrer.click();
  await t.attendre(async () => (await resume.getByRole("link").count()) === 1, "le résumé ne garde pas que le SIRET faux");
  await champ(page, "Numéro Siret").fill(numero);
  await champ(page, "Code postal").fill("01500");
  await enregistrer.click();
  await t.arrivee(page, "Demande");
  await page.getByText("La demande est ajoutée au tableau.").waitFor();
  await page.getByRole("heading", { name: `Noé ${famille}` }).waitFor();
  await page.getByText("Ajoutée", { exact: true }).waitFor();
  await t.ecran(page, "demande", "ajoutee");
}
