// Called by Trunk when it has built the page: its inline script becomes a file, so that the content policy allows no inline
// script at all. The name holds the hash of the content, as those of the other files do. The names that the program and its script
// share are shortened first. The script of the theme comes before the style sheets, so that the page is painted once.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shortenFolder } from "./abreger.mjs";

const folder = process.env.TRUNK_STAGING_DIR;
const page = join(folder, process.env.TRUNK_BUILD_HTML_OUTPUT ?? "index.html");
const before = shortenFolder(folder, readFileSync(page, "utf8"));
const inline = [...before.matchAll(/<script type="module">([^]*?)<\/script>/g)];
if (inline.length !== 1) throw new Error(`${page} : ${inline.length} script(s) en ligne, un seul attendu.`);

/** Writes a script beside the page; gives its address. */
function keep(script) {
  const name = `demarrage-${createHash("sha256").update(script).digest("hex").slice(0, 16)}.js`;
  writeFileSync(join(folder, name), script);
  return `/${name}`;
}

const [tag, text] = inline[0];
const start = keep(`${text.trim().replace(/\n{2,}/g, "\n")}\n`);
const theme = keep(readFileSync("crates/web/theme.js", "utf8").replace(/^\s*\/\/.*\n/gm, ""));
const title = "<title>";
if (before.split(title).length !== 2) throw new Error(`${page} : ${title} doit y être une fois.`);
const after = before.replace(tag, `<script type="module" src="${start}"></script>`);
writeFileSync(page, after.replace(title, `<script src="${theme}"></script>\n    ${title}`));
