// Assembles the one style sheet of the app: the rules of the State design system (npm @gouvfr/dsfr) that the screens
// use, then our own sheets (styles/*.css, in alphabetical order). Writes styles/genere/parcours.css, and fails above the
// budget. Run it before Trunk: `node crates/web/styles/assembler.mjs` (needs `npm ci` in e2e/).
//
// Left out: the Marianne font and the fonts' @font-face (reserved for services of the State), icons as fonts, every class no
// source file names, every custom property nothing reads. Icons that remain are inlined. Of the dark theme, only the colours and
// the icons that differ: rules for `[data-fr-theme=dark]`, theirs and ours, written for who chose it and for whose device asks.
//
// The brand of the State goes apart, into styles/genere/etat/ (brand block, font): the server gives this folder only where
// the operator switched the brand on.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const HERE = dirname(fileURLToPath(import.meta.url));
const WEB = resolve(HERE, "..");
const DSFR = resolve(WEB, "../../e2e/node_modules/@gouvfr/dsfr/dist");
const OUTPUT = join(HERE, "genere/parcours.css");
const ETAT = join(HERE, "genere/etat");
const POLICES = { Regular: 400, Medium: 500, Bold: 700 };
const BUDGET_BROTLI = 45_000;
/** What a selector of the dark theme has. */
const DARK = /(:root)?\[data-fr-theme="?dark"?\]/;
const COMPONENTS = ["link", "button", "form", "input", "select", "checkbox", "radio", "alert", "badge", "tag", "table", "stepper"];
const SOURCES = [
  "core/core.main.min.css",
  "scheme/scheme.min.css",
  ...COMPONENTS.map((name) => `component/${name}/${name}.main.min.css`),
];

/** Classes named by the sources of the app. */
function usedClasses() {
  const used = new Set();
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) visit(child);
      else if (entry.name.endsWith(".rs")) note(readFileSync(child, "utf8"));
    }
  };
  const note = (text) => {
    for (const [name] of text.matchAll(/\bfr-[\w-]*\w/g)) used.add(name);
  };
  visit(join(WEB, "src"));
  note(readFileSync(join(WEB, "index.html"), "utf8"));
  return used;
}

/** Index just after the construct that starts at `i` (string, comment or bracket), or i + 1. */
function skip(css, i) {
  const char = css[i];
  if (char === "\\") return i + 2;
  if (char === '"' || char === "'") {
    for (i += 1; i < css.length && css[i] !== char; i += 1) if (css[i] === "\\") i += 1;
    return i + 1;
  }
  if (char === "/" && css[i + 1] === "*") return css.indexOf("*/", i + 2) + 2;
  const close = { "(": ")", "[": "]", "{": "}" }[char];
  if (!close) return i + 1;
  for (i += 1; i < css.length && css[i] !== close; ) i = skip(css, i);
  return i + 1;
}

