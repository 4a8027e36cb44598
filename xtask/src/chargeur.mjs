// Called by Trunk when it has built the page: its inline script becomes a file, so that the content policy allows no inline
// script at all. The name holds the hash of the content, as those of the other files do. The names that the program and its script
// share are shortened first.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shortenFolder } from "./abreger.mjs";

const folder = process.env.TRUNK_STAGING_DIR;
const page = join(folder, process.env.TRUNK_BUILD_HTML_OUTPUT ?? "index.html");
const before = shortenFolder(folder, readFileSync(page, "utf8"));
const inline = [...before.matchAll(/<script type="module">([^]*?)<\/script>/g)];
if (inline.length !== 1) throw new Error(`${page} : ${inline.length} script(s) en ligne, un seul attendu.`);

const [tag, text] = inline[0];
const script = `${text.trim().replace(/\n{2,}/g, "\n")}\n`;
const name = `demarrage-${createHash("sha256").update(script).digest("hex").slice(0, 16)}.js`;
writeFileSync(join(folder, name), script);
writeFileSync(page, before.replace(tag, `<script type="module" src="/${name}"></script>`));
