// Compares the list of screens × roles (crates/web/routes.json) with the screens that the journeys really saw.

/** The state to give to `t.ecran` where the role must not see the screen. */
export const REFUSE = "refuse";

/** Everybody who may come: without an account, then each role that a screen names. */
export const roles = (ecrans) => ["public", ...new Set(ecrans.flatMap((ecran) => ecran.roles))];

/** True when this role may open the screen. */
export const permis = (ecran, role) => ecran.public || ecran.roles.includes(role);

/** True when the path is one of the pattern's (`:id` stands for any segment). */
export function correspond(motif, chemin) {
  const attendus = motif.split("/").filter(Boolean);
  const trouves = chemin.split("/").filter(Boolean);
  return attendus.length === trouves.length
    && attendus.every((segment, rang) => segment.startsWith(":") || segment === trouves[rang]);
}

/** What no journey saw: each screen once per role, refused to those who may not open it. */
export function manques(ecrans, visites) {
  return ecrans.flatMap((ecran) =>
    roles(ecrans).filter((role) => !visites.some((visite) =>
      visite.ecran === ecran.name && visite.role === role && permis(ecran, role) === (visite.etat !== REFUSE),
    )).map((role) => `${ecran.name} (${ecran.pattern}) jamais ${permis(ecran, role) ? "vu" : "refusé"} : ${role}`),
  );
}
