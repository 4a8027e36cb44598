// The service is slow, gone, or fails: each screen says so and lets the person try again.
import { demande, motUnique } from "../outils/jeu.mjs";
import { grille, nombre, ouvrir, prete } from "../outils/tableau.mjs";

export const nom = "Le service est lent, absent ou en panne : chaque écran le dit et permet de réessayer";

export async function parcours(t) {
  t.tolerer(/^réponse 503 : GET /);
  t.tolerer(/^requête sans réponse : /);
  const page = await t.page({ role: "recipiendaire" });
  await lenteur(t, page);
  await panne(t, page);
  await horsLigne(t, page);
  await sessionIllisible(t, page);
}

const PROBLEME = {
  status: 503,
  contentType: "application/problem+json",
  body: JSON.stringify({
    type: "/problemes/indisponible",
    title: "Service indisponible",
    status: 503,
    code: "indisponible",
    detail: "Le service est momentanément indisponible. Réessayez dans un instant.",
    instance: "01900000-0000-7000-8000-000000000001",
  }),
};

/** While the first rows are awaited, the table shows that it is loading. */
async function lenteur(t, page) {
  let liberer;
  const attente = new Promise((suite) => { liberer = suite; });
  await page.route("**/api/v1/demandes?*", async (route) => {
    await attente;
    await route.continue();
  });
  await page.goto("/tableau");
  await grille(page).waitFor();
  t.egal(await grille(page).getAttribute("aria-busy"), "true", "aria-busy pendant le chargement");
  await t.ecran(page, "tableau", "chargement");
  liberer();
  await prete(t, page);
  await page.unroute("**/api/v1/demandes?*");
}

async function panne(t, page) {
  const chemin = "**/api/v1/demandes?*";
  let derniere = Date.now();
  await page.route(chemin, (route) => {
    derniere = Date.now();
    return route.fulfill(PROBLEME);
  });
  await page.goto("/tableau");
  const alerte = page.getByRole("alert");
  await alerte.getByText(/momentanément indisponible/).waitFor();
  await alerte.getByText(/01900000-0000-7000-8000-000000000001/).waitFor();
  await t.ecran(page, "tableau", "panne");
  // The window that was resized for the picture asks again for the rows in sight: in vain too, and not once the service is back.
  await t.attendre(() => Date.now() - derniere > 500, "le tableau redemande sans fin");
  await page.unroute(chemin);
  await page.getByRole("button", { name: "Réessayer" }).click();
  await prete(t, page);
  t.verifier((await nombre(page)) > 0, "« Réessayer » ne rend pas le tableau");
}

/** Without network, what is read stays; what is asked says why it does not come. */
async function horsLigne(t, page) {
  const famille = motUnique("Panne");
  const { corps } = await t.api(page, "POST", "/demandes", { corps: demande(famille) });
  await ouvrir(t, page, `?q=${famille}`);
  await page.context().setOffline(true);
  await page.getByText(/^Vous êtes hors ligne/).waitFor();
  await grille(page).getByText(famille, { exact: true }).click();
  const panneau = page.getByRole("complementary", { name: "Détail de la demande" });
  await panneau.getByText(/ne répond pas/).waitFor();
  await t.ecran(page, "tableau", "hors-ligne");
  await page.context().setOffline(false);
  await panneau.getByRole("button", { name: "Réessayer" }).click();
  await panneau.getByRole("heading", { name: `Angèle ${famille}` }).waitFor();
  await page.route("**/api/v1/demandes/*", (route) => route.fulfill(PROBLEME));
  await page.goto(`/demandes/${corps.demande?.id ?? corps.id}`);
  await page.getByRole("alert").getByText(/momentanément indisponible/).waitFor();
  await t.ecran(page, "demande", "panne");
  await page.unroute("**/api/v1/demandes/*");
}

/** Nobody can say who is signed in: the screen does not send to the sign-in for that. */
async function sessionIllisible(t, page) {
  await page.route("**/api/v1/session", (route) => route.fulfill(PROBLEME));
  await page.goto("/tableau");
  await page.getByRole("heading", { level: 1, name: "Ouverture de la page" }).waitFor();
  await t.ecran(page, "tableau", "session-illisible");
  await page.unroute("**/api/v1/session");
  await page.getByRole("button", { name: "Réessayer" }).click();
  await prete(t, page);
}
