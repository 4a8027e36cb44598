// What the journeys prove of the expectations on ease of use (UX-…), and what makes such a proof: keyboard only, and axe.
// A journey says what it proves with `export const ux = ["UX-05", …]`; one that is about the mouse says `export const souris = true`,
// and then proves nothing for the keyboard.

const suite = (premier, dernier) =>
  Array.from({ length: dernier - premier + 1 }, (_, rang) => `UX-${String(premier + rang).padStart(2, "0")}`);

/** The lines that must each have a journey with the keyboard alone. */
export const EXIGENCES = [...suite(1, 14), ...suite(21, 24), "UX-27", "UX-28"];

/** The lines that no journey proves with the keyboard alone. */
export function sansParcours(parcours) {
  const prouvees = new Set(parcours.filter(({ souris }) => !souris).flatMap(({ ux }) => ux ?? []));
  return EXIGENCES.filter((exigence) => !prouvees.has(exigence));
}

/** Why a journey that was just run does not prove what it says: `gestes` is what it did without the keyboard, `vues` how many
 * screens it gave to axe. */
export function faussesPreuves({ ux = [], souris = false }, { gestes, vues }) {
  const fautes = ux.filter((exigence) => !EXIGENCES.includes(exigence)).map((exigence) => `${exigence} n'est pas une exigence suivie`);
  if (souris && !gestes.some(({ souris: vraie }) => vraie)) fautes.push("ce parcours dit se servir de la souris, et aucun geste n'a été vu");
  if (souris || ux.length === 0) return fautes;
  if (vues === 0) fautes.push(`aucun écran contrôlé par axe, pour ${ux.join(", ")}`);
  const vus = [...new Set(gestes.map(({ quoi }) => quoi))];
  return [...fautes, ...vus.map((quoi) => `pas au clavier, pour ${ux.join(", ")} : ${quoi}`)];
}
