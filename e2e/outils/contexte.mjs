// What a journey receives as `t`:
//   t.url                              address of the server
//   await t.page({ role, largeur, … }) a page in a fresh context, signed in unless role is "public"; further keys go to Playwright
//   await t.ecran(page, ecran, etat)   the screen `ecran` (a name of routes.json, or "introuvable") is shown in the state `etat`:
//                                      title and h1, axe, no sideways scrolling, screenshot, at 1280 and at 320 px; the state
//                                      "refuse" says that this role must not see it
//   await t.controler(page, nom)       the same checks of the page as it is, without noting the visit; t.signaler(faute, ou) adds a fault
//   await t.api(page, methode, chemin, { corps, entetes })  an operation of the API, with the session of this page
//   await t.attendre(question, message) waits until the question answers true
//   await t.arrivee(page, titre)       the screen of this title was just reached: h1 shown and focused
//   await t.lien(page, adresse)        where the link of the last mail to this address leads
//   t.verifier(condition, message)     fails the journey
//   t.tolerer(pattern)                 an error of the browser that this journey provokes on purpose
// A journey fails also on a script error, on an error of the console (a refusal of the content security policy is one), and on
// an answer 4xx or 5xx.
import { mkdirSync, readFileSync } from "node:fs";
import { violations } from "./axe.mjs";
import { REFUSE, correspond } from "./couverture.mjs";
import { suivreContexte, suivrePage } from "./gestes.mjs";

const ECRANS = JSON.parse(readFileSync(new URL("../../crates/web/routes.json", import.meta.url), "utf8"));
const CODE = "123456";
const LARGEUR = 1280;
const ETROIT = 320;
const PATIENCE = 10_000;

export class Contexte {
  constructor({ navigateur, url, dossier, visites }) {
    Object.assign(this, { navigateur, url, dossier, visites });
    this.pages = [];
    this.erreurs = [];
    this.tolerees = [];
    this.fautes = new Map();
    this.gestes = [];
    this.vues = 0;
  }

  async page({ role = "public", largeur = LARGEUR, hauteur = 900, ...options } = {}) {
    const contexte = await this.navigateur.newContext({
      baseURL: this.url,
      locale: "fr-FR",
      timezoneId: "Europe/Paris",
      viewport: { width: largeur, height: hauteur },
      reducedMotion: "reduce",
      permissions: ["clipboard-read", "clipboard-write"],
      ...options,
    });
    await suivreContexte(contexte, this.gestes);
    const page = await contexte.newPage();
    page.setDefaultTimeout(PATIENCE);
    const suivie = { page, role, largeur, hauteur };
    this.pages.push(suivie);
    suivrePage(page, this.gestes);
    this.#surveiller(page);
    if (role !== "public") await this.connecter(page, role);
    return page;
  }

  /** Signs in through the API, in the page itself so that the cookie lands in the browser. */
  async connecter(page, role) {
    await page.goto("/accessibilite");
    const email = `${role}@demo.example`;
    const demandee = await this.api(page, "POST", "/connexion", { corps: { email, code: CODE } });
    this.egal(demandee.statut, 202, `demande de connexion de ${role}`);
    const jeton = (await this.lien(page, email)).split("#")[1];
    const { statut } = await this.api(page, "POST", "/session", { corps: { jeton } });
    this.egal(statut, 200, `connexion de ${role}`);
    // What the screens keep by themselves once somebody has signed in.
    await page.evaluate(() => localStorage.setItem("parcours.session", "1"));
    this.#suivie(page).role = role;
  }

  /** Where the link of the last mail to this address leads: a demonstration shows its mails. */
  async lien(page, email) {
    const { corps } = await this.api(page, "GET", "/demonstration/courriels");
    const courriel = corps.items.find(({ a }) => a === email);
    this.verifier(courriel, `aucun courriel pour ${email}`);
    return courriel.chemin;
  }

  /** From now on the page is the one of this role (it signed in or out by the screens). */
  devient(page, role) {
    this.#suivie(page).role = role;
  }

  async ecran(page, ecran, etat = "initial") {
    const { role, largeur, hauteur } = this.#suivie(page);
    await this.#verifierEntete(page, ecran, etat, `${ecran}, ${etat}, ${role}`);
    // What everybody sees is checked narrow once, without an account.
    const connu = role !== "public" && ECRANS.some(({ name, public: ouvert }) => name === ecran && ouvert);
    // So is the refusal, once for each role: it is the same whatever was asked for.
    const refuse = etat === REFUSE && this.visites.some((vue) => vue.etat === REFUSE && vue.role === role && vue.largeur === ETROIT);
    const largeurs = largeur === LARGEUR && !connu && !refuse ? [LARGEUR, ETROIT] : [largeur];
    for (const largeurVoulue of largeurs) {
      if (largeurVoulue !== largeur) await page.setViewportSize({ width: largeurVoulue, height: hauteur });
      await this.#controler(page, `${ecran}, ${etat}, ${role}, ${largeurVoulue} px`);
      await this.#photographier(page, `${ecran}-${etat}-${role}-${largeurVoulue}`);
      this.visites.push({ ecran, etat, role, largeur: largeurVoulue });
    }
    if (largeurs.length > 1) await page.setViewportSize({ width: largeur, height: hauteur });
  }

  /** The same checks of whatever the page shows now, as it shows it: axe, no sideways scrolling, a picture of this name. */
  async controler(page, nom) {
    await this.#controler(page, nom);
    await this.#photographier(page, nom.replaceAll(/[^\w-]+/g, "-"));
  }

