import assert from "node:assert/strict";
import { test } from "node:test";
import { crowded } from "../../src/detect/crowded.ts";
import { examine } from "../../src/detect/examine.ts";
import type { Matcher } from "../../src/detect/matcher.ts";
import type { Plan } from "../../src/detect/plan.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn, scanner, textOf } from "./find.ts";

const SIZE = 40_000;
const rows = ["&sig=", '{"kty":', "Server=a;", "curl -a ", "kind: Secret\n", "jdbc:sqlserver:a;", "--password-stdin "];

for (const piece of rows)
  test(`a row of ${JSON.stringify(piece)} costs a few windows, however long it is`, () => {
    assert.ok(windowsOf(piece.repeat(Math.ceil(SIZE / piece.length))) <= 400);
  });

test("a keyword with a value behind it is looked at, also at the end of a row", () => {
  const random = seededRandom(9);
  const password = mint("{{letters 6}}{{digits 4}}", random);
  const row = "Server=a;".repeat(200);
  const found = findIn(`${row}Server=db.corp.net;User Id=sa;Password=${password};`, "a.txt");
  assert.ok(found.some(({ secret }) => secret === password));
});

test("keywords that stand apart are no row", () => {
  const matcher = { keywords: ["sig="] } as unknown as Matcher;
  const line = `sig=1 ${"-".repeat(80)}\n`;
  assert.equal(crowded(textOf(line.repeat(50)), matcher, line.length * 40), false);
  assert.equal(crowded(textOf("sig=".repeat(50)), matcher, 4 * 40), true);
  assert.equal(crowded(textOf("sig=".repeat(50)), matcher, 4 * 49), false);
});

/** How many patterns run over a window while a text is looked through. */
function windowsOf(written: string): number {
  let count = 0;
  const plan: Plan = {
    ...scanner.plan,
    pattern: (matcher) => {
      count++;
      return scanner.plan.pattern(matcher);
    },
  };
  const { block } = plan.kernel;
  const length = block.bytes.write(written, "latin1");
  const text = { bytes: block.bytes, length, path: "a.txt" };
  const list = plan.kernel.candidates(block, length);
  const viewed = { encoded: 0, escaped: 0 };
  for (let i = 0; i < list.length; i += 3) examine(plan, text, list[i]!, list[i + 1]!, list[i + 2]!, viewed);
  return count;
}
