import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { unescaped } from "../../src/detect/escapes.ts";

const piece = fc.oneof(
  fc.constantFrom("%3D", "\\n", "\\\\", '\\"', "\\u0041", "&amp;", "&#61;", "\x1b[32m"),
  fc.stringMatching(/^[a-z= ]{0,6}$/),
);

test("every character of an unescaped text is found again where it stood, and the other way round", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const raw = pieces.join("");
      const plain = unescaped(raw);
      if (!plain) return;
      let before = -1;
      for (let index = 0; index < plain.text.length; index++) {
        const place = plain.outward(index);
        assert.ok(place > before);
        if (!/[\\%&\x1b]/.test(raw[place]!)) assert.equal(plain.text[index], raw[place]);
        assert.equal(plain.inward(place), index);
        for (let inside = before + 1; inside < place; inside++) assert.equal(plain.inward(inside), index - 1);
        before = place;
      }
      assert.equal(plain.outward(plain.text.length), raw.length);
      assert.equal(plain.inward(raw.length), plain.text.length);
    }),
  );
});

test("a text without escapes is left alone, one of escapes becomes what they stand for", () => {
  assert.equal(unescaped("a=b"), undefined);
  assert.equal(unescaped("a%3Db\\n&lt;\\u0041\x1b[0m.")?.text, "a=b\n<A .");
});