  /** A fault that does not stop the journey. */
  signaler(faute, ou) {
    this.#noter(faute, ou);
  }

  async arrivee(page, titre) {
    const h1 = page.getByRole("heading", { level: 1, name: titre, exact: true });
    await h1.waitFor();
    await this.attendre(
      () => h1.evaluate((element) => element === document.activeElement),
      `le titre « ${titre} » n'a pas reçu le focus`,
    );
  }

  async api(page, methode, chemin, { corps, entetes = {} } = {}) {
    return page.evaluate(
      async ({ methode, chemin, corps, entetes }) => {
        const texte = typeof corps === "string" || corps === undefined ? corps : JSON.stringify(corps);
        const reponse = await fetch(`/api/v1${chemin}`, {
          method: methode,
          headers: { "content-type": "application/json", "x-requested-with": "parcours", ...entetes },
          body: texte,
        });
        const recu = await reponse.text();
        const json = /json/.test(reponse.headers.get("content-type") ?? "") && !/ndjson/.test(reponse.headers.get("content-type"));
        return { statut: reponse.status, etag: reponse.headers.get("etag"), corps: json ? JSON.parse(recu) : recu };
      },
      { methode, chemin, corps, entetes },
    );
  }

  async attendre(question, message) {
    const fin = Date.now() + PATIENCE;
    for (;;) {
      if (await question()) return;
      if (Date.now() > fin) throw new Error(typeof message === "function" ? await message() : message);
      await new Promise((suite) => setTimeout(suite, 50));
    }
  }

  verifier(condition, message) {
    if (!condition) throw new Error(message);
  }

  egal(obtenu, attendu, message) {
    const [a, b] = [JSON.stringify(obtenu), JSON.stringify(attendu)];
    if (a !== b) throw new Error(`${message} : ${String(a).slice(0, 300)} au lieu de ${String(b).slice(0, 300)}`);
  }

  tolerer(motif) {
    this.tolerees.push(motif);
  }

  /** The faults of the screens and the errors of the browser that nobody expected. */
  constats() {
    const erreurs = this.erreurs.filter((erreur) => !this.tolerees.some((motif) => motif.test(erreur)));
    return [...[...this.fautes].map(([faute, ou]) => `${ou} : ${faute}`), ...new Set(erreurs)];
  }

  async photographierEchec() {
    for (const [rang, { page }] of this.pages.entries()) {
      await this.#photographier(page, `echec-${rang}`).catch(() => {});
    }
  }

  async fermer() {
    for (const { page } of this.pages) await page.context().close();
  }

  #suivie(page) {
    return this.pages.find((suivie) => suivie.page === page);
  }

  async #verifierEntete(page, ecran, etat, ou) {
    const h1 = page.locator("h1");
    await h1.first().waitFor();
    this.egal(await h1.count(), 1, `${ou} : nombre de titres h1`);
    const titre = (await h1.innerText()).trim();
    await this.attendre(
      async () => /^ [–—] Parcours Aidants$/.test((await page.title()).replace(titre, "")),
      async () => `${ou} : l'onglet s'appelle « ${await page.title()} » et la page « ${titre} »`,
    );
    const { pathname, searchParams } = new URL(page.url());
    const adresse = ECRANS.find(({ name }) => name === ecran);
    if (etat === REFUSE) {
      const versConnexion = pathname === "/connexion" && searchParams.has("suite");
      this.verifier(versConnexion || titre === "Accès refusé", `${ou} : « ${titre} » est montré`);
    } else if (adresse) {
      this.verifier(correspond(adresse.pattern, pathname), `${ou} : l'adresse ${pathname} n'est pas ${adresse.pattern}`);
      this.verifier(!["Accès refusé", "Page introuvable"].includes(titre), `${ou} : « ${titre} » est montré`);
    }
  }

  async #controler(page, ou) {
    // Told at the end of the journey, so that one fault does not hide the others.
    for (const faute of await violations(page)) this.#noter(`axe, ${faute}`, ou);
    this.vues += 1;
    const depasse = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    if (depasse > 1) this.#noter(`la page déborde de ${depasse} px en largeur`, ou);
  }

  /** A fault of a screen: told once, with the first place where it was seen. */
  #noter(faute, ou) {
    if (!this.fautes.has(faute)) this.fautes.set(faute, ou);
  }

  async #photographier(page, nom) {
    mkdirSync(this.dossier, { recursive: true });
    // The table is as tall as the window: a picture of the whole page would first stretch both.
    const fullPage = (await page.getByRole("grid").count()) === 0;
    await page.screenshot({ path: `${this.dossier}/${nom}.png`, fullPage });
  }

  #surveiller(page) {
    // The numbers of the functions in the module are all that a released program says of where it stopped.
    page.on("pageerror", (erreur) => this.erreurs.push(`script : ${erreur.message} sur ${page.url()}\n${erreur.stack ?? ""}`));
    page.on("console", (message) => {
      // The browser reports every 4xx so; they are told below, with their address.
      const reseau = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !reseau) this.erreurs.push(`console : ${message.text()}`);
    });
    page.on("response", (reponse) => {
      const requete = `${reponse.request().method()} ${new URL(reponse.url()).pathname}`;
      if (reponse.status() >= 400) this.erreurs.push(`réponse ${reponse.status()} : ${requete}`);
    });
    page.on("requestfailed", (requete) => {
      const cause = requete.failure()?.errorText ?? "";
      // Leaving a screen gives up what it was still asking for; a download is not a page.
      if (!/ERR_ABORTED/.test(cause)) this.erreurs.push(`requête sans réponse : ${requete.url()} ${cause}`);
    });
  }
}
