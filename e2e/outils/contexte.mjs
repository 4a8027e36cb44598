// What a journey receives as `t`:
//   t.url                              address of the server
//   await t.page({ role, largeur, … }) a page in a fresh context, signed in unless role is "public"; further keys go to Playwright
//   await t.ecran(page, ecran, etat)   the screen `ecran` (a name of routes.json, or "introuvable") is shown in the state `etat`:
//                                      title and h1, axe, no sideways scrolling, screenshot; the state "refuse" says that this
//                                      role must not see it
//   t.verifier(condition, message)     fails the journey
//   t.tolerer(pattern)                 a browser error that this journey provokes on purpose
// A journey fails also on a script error, an error of the console, or an answer 5xx.
import { mkdirSync, readFileSync } from "node:fs";
import { violations } from "./axe.mjs";
import { REFUSE, correspond } from "./couverture.mjs";

const ECRANS = JSON.parse(readFileSync(new URL("../../crates/web/routes.json", import.meta.url), "utf8"));
const CODE = "123456";

export class Contexte {
  constructor({ navigateur, url, dossier, visites }) {
    Object.assign(this, { navigateur, url, dossier, visites });
    this.pages = [];
    this.erreurs = [];
    this.tolerees = [];
  }

  async page({ role = "public", largeur = 1280, hauteur = 900, ...options } = {}) {
    const contexte = await this.navigateur.newContext({
      baseURL: this.url,
      locale: "fr-FR",
      timezoneId: "Europe/Paris",
      viewport: { width: largeur, height: hauteur },
      reducedMotion: "reduce",
      ...options,
    });
    const page = await contexte.newPage();
    page.setDefaultTimeout(15_000);
    this.pages.push({ page, role, largeur });
    this.#surveiller(page);
    if (role !== "public") await this.#connecter(page, role);
    return page;
  }

  async ecran(page, ecran, etat = "initial") {
    const { role, largeur } = this.pages.find((suivie) => suivie.page === page);
    const ou = `${ecran}, ${etat}, ${role}, ${largeur} px`;
    await page.locator("h1").first().waitFor();
    const adresse = ECRANS.find(({ name }) => name === ecran);
    if (adresse && etat !== REFUSE) {
      const chemin = new URL(page.url()).pathname;
      this.verifier(correspond(adresse.pattern, chemin), `${ou} : l'adresse ${chemin} n'est pas ${adresse.pattern}`);
    }
    this.verifier((await page.title()).trim() !== "", `${ou} : la page n'a pas de titre`);
    this.verifier((await page.locator("h1").count()) === 1, `${ou} : il faut exactement un titre h1`);
    const trouvees = await violations(page);
    this.verifier(trouvees.length === 0, `${ou} : axe\n${trouvees.join("\n")}`);
    const depasse = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    this.verifier(depasse <= 1, `${ou} : la page déborde de ${depasse} px en largeur`);
    await this.#photographier(page, `${ecran}-${etat}-${role}-${largeur}`);
    this.visites.push({ ecran, etat, role, largeur });
  }

  verifier(condition, message) {
    if (!condition) throw new Error(message);
  }

  tolerer(motif) {
    this.tolerees.push(motif);
  }

  verifierPropre() {
    const restantes = this.erreurs.filter((erreur) => !this.tolerees.some((motif) => motif.test(erreur)));
    this.verifier(restantes.length === 0, `erreurs du navigateur :\n${restantes.join("\n")}`);
  }

  async photographierEchec() {
    for (const [rang, { page }] of this.pages.entries()) {
      await this.#photographier(page, `echec-${rang}`).catch(() => {});
    }
  }

  async fermer() {
    for (const { page } of this.pages) await page.context().close();
  }

  async #photographier(page, nom) {
    mkdirSync(this.dossier, { recursive: true });
    await page.screenshot({ path: `${this.dossier}/${nom}.png` });
  }

  /** Signs in through the API, in the page itself so that the cookie lands in the browser. */
  async #connecter(page, role) {
    await page.goto("/accessibilite");
    const statut = await page.evaluate(
      async ([email, code]) => (await fetch("/api/v1/session", {
        method: "POST",
        headers: { "content-type": "application/json", "x-requested-with": "parcours" },
        body: JSON.stringify({ email, code }),
      })).status,
      [`${role}@demo.example`, CODE],
    );
    this.verifier(statut === 200, `connexion de ${role} refusée (${statut})`);
  }

  #surveiller(page) {
    page.on("pageerror", (erreur) => this.erreurs.push(`script : ${erreur.message}`));
    page.on("console", (message) => {
      // The browser reports every 4xx so; whether one is right is for the journey to check.
      const reseau = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !reseau) this.erreurs.push(`console : ${message.text()}`);
    });
    page.on("response", (reponse) => {
      if (reponse.status() >= 500) this.erreurs.push(`réponse ${reponse.status()} : ${reponse.url()}`);
    });
  }
}
