import assert from "node:assert/strict";
import { test } from "node:test";
import type { How } from "../cli/leakreach.ts";
import { many, place, sweeping, sweepingSo } from "./sweeping.ts";

/** Moments at which a sweep is killed; `.ci/run` takes more. */
const KILLS = Number(process.env.LEAKREACH_KILLS ?? 4);

/** Runs a sweep and kills it after so many milliseconds; what it printed by then. */
async function killed(milliseconds: number, store: string, ...args: readonly string[]): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const during: How["during"] = (child) => {
    timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  };
  const { stdout } = await sweepingSo({ during }, store, ...args, "--format", "json");
  clearTimeout(timer);
  return stdout;
}

test(`killed at ${KILLS} random moments, a sweep goes on and reports what an undisturbed one does`, async () => {
  const root = many(30);
  const began = Date.now();
  const undisturbed = (await sweeping(place(), root, "--format", "json")).stdout;
  const whole = Date.now() - began;
  assert.match(undisturbed, /"complete": true/);
  for (let i = 0; i < KILLS; i++) {
    const store = place();
    const first = Math.floor(Math.random() * whole);
    const second = Math.floor(Math.random() * whole);
    const isSame =
      (await killed(first, store, root)) === undisturbed ||
      // The one that goes on is killed as well.
      (await killed(second, store, root, "--resume")) === undisturbed ||
      (await sweeping(store, root, "--resume", "--format", "json")).stdout === undisturbed;
    assert.ok(isSame, `killed after ${first} ms, then ${second} ms`);
  }
});
