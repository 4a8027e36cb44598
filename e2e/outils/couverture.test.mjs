// The comparison of screens × roles must see a gap.
import assert from "node:assert/strict";
import { test } from "node:test";
import { correspond, manques, roles } from "./couverture.mjs";

const ecrans = [
  { name: "accueil", pattern: "/", public: true, roles: ["recipiendaire", "instructeur", "anct"] },
  { name: "imports", pattern: "/imports/:id", public: false, roles: ["recipiendaire", "anct"] },
];
const tout = [
  ...roles(ecrans).map((role) => ({ ecran: "accueil", role, etat: "initial" })),
  { ecran: "imports", role: "public", etat: "refuse" },
  { ecran: "imports", role: "recipiendaire", etat: "initial" },
  { ecran: "imports", role: "instructeur", etat: "refuse" },
  { ecran: "imports", role: "anct", etat: "termine" },
];

test("roles are those of the screens", () => {
  assert.deepEqual(roles(ecrans), ["public", "recipiendaire", "instructeur", "anct"]);
});

test("everything seen: no gap", () => assert.deepEqual(manques(ecrans, tout), []));

test("each missing visit is a gap", () => {
  for (let rang = 0; rang < tout.length; rang += 1) {
    assert.equal(manques(ecrans, tout.toSpliced(rang, 1)).length, 1);
  }
});

test("a screen or a role added later is a gap until a journey sees it", () => {
  const ecran = { name: "comptes", pattern: "/comptes", public: false, roles: ["anct"] };
  assert.equal(manques([...ecrans, ecran], tout).length, 4);
  const role = ecrans.map((connu) => ({ ...connu, roles: [...connu.roles, "prefecture"] }));
  assert.equal(manques(role, tout).length, 2);
});

test("a refusal is not a visit, a visit is not a refusal", () => {
  const inverse = tout.map((visite) => (visite.role === "anct" || visite.role === "instructeur")
    && visite.ecran === "imports" ? { ...visite, etat: visite.etat === "refuse" ? "initial" : "refuse" } : visite);
  assert.equal(manques(ecrans, inverse).length, 2);
});

test("patterns", () => {
  assert.ok(correspond("/", "/"));
  assert.ok(correspond("/imports/:id", "/imports/42"));
  assert.ok(!correspond("/imports/:id", "/imports"));
  assert.ok(!correspond("/imports/:id", "/demandes/42"));
});
