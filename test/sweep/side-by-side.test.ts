import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { sideBySide } from "../../src/sweep/side-by-side.ts";

async function* coming(shares: readonly number[]): AsyncGenerator<number> {
  for (const share of shares) {
    await setImmediate();
    yield share;
  }
}

const cases: [name: string, room: number, shares: number[]][] = [
  ["nothing", 2, []],
  ["one", 2, [1]],
  ["small ones", 3, [1, 1, 1, 1, 1, 1, 1]],
  ["one that wants all the room among small ones", 3, [1, 1, 3, 1, 1]],
  ["only such", 2, [2, 2, 2]],
  ["room for one", 1, [1, 1, 1]],
];

for (const [name, room, shares] of cases) {
  test(`${name}: all are worked on, never more at once than there is room for, and in the order in which they came`, async () => {
    let taken = 0;
    let most = 0;
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (share: number): Promise<number> => {
      const number = begun.push(share) - 1;
      taken += share;
      most = Math.max(most, taken);
      for (let i = 0; i < 5 - (number % 3); i++) await setImmediate();
      taken -= share;
      return number;
    };
    for await (const number of sideBySide(coming(shares), room, (share) => share, work)) ended.push(number);
    assert.deepEqual(begun, shares);
    assert.deepEqual(
      ended.toSorted((a, b) => a - b),
      shares.map((_, number) => number),
    );
    assert.equal(most, Math.max(0, ...shares, Math.min(room, shares.filter((share) => share === 1).length)));
  });
}

test("what fails ends it, once what was begun is done and no more comes", async () => {
  let ended = 0;
  let isReturned = false;
  async function* endless(): AsyncGenerator<number> {
    try {
      for (let i = 0; ; i++) yield i;
    } finally {
      isReturned = true;
    }
  }
  const work = async (number: number): Promise<void> => {
    for (let i = 0; i < 10 * number; i++) await setImmediate();
    ended++;
    if (number === 1) throw new Error("no more");
  };
  const all = async () => {
    for await (const _ of sideBySide(endless(), 3, () => 1, work));
  };
  await assert.rejects(all, /no more/);
  assert.ok(isReturned);
  assert.ok(ended >= 3);
});
