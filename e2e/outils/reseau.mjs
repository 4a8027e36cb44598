// A network on which answers come late.

/** Keeps the requests of this path waiting. Gives what lets them go, and those that come after; it ends once they are answered. */
export async function retenir(page, chemin) {
  let liberer;
  const attente = new Promise((suite) => { liberer = suite; });
  const retenues = [];
  await page.route(chemin, (route) => {
    const reponse = attente.then(async () => route.fulfill({ response: await route.fetch() }));
    retenues.push(reponse);
    return reponse;
  });
  return async () => {
    if (retenues.length === 0) throw new Error(`aucune requête retenue : ${chemin}`);
    liberer();
    await Promise.all(retenues);
  };
}
