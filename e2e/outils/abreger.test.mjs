import assert from "node:assert/strict";
import { test } from "node:test";
import { shorten } from "../../xtask/src/abreger.mjs";

const texte = (mots) => [mots.length, ...Buffer.from(mots)];
const section = (genre, contenu) => [genre, contenu.length, ...contenu];
/** A module that imports one function and exports it under two names. */
const module = Buffer.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  ...section(1, [1, 0x60, 0, 0]),
  ...section(2, [1, ...texte("./p_bg.js"), ...texte("__wbg_log_0123456789abcdef"), 0, 0]),
  ...section(7, [3, ...texte("__wbindgen_start"), 0, 0, ...texte("entree"), 0, 0, ...texte("__inconnu"), 0, 0]),
]);
const script = `
/** Says. */
const import0 = {
    // A comment.
    __wbg_log_0123456789abcdef: () => dire("__wbg_log_0123456789abcdef0"),
};
const imports = { "./p_bg.js": import0 };
wasm.__wbindgen_start();
wasm.entree();
`;

test("the module and its script name the same things, shorter", async () => {
  const court = shorten(module, script);
  const lu = await WebAssembly.compile(court.wasm);
  const [importe] = WebAssembly.Module.imports(lu);
  const exportes = WebAssembly.Module.exports(lu).map(({ name }) => name);
  assert.equal(importe.kind, "function");
  assert.ok(court.script.includes(`{ "${importe.module}": import0 }`) && court.script.includes(`\n${importe.name}: () =>`));
  assert.ok(court.script.includes(`wasm.${exportes[0]}();`));
  assert.deepEqual(exportes.slice(1), ["entree", "__inconnu"], "what others may call keeps its name");
  assert.ok(court.script.includes("__wbg_log_0123456789abcdef0"), "a longer word is another one");
  assert.ok(!/comment|Says/.test(court.script));
});

test("a text of several lines is refused: its margins count", () => {
  assert.throws(() => shorten(module, "const a = `un\n  deux`;\n"), /plusieurs lignes/);
});
