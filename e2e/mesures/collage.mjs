// How long a paste of 1,000 × 20 cells takes in the table of PARCOURS_URL: until what would change is shown, then until all is
// saved. Prints one line of JSON: one object per paste, in milliseconds. `cargo xtask bench collage` runs it.
import { Contexte } from "../outils/contexte.mjs";
import { ouvrir as ouvrirNavigateur } from "../outils/navigateur.mjs";
import { grille, ouvrir } from "../outils/tableau.mjs";

const FOIS = Number(process.argv[2] ?? 5);
const RANGEES = 1_000;
/** Another one at each run, so that its first paste changes something too. */
const SERIE = Math.floor(Date.now() / 1_000) % 80;

const ouiNon = (tour) => (tour % 2 ? "Oui" : "Non");
/** Letters that name a row and a paste: a person's name takes no figure. */
const lettres = (nombre) => [...String(nombre)].map((chiffre) => "abcdefghij"[chiffre]).join("");

/** What each column is given: another value at each paste, so that every cell changes. */
const COLONNES = {
  structure_nom: (tour, rang) => `Mairie ${tour} ${rang}`,
  adresse: (tour, rang) => `${rang} rue de la Mairie ${tour}`,
  ville: (tour, rang) => `Ville ${lettres(tour)} ${rang}`,
  structure_email: (tour, rang) => `accueil.${tour}.${rang}@mairie.example`,
  nom: (tour, rang) => `Martin ${lettres(tour)} ${lettres(rang)}`,
  prenom: (tour, rang) => `Claire ${lettres(tour)} ${lettres(rang)}`,
  email: (tour, rang) => `claire.${tour}.${rang}@mairie.example`,
  profession: (tour, rang) => `Agent ${tour} ${rang}`,
  conseiller_numerique: ouiNon,
  accompagne_demarches: ouiNon,
  label_france_services: ouiNon,
  statut_professionnel: (tour) => (tour % 2 ? "Salarié" : "Élu"),
  referent_nom: (tour, rang) => `Durand ${lettres(tour)} ${lettres(rang)}`,
  referent_prenom: (tour, rang) => `Paul ${lettres(tour)} ${lettres(rang)}`,
  referent_email: (tour, rang) => `paul.${tour}.${rang}@mairie.example`,
  referent_profession: (tour, rang) => `Directeur ${tour} ${rang}`,
  cohorte: (tour, rang) => `Cohorte ${tour} ${rang}`,
  referent_telephone: (tour, rang) => `06${String(tour * RANGEES + rang).padStart(8, "0")}`,
  code_postal: (tour, rang) => `${tour % 80 + 10}${String(rang).padStart(3, "0")}`,
  commentaire: (tour, rang) => `Commentaire ${tour} ${rang}`,
};

/** In the page: does something, then tells how long until this element says so, painted. */
function chronometrer({ geste, texte, selecteur, motif }) {
  const depart = performance.now();
  if (geste === "coller") {
    const presse = new DataTransfer();
    presse.setData("text/plain", texte);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: presse, bubbles: true, cancelable: true }));
  } else {
    [...document.querySelectorAll("#collage button")].find((bouton) => bouton.innerText.trim() === texte).click();
  }
  return new Promise((fini) => {
    const regarder = () => {
      if (![...document.querySelectorAll(selecteur)].some((un) => new RegExp(motif).test(un.textContent))) {
        requestAnimationFrame(regarder);
        return;
      }
      // A message comes after the frame is painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => fini(performance.now() - depart);
      port2.postMessage(null);
    };
    requestAnimationFrame(regarder);
  });
}

async function parcours(t) {
  const page = await t.page({ role: "anct" });
  const noms = Object.keys(COLONNES);
  const mesures = [];
  // The first paste is not measured: it puts in place what the next ones change, every cell of it.
  for (let tour = 0; tour <= FOIS; tour += 1) {
    const nombre = tour === 0 ? "" : "^20\\D?000 ";
    await ouvrir(t, page, `?colonnes=${noms.join(",")}`);
    await grille(page).getByRole("gridcell").first().focus();
    const rangees = Array.from({ length: RANGEES }, (_, rang) => noms.map((nom) => COLONNES[nom](SERIE + tour, rang)).join("\t"));
    const montre = { geste: "coller", texte: rangees.join("\n"), selecteur: "#collage [role=status]", motif: `${nombre}cellules changent` };
    const vu = await page.evaluate(chronometrer, montre);
    const enregistre = { geste: "confirmer", texte: "Coller", selecteur: ".pa-toast", motif: tour === 0 ? "Collé : " : "Collé : 20\\D?000 cellules" };
    const mesure = { vu, enregistre: await page.evaluate(chronometrer, enregistre) };
    if (tour > 0) mesures.push(mesure);
  }
  return mesures;
}

const navigateur = await ouvrirNavigateur();
try {
  const t = new Contexte({ navigateur, url: process.env.PARCOURS_URL, dossier: "", visites: [] });
  console.log(JSON.stringify(await parcours(t)));
  await t.fermer();
} finally {
  await navigateur.close();
}
