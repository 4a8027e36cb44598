// A line without a journey, and a proof that is not one, must be seen.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { EXIGENCES, faussesPreuves, sansParcours } from "./exigences.mjs";

const AU_CLAVIER = { gestes: [], vues: 3 };
const CLIC = { quoi: "click", souris: false };
const PRESSION = { quoi: "pointerdown", souris: true };

test("the lines of the acceptance", () => {
  assert.equal(EXIGENCES.length, 20);
  assert.deepEqual([EXIGENCES[0], EXIGENCES[13], EXIGENCES[14], EXIGENCES.at(-1)], ["UX-01", "UX-14", "UX-21", "UX-28"]);
});

test("each line wants a journey with the keyboard", () => {
  assert.deepEqual(sansParcours([{ ux: EXIGENCES }]), []);
  for (const absente of EXIGENCES) {
    const ux = EXIGENCES.filter((exigence) => exigence !== absente);
    assert.deepEqual(sansParcours([{ ux }, {}, { ux: [absente], souris: true }]), [absente]);
  }
});

test("a proof is made with the keyboard and axe", () => {
  assert.deepEqual(faussesPreuves({ ux: ["UX-05"] }, AU_CLAVIER), []);
  assert.equal(faussesPreuves({ ux: ["UX-05"] }, { gestes: [CLIC, CLIC, PRESSION], vues: 3 }).length, 2);
  assert.equal(faussesPreuves({ ux: ["UX-05"] }, { gestes: [], vues: 0 }).length, 1);
  assert.equal(faussesPreuves({ ux: ["UX-99"] }, AU_CLAVIER).length, 1);
});

test("a journey that proves nothing does as it likes", () => {
  assert.deepEqual(faussesPreuves({}, { gestes: [CLIC, PRESSION], vues: 0 }), []);
});

test("a journey with the mouse uses it: otherwise nobody would know that the mouse is not seen", () => {
  assert.deepEqual(faussesPreuves({ ux: ["UX-06"], souris: true }, { gestes: [PRESSION], vues: 1 }), []);
  assert.equal(faussesPreuves({ souris: true }, { gestes: [CLIC], vues: 1 }).length, 1);
});

test("docs/testing.md tells the journeys of each line", async () => {
  const ici = (chemin) => new URL(chemin, import.meta.url);
  const dits = Object.fromEntries([...readFileSync(ici("../../docs/testing.md"), "utf8").matchAll(/\| (UX-\d\d)[^|]* \| ([\d, ]+)/g)]
    .map(([, exigence, numeros]) => [exigence, numeros.trim().split(", ")]));
  const prouves = Object.fromEntries(EXIGENCES.map((exigence) => [exigence, []]));
  for (const fichier of readdirSync(ici("../journeys")).sort()) {
    const { ux = [], souris = false } = await import(ici(`../journeys/${fichier}`));
    if (!souris) for (const exigence of ux) prouves[exigence].push(fichier.slice(0, 2));
  }
  assert.deepEqual(dits, prouves);
});
