// The brand of the State: never on a service that did not ask for it; from the first paint on where the operator did.
import { clartes } from "../outils/presentation.mjs";
import { prete, versCellule } from "../outils/tableau.mjs";

export const nom = "La marque de l'État n'apparaît que là où l'exploitant l'a activée";

const RESERVES = ["/etat/marque.css", "/etat/Marianne-Regular.woff2"];

export async function parcours(t) {
  const etat = process.env.PARCOURS_URL_ETAT;
  if (!etat) throw new Error("PARCOURS_URL_ETAT manque : adresse d'un serveur lancé avec PARCOURS_MARQUE=etat.");
  await sansMarque(t);
  await avecMarque(t, etat);
}

const bloc = (page) => page.getByText(/^République\s*Française$/);

async function sansMarque(t) {
  t.tolerer(/^réponse 404 : GET \/etat\//);
  const page = await t.page();
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  t.verifier(!(await bloc(page).isVisible()), "le bloc-marque est montré sans droit");
  for (const adresse of RESERVES) {
    const statut = await page.evaluate(async (adresse) => (await fetch(adresse)).status, adresse);
    t.egal(statut, 404, `${adresse} sans la marque`);
  }
}

async function avecMarque(t, etat) {
  const page = await t.page({ baseURL: etat });
  // The application never comes: what is left is the page as it is first painted.
  await page.route("**/*.wasm", (route) => route.abort());
  t.tolerer(/^requête sans réponse : \S+\.wasm /);
  t.tolerer(/^(script|console) : .*(fetch|WebAssembly|wasm)/i);
  await page.goto("/");
  await bloc(page).waitFor();
  await page.unroute("**/*.wasm");
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await bloc(page).waitFor();
  const police = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family);
  });
  t.verifier(police.includes("Marianne"), `polices chargées : ${police}`);
  await t.ecran(page, "accueil", "marque-etat");
  await dansLeSombre(t, etat);
}

/** The blue of the State is another one in the dark, and so is the device of its block. */
async function dansLeSombre(t, etat) {
  const page = await t.page({ baseURL: etat, colorScheme: "dark", role: "anct" });
  for (const [ecran, adresse] of [["accueil", "/"], ["candidature", "/candidature"], ["tableau", "/tableau"], ["imports", "/imports"]]) {
    await page.goto(adresse);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.locator(".pa-squelette").first().waitFor({ state: "detached" });
    if (ecran === "tableau") await choisir(t, page);
    await t.ecran(page, ecran, "marque-etat-sombre");
    for (const faute of await clartes(page)) t.signaler(faute, `${ecran}, marque de l'État`);
  }
}

/** Two rows chosen, and one opened beside the table. */
async function choisir(t, page) {
  await prete(t, page);
  await versCellule(page, 0, "Nom du professionnel");
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "Détail de la demande" }).getByRole("heading", { name: "Historique" }).waitFor();
  await versCellule(page, 1, "Nom du professionnel");
  await page.keyboard.press("Shift+ArrowDown");
  await t.attendre(async () => (await page.locator('[role="gridcell"][aria-selected="true"]').count()) === 2, "deux cellules ne sont pas choisies");
}
