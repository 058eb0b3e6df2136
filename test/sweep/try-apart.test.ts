import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Secret } from "../../src/model/index.ts";
import type { Credential } from "../../src/scan/group.ts";
import { type Fits, tryApart } from "../../src/sweep/try-apart.ts";
import { mintHmac } from "../decode/mint-jwt.ts";
import { until } from "../queue/working.ts";

const KEYS = Array.from({ length: 3 }, () => randomBytes(24).toString("hex"));
const MEMORY = 256;
const MANY = 1_000;

const credential = (text: string): Credential => ({ rule: {}, matches: [{ secret: new Secret(text) }] }) as never;

const keys = KEYS.map(credential);
/** Made with the third key, the first and one that is not there. */
const tokens = [KEYS[2]!, KEYS[0]!, "elsewhere"].map((key) => credential(mintHmac({ sub: "a" }, key)));

const tried = (most: number, signal = new AbortController().signal): Promise<Fits> =>
  tryApart({ tokens, keys }, most, MEMORY, signal);

test("keys are tried on tokens in another process, which says which fit and whether it tried all", async () => {
  const [first, second] = [
    { type: "fits", token: 0, keys: [2] },
    { type: "fits", token: 1, keys: [0] },
  ];
  const cases: readonly (readonly [number, Fits])[] = [
    [9, { fits: [first, second] as Fits["fits"], isCut: false }],
    [8, { fits: [first, second] as Fits["fits"], isCut: true }],
    [4, { fits: [first, second] as Fits["fits"], isCut: true }],
    [3, { fits: [first] as Fits["fits"], isCut: true }],
    [2, { fits: [], isCut: true }],
  ];
  for (const [most, expected] of cases) assert.deepEqual(await tried(most), expected, `${most}`);
});

test("without tokens, or without keys, there is nothing to try", async () => {
  const { signal } = new AbortController();
  const nothing = { fits: [], isCut: false };
  assert.deepEqual(await tryApart({ tokens, keys: [] }, 1, MEMORY, signal), nothing);
  assert.deepEqual(await tryApart({ tokens: [], keys }, 1, MEMORY, signal), nothing);
});

/** The process in which keys are tried. */
function trying(): number | undefined {
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "latin1") : "");
  const children = read(`/proc/self/task/${process.pid}/children`).trim().split(" ");
  return children.map(Number).find((child) => read(`/proc/${child}/cmdline`).includes("try-keys"));
}

test("a process that is lost leaves keys untried, and one that is stopped is gone", {
  skip: !existsSync("/proc/self/task") && "needs /proc",
}, async () => {
  const many = { tokens: Array.from({ length: MANY }, () => tokens[0]!), keys: Array(MANY).fill(keys[0]!) };
  const lost = tryApart(many, MANY ** 2, MEMORY, new AbortController().signal);
  await until(() => trying() !== undefined, "its process is there");
  process.kill(trying()!, "SIGKILL");
  assert.equal((await lost).isCut, true);
  const stop = new AbortController();
  const stopped = tryApart(many, MANY ** 2, MEMORY, stop.signal);
  await until(() => trying() !== undefined, "its process is there");
  stop.abort();
  assert.equal((await stopped).isCut, false);
  assert.equal(trying(), undefined);
});
