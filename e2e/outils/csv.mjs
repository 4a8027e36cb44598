// Reads and writes CSV (RFC 4180), with the separator and the byte order mark the service uses.

/** Rows of a file: arrays of cells, the first being the header. The separator is found in the header. */
export function lire(texte) {
  const contenu = texte.replace(/^\uFEFF/, "");
  const separateur = [";", ",", "\t"].find((signe) => contenu.split("\n", 1)[0].includes(signe)) ?? ",";
  const rangees = [[""]];
  let cite = false;
  for (let place = 0; place < contenu.length; place += 1) {
    const signe = contenu[place];
    const rangee = rangees.at(-1);
    if (cite && signe === '"' && contenu[place + 1] === '"') {
      rangee[rangee.length - 1] += '"';
      place += 1;
    } else if (signe === '"') cite = !cite;
    else if (!cite && signe === separateur) rangee.push("");
    else if (!cite && signe === "\n") rangees.push([""]);
    else if (cite || signe !== "\r") rangee[rangee.length - 1] += signe;
  }
  return rangees.filter((rangee) => rangee.length > 1 || rangee[0] !== "");
}

/** The file of these rows. */
export function ecrire(rangees) {
  const cellule = (texte) => (/[";\n]/.test(texte) ? `"${texte.replaceAll('"', '""')}"` : texte);
  return `${rangees.map((rangee) => rangee.map(cellule).join(";")).join("\n")}\n`;
}
