// A file read must be the file written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ecrire, lire } from "./csv.mjs";
import { faux, siret } from "./jeu.mjs";

test("what was written is read", () => {
  const rangees = [["nom", "note"], ["Dubois", 'dit « "non" » ; puis\noui'], ["", "x"]];
  assert.deepEqual(lire(ecrire(rangees)), rangees);
  assert.deepEqual(lire("\uFEFFa,b\r\n1,\"2,3\"\r\n"), [["a", "b"], ["1", "2,3"]]);
});

test("the key of a SIRET", () => {
  assert.equal(siret("210100533", 1), "21010053300012");
  assert.notEqual(faux("21010053300012"), "21010053300012");
});
