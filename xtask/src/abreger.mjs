// What wasm-bindgen writes names each function that crosses between the module and its script with a hash: kilobytes that no compression
// shortens, in both files. Here both get the same short names, and the script loses its comments and its margins. The files keep a name
// that holds the hash of their content, so that a browser never pairs one of them with another version of the other.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const IMPORTS = 2;
const EXPORTS = 7;
// Names that only the script of wasm-bindgen knows.
const PRIVATE = /^(__|wasm_bindgen__|intounderlying)/;
// A name in the script: that of the script itself is in quotes.
const WORD = /"\.\/[\w-]+\.js"|[\w$]+/g;

const bareName = (word) => (word.startsWith('"') ? word.slice(1, -1) : word);

/** Reads what a module is made of, one value after the other. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at).toString("utf8");
  }

  /** The bytes that `read` goes through. */
  span(read) {
    const from = this.at;
    read();
    return this.bytes.subarray(from, this.at);
  }

  limits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }

  /** What kind of thing is imported, and its type. */
  imported() {
    const kind = this.bytes[this.at++];
    if (kind === 0) this.number();
    else if (kind === 1) {
      this.at++;
      this.limits();
    } else if (kind === 2) this.limits();
    else if (kind === 3) this.at += 2;
    else throw new Error(`Import de genre ${kind} inconnu.`);
  }
}

function number(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(bytes);
}

function text(value) {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([number(bytes.length), bytes]);
}

/** A section that lists imports or exports, each name replaced by what `rename` gives. */
function list(content, section, rename) {
  const reader = new Reader(content);
  const count = reader.number();
  const parts = [number(count)];
  for (let index = 0; index < count; index++) {
    if (section === IMPORTS) parts.push(text(rename(reader.text(), true)), text(rename(reader.text())));
    else parts.push(text(rename(reader.text())));
    parts.push(reader.span(() => (section === IMPORTS ? reader.imported() : (reader.at++, reader.number()))));
  }
  return Buffer.concat(parts);
}

/** The module and its script with short names. What the script does not say keeps its name. */
export function shorten(wasm, script) {
  const said = new Set(script.match(WORD).map(bareName));
  const names = new Map();
  const rename = (name, module = false) => {
    if (!said.has(name) || !(module || PRIVATE.test(name))) return name;
    if (!names.has(name)) names.set(name, `$${names.size.toString(36)}`);
    return names.get(name);
  };
  const reader = new Reader(wasm, 8);
  const sections = [wasm.subarray(0, 8)];
  while (reader.at < wasm.length) {
    const section = wasm[reader.at++];
    const length = reader.number();
    const content = wasm.subarray(reader.at, reader.at + length);
    reader.at += length;
    const renamed = section === IMPORTS || section === EXPORTS ? list(content, section, rename) : content;
    sections.push(Buffer.from([section]), number(renamed.length), renamed);
  }
  const renamed = script.replace(WORD, (word) => {
    const short = names.get(bareName(word));
    if (short === undefined) return word;
    return word.startsWith('"') ? `"${short}"` : short;
  });
  return { wasm: Buffer.concat(sections), script: bare(renamed) };
}

/** The script without its comments nor its margins. */
function bare(script) {
  const lines = script.replace(/^[ \t]*\/\*\*[^]*?\*\/$/gm, "").split("\n");
  const kept = lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("//"));
  // Within a text of several lines, a margin counts.
  if (kept.some((line) => line.split("`").length % 2 === 0)) throw new Error("Le script contient un texte de plusieurs lignes.");
  return `${kept.join("\n")}\n`;
}

/** Shortens the module and the script of the program in a folder; gives the page with their new names. */
export function shortenFolder(folder, page) {
  const found = readdirSync(folder).filter((name) => name.endsWith("_bg.wasm"));
  if (found.length !== 1) throw new Error(`${folder} : ${found.length} modules, un seul attendu.`);
  const stem = found[0].slice(0, -"_bg.wasm".length);
  const { wasm, script } = shorten(readFileSync(join(folder, found[0])), readFileSync(join(folder, `${stem}.js`), "utf8"));
  const hash = createHash("sha256").update(wasm).update(script).digest("hex").slice(0, 16);
  const named = `${stem.replace(/-[0-9a-f]+$/, "")}-${hash}`;
  writeFileSync(join(folder, found[0]), wasm);
  writeFileSync(join(folder, `${stem}.js`), script);
  renameSync(join(folder, found[0]), join(folder, `${named}_bg.wasm`));
  renameSync(join(folder, `${stem}.js`), join(folder, `${named}.js`));
  return page.replaceAll(stem, named);
}
