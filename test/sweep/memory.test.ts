import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { mintJwt } from "../decode/mint-jwt.ts";
import { leak } from "../scan/running.ts";
import { git } from "../sources/repository.ts";
import { clones, commit, foundIn, gapsIn, noise, place, sweepingSo } from "./sweeping.ts";

const linux = { skip: !existsSync("/proc/self/task") && "needs /proc" };

const read = (path: string): string => {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
};

/** A process and those it has started, but for git's. */
function family(pid: number): number[] {
  const tasks = existsSync(`/proc/${pid}/task`) ? readdirSync(`/proc/${pid}/task`) : [];
  const children = tasks.flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(" ").filter(Boolean));
  return read(`/proc/${pid}/comm`).startsWith("git")
    ? []
    : [pid, ...children.flatMap((child) => family(Number(child)))];
}

/** MiB that a process holds in memory. */
const held = (pid: number): number => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

/** Sweeps, and says how much all processes together took at most: MiB. */
async function sweptWithin(memory: number, root: string) {
  let most = 0;
  const during = async ({ pid }: { readonly pid?: number | undefined }) => {
    while (held(pid!) > 0) {
      most = Math.max(
        most,
        family(pid!).reduce((sum, one) => sum + held(one), 0),
      );
      await setTimeout(5);
    }
  };
  const ran = await sweepingSo({ during }, place(), root, "--jobs", "2", "--memory", `${memory}`, "--format", "json");
  return { most, code: ran.code, stderr: ran.stderr, report: ran.stdout === "" ? undefined : JSON.parse(ran.stdout) };
}

/** Versions of a file of 20 MB and more that have nothing in common, a token in each, and too much to be small. */
function heavy(versions: number): string {
  const root = clones({ heavy: { "a.txt": "text\n" }, small: { "b.env": leak(9) } });
  const own = join(root, "heavy");
  for (let version = 0; version < versions; version++)
    commit(own, {
      "dump.sql": `${`-- ${version} nothing to see here ${"=".repeat(version)}\n`.repeat(20_000_000 / 30)}${leak(version)}`,
    });
  commit(own, { "noise.bin": noise() });
  git(own, "-c", "pack.window=0", "gc", "-q");
  return root;
}

test(
  "all processes of a sweep together stay within its memory, and find the same with little as with much",
  linux,
  async () => {
    const root = heavy(6);
    const [little, much] = [await sweptWithin(320, root), await sweptWithin(1024, root)];
    assert.deepEqual([gapsIn(little.report), gapsIn(much.report)], [[], []]);
    assert.deepEqual(foundIn(little.report), foundIn(much.report));
    assert.ok(little.most > 100, "it was measured");
    assert.ok(little.most <= 320, `${little.most} MiB`);
    assert.ok(much.most <= 1024, `${much.most} MiB`);
  },
);

test(
  "what does not fit is a gap that says so, of its repository alone, and no process takes more for it",
  linux,
  async () => {
    const root = heavy(1);
    commit(join(root, "heavy"), { "huge.sql": "-- nothing to see\n".repeat(8 << 20) });
    const { most, report } = await sweptWithin(320, root);
    assert.deepEqual(foundIn(report).small, ["b.env"]);
    assert.match(gapsIn(report).join("\n"), /^heavy: .*(?:raise --memory|larger than)/m);
    assert.ok(most <= 320, `${most} MiB`);
  },
);

/** Tokens in one repository and keys in another, none of which belong together. */
function strange(count: number): string {
  const pem = () =>
    generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const each = (make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join("\n");
  const token = (i: number) => `token = "${mintJwt({ sub: `svc-${i}` }, { alg: "ES256" })}"`;
  return clones({ keys: { "keys.pem": each(pem) }, tokens: { "tokens.txt": each(token) } });
}

test("a sweep holds little itself, however many keys are tried", linux, async () => {
  let most = 0;
  const during = async ({ pid }: { readonly pid?: number | undefined }) => {
    for (let now = held(pid!); now > 0; now = held(pid!)) {
      most = Math.max(most, now);
      await setTimeout(5);
    }
  };
  const one = async (count: number) => {
    most = 0;
    const ran = await sweepingSo({ during }, place(), strange(count), "--jobs", "1", "--quiet");
    assert.equal(ran.code, 1, ran.stderr);
    return most;
  };
  const [few, many] = [await one(1), await one(80)];
  assert.ok(few > 40, "it was measured");
  assert.ok(many < few + 16, `${few} MiB for one key, ${many} for many`);
});

test("a memory that nothing can be looked through with is a mistake", async () => {
  const ran = await sweepingSo({}, place(), clones({ small: { "b.env": leak(2) } }), "--memory", "319");
  assert.deepEqual([ran.code, ran.stdout], [2, ""]);
  assert.match(ran.stderr, /--memory 319 is too little: a sweep needs 320 MiB or more/);
});
