// The same table as `crates/web/src/bin/mesures.rs`, written by hand without a framework: the reference of `cargo xtask bench grille`.
// The same elements, classes and attributes; rows are copied from a model, kept by key, and written only where they change.
const LIGNES = 1_000, COLONNES = 13, HAUTEUR = 44, MARGE = 10;
const virtuel = location.search === "?virtuel";

const modele = document.createElement("div");
modele.className = "grille__ligne";
modele.setAttribute("role", "row");
for (let colonne = 1; colonne <= COLONNES; colonne += 1) {
  const cellule = document.createElement("div");
  cellule.className = "grille__cellule";
  cellule.setAttribute("role", "gridcell");
  cellule.style.width = "calc(100rem / 10)";
  cellule.setAttribute("aria-colindex", colonne);
  cellule.tabIndex = -1;
  modele.append(cellule);
}

const entete = document.querySelector(".grille__ligne--entete");
for (let colonne = 0; colonne < COLONNES; colonne += 1) {
  const titre = document.createElement("div");
  titre.className = "grille__cellule";
  titre.setAttribute("role", "columnheader");
  titre.style.width = "calc(100rem / 10)";
  titre.textContent = `Colonne ${colonne}`;
  entete.append(titre);
}

const cadre = document.querySelector('[role="grid"]');
const corps = document.querySelector(".grille__corps");
const fenetre = document.querySelector(".grille__fenetre");
let connues = [], suivant = 1, choisie = null;
/** Rows drawn: { element, cellules, ligne, rang }. */
let dessinees = [];

const nouvelle = () => {
  const numero = suivant;
  suivant += 1;
  const cellules = [];
  for (let colonne = 0; colonne < COLONNES; colonne += 1) cellules.push(`Valeur ${numero} de la colonne ${colonne}`);
  return { cle: String(numero), cellules };
};

function dessiner() {
  const element = modele.cloneNode(true);
  return { element, cellules: [...element.children], ligne: null, rang: -1, textes: [] };
}

function montrer(dessinee, ligne, rang) {
  if (dessinee.rang !== rang) {
    dessinee.rang = rang;
    dessinee.element.setAttribute("aria-rowindex", rang + 2);
  }
  dessinee.ligne = ligne;
  for (let colonne = 0; colonne < COLONNES; colonne += 1) {
    const texte = ligne.cellules[colonne];
    if (dessinee.textes[colonne] !== texte) {
      dessinee.textes[colonne] = texte;
      dessinee.cellules[colonne].textContent = texte;
    }
  }
  marquer(dessinee);
}

function marquer(dessinee) {
  const courante = dessinee.ligne.cle === choisie;
  if (courante === dessinee.element.hasAttribute("aria-current")) return;
  dessinee.element.classList.toggle("grille__ligne--courante", courante);
  if (courante) dessinee.element.setAttribute("aria-current", "true");
  else dessinee.element.removeAttribute("aria-current");
}

const bornes = () => {
  if (!virtuel) return [0, connues.length];
  const a = Math.floor(cadre.scrollTop / HAUTEUR);
  const premiere = Math.max(0, a - MARGE) & ~1;
  return [premiere, Math.min(connues.length, a + Math.ceil((cadre.clientHeight - 56) / HAUTEUR) + 1 + MARGE)];
};

/** Everything anew, taking up the rows already drawn. */
function tout() {
  const [premiere, fin] = bornes();
  corps.style.height = `${connues.length * HAUTEUR}px`;
  fenetre.style.transform = `translateY(${premiere * HAUTEUR}px)`;
  while (dessinees.length > fin - premiere) dessinees.pop().element.remove();
  while (dessinees.length < fin - premiere) {
    const dessinee = dessiner();
    montrer(dessinee, connues[premiere + dessinees.length], premiere + dessinees.length);
    fenetre.append(dessinee.element);
    dessinees.push(dessinee);
  }
  dessinees.forEach((dessinee, place) => montrer(dessinee, connues[premiere + place], premiere + place));
}

/** A scroll: the rows that leave at one end come back at the other. */
function defiler() {
  const [premiere, fin] = bornes();
  const avant = dessinees[0]?.rang ?? 0;
  if (dessinees.length !== fin - premiere || Math.abs(premiere - avant) >= dessinees.length) return tout();
  fenetre.style.transform = `translateY(${premiere * HAUTEUR}px)`;
  for (let rang = avant; rang < premiere; rang += 1) {
    const dessinee = dessinees.shift();
    fenetre.append(dessinee.element);
    dessinees.push(dessinee);
    montrer(dessinee, connues[rang + dessinees.length], rang + dessinees.length);
  }
  for (let rang = avant - 1; rang >= premiere; rang -= 1) {
    const dessinee = dessinees.pop();
    fenetre.prepend(dessinee.element);
    dessinees.unshift(dessinee);
    montrer(dessinee, connues[rang], rang);
  }
  return undefined;
}

const gestes = {
  creer() {
    connues = Array.from({ length: LIGNES }, nouvelle);
    cadre.scrollTop = 0;
    tout();
  },
  ajouter() {
    connues = connues.concat(Array.from({ length: LIGNES }, nouvelle));
    tout();
  },
  modifier() {
    for (let rang = 0; rang < connues.length; rang += 10) connues[rang].cellules[1] += " !!!";
    for (const dessinee of dessinees) if (dessinee.rang % 10 === 0) montrer(dessinee, dessinee.ligne, dessinee.rang);
  },
  choisir() {
    choisie = connues[5]?.cle ?? null;
    dessinees.forEach(marquer);
  },
  echanger() {
    [connues[1], connues[998]] = [connues[998], connues[1]];
    if (virtuel) return tout();
    const [une, autre] = [dessinees[1], dessinees[998]];
    const apres = autre.element.nextSibling;
    fenetre.insertBefore(autre.element, une.element);
    fenetre.insertBefore(une.element, apres);
    [dessinees[1], dessinees[998]] = [autre, une];
    montrer(autre, connues[1], 1);
    montrer(une, connues[998], 998);
    return undefined;
  },
  retirer() {
    connues.splice(5, 1);
    if (virtuel) return tout();
    corps.style.height = `${connues.length * HAUTEUR}px`;
    dessinees.splice(5, 1)[0].element.remove();
    for (let rang = 5; rang < dessinees.length; rang += 1) {
      dessinees[rang].rang = rang;
      dessinees[rang].element.setAttribute("aria-rowindex", rang + 2);
    }
    return undefined;
  },
  vider() {
    connues = [];
    fenetre.textContent = "";
    dessinees = [];
    tout();
  },
};

for (const [nom, geste] of Object.entries(gestes)) document.getElementById(nom).addEventListener("click", geste);
cadre.addEventListener("scroll", defiler);
