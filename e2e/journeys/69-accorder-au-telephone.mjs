// Granting a financing on a screen of 320 px, from the menu to the decision.
import { cocher, presser, remplir } from "../outils/clavier.mjs";
import { demande, motUnique } from "../outils/jeu.mjs";

export const nom = "Accorder un financement sur un écran de 320 px, du menu à la décision, au clavier";
export const ux = ["UX-23"];

const famille = motUnique("Telephone");

export async function parcours(t) {
  const page = await t.page({ role: "recipiendaire", largeur: 320, hauteur: 640 });
  const cree = await t.api(page, "POST", "/demandes", { corps: demande(famille) });
  t.egal(cree.statut, 201, "création d'une demande du parcours");
  await page.goto("/");
  await presser(page.getByRole("navigation", { name: "Menu principal" }).getByRole("link", { name: "Enveloppes" }));
  await t.arrivee(page, "Enveloppes");
  await presser(page.locator(`a[href="/administration/enveloppes/${cree.corps.enveloppe_id}"]`));
  await t.arrivee(page, "Enveloppe");
  await presser(page.getByRole("link", { name: "Décider des financements" }));
  await t.arrivee(page, "Financements à décider");
  await cocher(await trouver(t, page));
  await remplir(page.getByLabel("Motif"), "Vérifié par téléphone avec la mairie.");
  await presser(page.getByRole("button", { name: "Essayer sans rien décider" }));
  await page.locator("#bilan").getByText("Essai : 1 décidées").waitFor();
  await t.ecran(page, "financement", "essai");
  await presser(page.getByRole("button", { name: "Décider pour 1 demande" }));
  await page.locator("#bilan").getByText("Fait : 1 décidées").waitFor();
  await t.ecran(page, "financement", "fait");
  t.egal((await t.api(page, "GET", `/demandes/${cree.corps.id}`)).corps.decision_financement, "accorde", "décision");
}

/** The box of the demande, on whichever page of the list it is. */
async function trouver(t, page) {
  const case_ = page.getByRole("checkbox", { name: new RegExp(famille, "i") });
  const suite = page.getByRole("button", { name: "Afficher la suite" });
  await page.getByRole("checkbox").first().waitFor();
  for (let pages = 0; pages < 40 && (await case_.count()) === 0; pages += 1) {
    const avant = await page.getByRole("checkbox").count();
    await presser(suite);
    await t.attendre(async () => (await page.getByRole("checkbox").count()) > avant, "la suite ne vient pas");
  }
  return case_;
}