/** Splits at `separator`, outside strings and brackets. */
function split(text, separator) {
  const parts = [];
  let start = 0;
  for (let i = 0; i < text.length; ) {
    if (text[i] === separator) {
      parts.push(text.slice(start, i));
      i += 1;
      start = i;
    } else i = skip(text, i);
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** Rules of a sheet: { prelude, body } with `body` absent for statements such as @charset. */
function parse(css) {
  const rules = [];
  let start = 0;
  for (let i = 0; i < css.length; ) {
    if (css.startsWith("/*", i)) {
      const end = skip(css, i);
      css = css.slice(0, i) + css.slice(end);
    } else if (css[i] === ";") {
      i += 1;
      start = i;
    } else if (css[i] === "{") {
      const end = skip(css, i);
      rules.push({ prelude: css.slice(start, i).trim(), body: css.slice(i + 1, end - 1) });
      i = end;
      start = i;
    } else i = skip(css, i);
  }
  return rules;
}

/** Whether a selector may match something of the app. What is inside :not() is not required. */
function matches(selector, used) {
  const required = selector.replace(/:not\((?:[^()]|\([^()]*\))*\)/g, "");
  if (/\[data-fr(?!-theme=dark)|::?-ms-|\[href[^\]]*=/.test(required)) return false;
  return [...required.matchAll(/\.((?:[\w-]|\\.)+)/g)].every(([, name]) => used.has(name));
}

/** Replaces the icons by their content. */
function inlineIcons(declarations, folder) {
  return declarations.replace(/url\((["']?)([^"')]+)\1\)/g, (whole, _quote, path) => {
    if (path.startsWith("data:")) return whole;
    const svg = readFileSync(resolve(folder, path.replace(/[?#].*$/, "")), "utf8");
    const compact = svg.replace(/\s*\n\s*/g, " ").replace(/"/g, "'").replace(/%/g, "%25").replace(/#/g, "%23");
    return `url("data:image/svg+xml,${compact.replace(/</g, "%3C").replace(/>/g, "%3E")}")`;
  });
}

/** The rules kept of a sheet. */
function keep(css, folder, used) {
  const kept = [];
  for (const { prelude, body } of parse(css)) {
    if (/^@(media|supports)/.test(prelude)) {
      if (/-ms-high-contrast/.test(prelude)) continue;
      const inner = keep(body, folder, used);
      if (inner.length > 0) kept.push({ prelude, inner });
    } else if (/^@(-webkit-)?keyframes/.test(prelude)) {
      kept.push({ prelude, body });
    } else if (!prelude.startsWith("@")) {
      const selectors = split(prelude, ",").filter((selector) => matches(selector, used));
      if (selectors.length > 0) kept.push({ prelude: selectors.join(","), body: inlineIcons(body, folder) });
    }
  }
  return kept;
}

function write(rules) {
  return rules.map(({ prelude, body, inner }) => `${prelude}{${inner ? write(inner) : body}}`).join("");
}

/** Drops the custom properties nothing reads, until none is left. */
function dropUnread(rules) {
  for (;;) {
    const text = write(rules);
    const read = new Set([...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name));
    let dropped = 0;
    const visit = (list) => {
      for (const rule of list) {
        if (rule.inner) visit(rule.inner);
        else if (!rule.own && rule.body.includes("--")) {
          const all = split(rule.body, ";");
          const left = all.filter((one) => !one.startsWith("--") || read.has(one.slice(0, one.indexOf(":")).trim()));
          dropped += all.length - left.length;
          rule.body = left.join(";");
        }
      }
    };
    visit(rules);
    if (dropped === 0) return rules;
  }
}

function ownSheets() {
  const names = readdirSync(HERE).filter((name) => name.endsWith(".css")).sort();
  return names.map((name) => readFileSync(join(HERE, name), "utf8")).join("\n");
}

function minify(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/: /g, ":")
    .replace(/;}/g, "}");
}

/** Rules for one theme: those of the dark one, or the others; what is left without any goes. */
function ofTheme(rules, dark) {
  return rules.flatMap((rule) => {
    if (!rule.inner) return rule.body && DARK.test(rule.prelude) === dark ? [rule] : [];
    const inner = ofTheme(rule.inner, dark);
    return inner.length > 0 ? [{ ...rule, inner }] : [];
  });
}

/** The rules of the dark theme, for who chose it, then for whose device asks for it and who did not choose the light one. What is
 * printed stays on white. */
function forDark(rules) {
  const text = write(rules);
  const asked = text.replaceAll(new RegExp(DARK, "g"), ":root:not([data-fr-theme=light])");
  return `@media screen{${text}}@media screen and (prefers-color-scheme:dark){${asked}}`;
}

/** The brand of the State: its block under our class, and the fonts beside the sheet. */
function assembleEtat() {
  mkdirSync(ETAT, { recursive: true });
  const logo = readFileSync(join(DSFR, "component/logo/logo.main.min.css"), "utf8");
  const block = /^(\[data-fr-theme=dark\] )?\.fr-logo(::?(before|after))?$/;
  const ofBlock = (prelude) => split(prelude, ",").filter((selector) => block.test(selector)).join(",").replaceAll(".fr-logo", ".pa-marque");
  const rules = parse(logo).map(({ prelude, body }) => ({ prelude: ofBlock(prelude), body })).filter(({ prelude }) => prelude);
  const faces = Object.entries(POLICES).map(([name, weight]) => {
    const file = `Marianne-${name}.woff2`;
    copyFileSync(join(DSFR, "fonts", file), join(ETAT, file));
    return `@font-face{font-family:Marianne;src:url(${file}) format("woff2");font-weight:${weight};font-display:swap}`;
  });
  const licence = "/*! DSFR 1.15.3, Etalab-2.0: reserved for services of the French State */";
  writeFileSync(join(ETAT, "marque.css"), licence + faces.join("") + write(ofTheme(rules, false)) + forDark(ofTheme(rules, true)));
}

if (!existsSync(DSFR)) {
  console.error("assembler.mjs: the design system is absent; type: npm ci --prefix e2e");
  process.exit(1);
}
const used = usedClasses();
const dsfr = SOURCES.flatMap((path) => {
  const css = readFileSync(join(DSFR, path), "utf8").replace(/Marianne, ?arial, ?sans-serif/gi, "var(--pa-police)");
  return keep(css, dirname(join(DSFR, path)), used);
});
const own = parse(minify(ownSheets())).map((rule) => ({ ...rule, own: true }));
// Our sheets count as readers of the custom properties of the design system.
dropUnread([...dsfr, ...own]);
const licence = "/*! Contains rules of DSFR 1.15.3, Etalab-2.0 */";
const sheets = [dsfr, own].map((rules) => write(ofTheme(rules, false)) + forDark(ofTheme(rules, true)));
const css = licence + sheets.join("");
mkdirSync(dirname(OUTPUT), { recursive: true });
assembleEtat();
if (!existsSync(OUTPUT) || readFileSync(OUTPUT, "utf8") !== css) writeFileSync(OUTPUT, css);
const brotli = brotliCompressSync(css, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
console.log(`parcours.css: ${css.length} bytes, ${brotli} in brotli`);
if (brotli > BUDGET_BROTLI) {
  console.error(`assembler.mjs: the style sheet weighs ${brotli} bytes in brotli; the budget is ${BUDGET_BROTLI}`);
  process.exit(1);
}
