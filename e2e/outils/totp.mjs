// The codes that an application on a telephone shows (RFC 6238: SHA-1, six digits, 30 seconds).
import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The bytes of a secret in base 32. */
export function base32(secret) {
  const bits = [...secret].map((signe) => ALPHABET.indexOf(signe).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)));
}

/** The code of this secret, `decalage` steps from now. */
export function code(secret, decalage = 0, secondes = Date.now() / 1000) {
  const pas = Buffer.alloc(8);
  pas.writeBigUInt64BE(BigInt(Math.floor(secondes / 30) + decalage));
  const empreinte = createHmac("sha1", base32(secret)).update(pas).digest();
  const place = empreinte.at(-1) & 15;
  return String((empreinte.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
