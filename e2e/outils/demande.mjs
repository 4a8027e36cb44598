// The form of a demande, beside the table and on its own screen.

/** The control of this label, exactly, whether it may be left empty or not. */
export const champ = (zone, libelle) =>
  zone.getByLabel(new RegExp(`^${libelle}( \\(facultatif\\))?$`)).and(zone.locator("input, select, textarea"));
