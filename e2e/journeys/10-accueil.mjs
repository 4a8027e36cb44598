// Home and its three entries, skip links, unknown address, explanation of a problem, accessibility statement.
export const nom = "Arriver sur l'accueil, choisir selon son besoin, se perdre et revenir";

export async function parcours(t) {
  const page = await t.page();
  const reponse = await page.goto("/");
  // The application starts although no inline script may run.
  t.verifier(/script-src 'self' 'wasm-unsafe-eval';/.test(reponse.headers()["content-security-policy"]), "la politique de contenu admet un script en ligne");
  t.egal(await page.locator("script:not([src])").count(), 0, "scripts en ligne");
  await t.ecran(page, "accueil");
  await page.getByText("Instance de démonstration").waitFor();

  await liensDEvitement(t, page);
  await entrees(t, page);
  await pied(t, page);
  await perdu(t, page);
}

async function liensDEvitement(t, page) {
  await page.keyboard.press("Tab");
  const lien = page.getByRole("link", { name: "Aller au contenu" });
  t.verifier(await lien.evaluate((element) => element === document.activeElement), "Tab n'atteint pas « Aller au contenu » d'abord");
  t.verifier(await lien.evaluate((element) => element.getBoundingClientRect().top >= 0), "le lien d'évitement reste caché");
  await t.ecran(page, "accueil", "evitement");
  await lien.focus();
  await page.keyboard.press("Enter");
  t.egal(await page.evaluate(() => document.activeElement.tagName), "MAIN", "l'élément atteint par le lien d'évitement");
}

async function entrees(t, page) {
  const contenu = page.getByRole("main");
  t.egal(await contenu.getByRole("heading", { level: 3 }).count(), 3, "nombre d'entrées");
  const api = contenu.getByRole("link", { name: "Lire la documentation de l’API" });
  t.egal(await api.getAttribute("href"), "/api/docs", "adresse de la documentation");

  await contenu.getByRole("link", { name: "Déposer une candidature" }).click();
  await t.arrivee(page, "Déposer une candidature");
  t.egal(await page.getByRole("link", { name: "Déposer une candidature" }).getAttribute("aria-current"), "page", "page courante du menu");
  await page.goBack();
  await t.arrivee(page, "Former vos agents à l’accompagnement numérique");

  // The table asks to sign in first.
  t.tolerer(/^réponse 401 : GET \/api\/v1\/session$/);
  await contenu.getByRole("link", { name: "Ouvrir le tableau de gestion" }).click();
  await t.arrivee(page, "Se connecter");
  await page.getByText("Connectez-vous pour ouvrir la page demandée.").waitFor();
  await t.ecran(page, "tableau", "refuse");
  await t.ecran(page, "connexion", "avant-le-tableau");
}

async function pied(t, page) {
  await page.getByRole("contentinfo").getByRole("link", { name: /^Accessibilité/ }).click();
  await t.arrivee(page, "Déclaration d’accessibilité");
  await t.ecran(page, "accessibilite");
  await page.goto("/problemes/version-perimee");
  await page.getByText("version-perimee").waitFor();
  await t.ecran(page, "probleme");
}

async function perdu(t, page) {
  t.tolerer(/^réponse 404 : GET \/nulle/);
  await page.goto("/nulle/part");
  await page.getByRole("heading", { level: 1, name: "Page introuvable" }).waitFor();
  await t.ecran(page, "introuvable");
  await page.getByRole("main").getByRole("link", { name: "Retour à l’accueil" }).click();
  await t.arrivee(page, "Former vos agents à l’accompagnement numérique");
}
