import assert from "node:assert/strict";
import { test } from "node:test";
import { code } from "./totp.mjs";

test("the vectors of RFC 6238, cut to six digits", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  for (const [secondes, attendu] of [[59, "287082"], [1111111109, "081804"], [1234567890, "005924"], [2000000000, "279037"]]) {
    assert.equal(code(secret, 0, secondes), attendu);
  }
  assert.equal(code(secret, -1, 89), "287082");
});
