// Adding a demande by hand: refusals of the rules, then the demande on its own screen.
import { opter, presser, remplir } from "../outils/clavier.mjs";
import { champ } from "../outils/demande.mjs";
import { AMBERIEU, faux, motUnique, siret } from "../outils/jeu.mjs";
import { ouvrir } from "../outils/tableau.mjs";

export const nom = "Ajouter une demande à la main, au clavier";
export const ux = ["UX-24"];

export async function parcours(t) {
  const famille = motUnique("Ajout");
  const page = await t.page({ role: "recipiendaire" });
  await ouvrir(t, page);
  await presser(page.getByRole("link", { name: "Ajouter une demande" }));
  await t.arrivee(page, "Ajouter une demande");
  await t.ecran(page, "demande", "nouvelle-vide");
  const enregistrer = page.getByRole("button", { name: "Enregistrer" });
  await presser(enregistrer);
  const resume = page.locator("#resume-erreurs");
  t.verifier((await resume.getByRole("link").count()) >= 6, "les réponses obligatoires ne sont pas toutes réclamées");
  await enClair(t, page, resume);
  await t.ecran(page, "demande", "nouvelle-refusee");

  await remplir(champ(page, "Nom du professionnel"), famille);
  await remplir(champ(page, "Prénom du professionnel"), "Noé");
  await remplir(champ(page, "Adresse e-mail"), `noe.${famille.toLowerCase()}@amberieu-en-bugey.example`);
  await opter(champ(page, "Choix de la formation"), "Aidants Numériques");
  await remplir(champ(page, "Nom de la structure"), "Mairie d’Ambérieu-en-Bugey");
  const numero = siret(AMBERIEU, 7);
  await remplir(champ(page, "Numéro Siret"), faux(numero));
  await presser(enregistrer);
  await t.attendre(async () => (await resume.getByRole("link").count()) === 1, "le résumé ne garde pas que le SIRET faux");
  await remplir(champ(page, "Numéro Siret"), numero);
  await remplir(champ(page, "Code postal"), "01500");
  await presser(enregistrer);
  await t.arrivee(page, "Demande");
  await page.getByText("La demande est ajoutée au tableau.").waitFor();
  await page.getByRole("heading", { name: `Noé ${famille}` }).waitFor();
  await page.getByText("Ajoutée", { exact: true }).waitFor();
  await t.ecran(page, "demande", "ajoutee");
}

/** Each refusal is a French sentence that says what to do, at its field as in the summary, which leads there. */
async function enClair(t, page, resume) {
  t.egal(await page.evaluate(() => document.documentElement.lang), "fr", "langue de la page");
  for (const lien of await resume.getByRole("link").all()) {
    const phrase = (await lien.innerText()).trim();
    t.verifier(/[.?!»]$/.test(phrase) && /^[A-ZÀ-Ý]/.test(phrase) && !/[a-z]_[a-z]|undefined|null/.test(phrase), `ce n'est pas une phrase : ${phrase}`);
    await presser(lien);
    const auChamp = await page.evaluate(() => {
      const champ = document.activeElement;
      const dit = (champ.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.innerText ?? "");
      return { invalide: champ.getAttribute("aria-invalid"), dit: dit.join(" ") };
    });
    t.egal(auChamp.invalide, "true", `champ où mène « ${phrase} »`);
    t.verifier(auChamp.dit.trim().length > 10, `rien n'est dit au champ où mène « ${phrase} »`);
  }
}
