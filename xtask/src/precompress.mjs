// Writes NAME.br (quality 11) and NAME.gz (level 9) beside every text or WebAssembly asset of the folder given as argument.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const COMPRESSIBLE = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".txt", ".xml", ".webmanifest", ".ico"]);
// Distance codes (postfix bits, direct codes) tried on each file; the best one depends on the file.
const DISTANCES = [[0, 0], [1, 2], [0, 15]];
const folder = process.argv[2];

function brotli(content) {
  const attempts = DISTANCES.map(([postfix, direct]) => brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
      [constants.BROTLI_PARAM_NDIRECT]: direct,
    },
  }));
  return attempts.reduce((best, attempt) => (attempt.length < best.length ? attempt : best));
}

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !COMPRESSIBLE.has(extname(entry.name))) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const content = readFileSync(path);
  writeFileSync(`${path}.br`, brotli(content));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
