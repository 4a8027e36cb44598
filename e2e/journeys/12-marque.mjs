// The brand of the State: never on a service that did not ask for it; from the first paint on where the operator did.
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
}
