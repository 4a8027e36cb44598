// Data of the journeys: SIRETs of real communes with a right key, people that no other journey uses.

/** The SIRET of this SIREN and internal number (5 digits, the last one computed). */
export function siret(siren, etablissement = 1) {
  const debut = `${siren}${String(etablissement).padStart(4, "0")}`;
  const somme = [...debut].reverse().reduce((total, chiffre, rang) => {
    const valeur = Number(chiffre) * (rang % 2 === 0 ? 2 : 1);
    return total + (valeur > 9 ? valeur - 9 : valeur);
  }, 0);
  return `${debut}${(10 - (somme % 10)) % 10}`;
}

/** The same number with its last digit changed: its key is wrong. */
export const faux = (numero) => `${numero.slice(0, -1)}${(Number(numero.at(-1)) + 1) % 10}`;

/** SIREN of Ambérieu-en-Bugey, of the Ain: the département of the demonstration récipiendaire. */
export const AMBERIEU = "210100046";

let rang = 0;
/** A word of letters that nobody else bears in this run. */
export function motUnique(debut) {
  rang += 1;
  const lettres = [...String(Date.now()).slice(-7), ...String(rang).padStart(2, "0")];
  return debut + lettres.map((chiffre) => "abcdefghij"[Number(chiffre)]).join("");
}

/** A demande as the API takes it, in the Ain. */
export function demande(nom, plus = {}) {
  return {
    structure_nom: "Mairie d’Ambérieu-en-Bugey",
    siret: siret(AMBERIEU),
    nom,
    prenom: "Angèle",
    email: `angele.${nom.toLowerCase()}@amberieu-en-bugey.example`,
    formation: "aidants_numeriques",
    code_postal: "01500",
    ville: "Ambérieu-en-Bugey",
    profession: "Agente d’accueil",
    ...plus,
  };
}
