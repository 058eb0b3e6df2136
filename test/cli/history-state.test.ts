import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scan } from "../../src/scan/scan.ts";
import { prepareHistory } from "../../src/setup/prepare-history.ts";
import { folder } from "../config/folder.ts";
import { packFolder } from "../git/history.ts";
import { leak, token } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach, type Ran } from "./leakreach.ts";

interface Reported {
  readonly findings: readonly {
    readonly fingerprint: string;
    readonly baseline?: string;
    readonly exposures: readonly { path: string }[];
  }[];
  readonly gaps: readonly unknown[];
  readonly stats: { blobs: number; complete: boolean; notices: string[]; earlier?: Record<string, number> };
}

const stateFile = (): string => join(folder({}), "state");

const history = (root: string, state: string, ...more: readonly string[]): Promise<Ran> =>
  leakreach(["history", root, "--state", state, "--format", "json", "--fail-on", "any", ...more]);

function reported({ stdout, stderr }: Ran): Reported {
  assert.equal(stderr, "");
  return JSON.parse(stdout) as Reported;
}

/** Paths of what is new in a report, sorted. */
const news = (ran: Ran): string[] =>
  reported(ran)
    .findings.filter(({ baseline }) => baseline !== "unchanged")
    .map(({ exposures }) => exposures[0]!.path)
    .sort();

function add(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content);
  git(root, "add", "-A");
  git(root, "commit", "-qm", `add ${Object.keys(files).join()}`);
}

const earlier = (ran: Ran): number => Object.values(reported(ran).stats.earlier ?? {}).reduce((a, b) => a + b, 0);

test("the second run looks only through what is new, and says what it leaves out", async () => {
  const root = repository({ "a.env": leak(1) });
  const state = stateFile();
  const first = await history(root, state);
  assert.deepEqual([first.code, news(first), earlier(first)], [1, ["a.env"], 0]);
  const second = await history(root, state);
  assert.deepEqual([second.code, news(second), earlier(second)], [0, [], 1]);
  assert.equal(reported(second).stats.blobs, 0);
  add(root, { "b.env": leak(2) });
  const third = await history(root, state);
  assert.deepEqual([third.code, news(third), earlier(third)], [1, ["b.env"], 1]);
  assert.equal(reported(third).stats.blobs, 2, "the new file and its commit");
  assert.equal(earlier(await history(root, state)), 2);
});

test("people read that earlier runs reported something, even if they want it quiet", async () => {
  const root = repository({ "a.env": leak(1) });
  const state = stateFile();
  await leakreach(["history", root, "--state", state]);
  const { code, stdout } = await leakreach(["history", root, "--state", state, "--quiet"]);
  assert.equal(code, 0);
  assert.match(stdout, /No new leaked secret found/);
  assert.match(stdout, /Reported by earlier runs, so not listed: 1 \(1 critical\)/);
  assert.equal((await history(root, state, "--fail-on-known")).code, 1);
});

test("a known secret in a new version is found again, and is not new", async () => {
  const root = repository({ "a.env": leak(1) });
  const state = stateFile();
  await history(root, state);
  add(root, { "copy.env": `# again\n${leak(1)}` });
  const ran = await history(root, state);
  assert.deepEqual([ran.code, news(ran), reported(ran).findings.length], [0, [], 1]);
});

test("what was packed anew is known by its id", async () => {
  const root = repository({ "a.env": leak(1), "b.txt": "text\n".repeat(100) });
  const state = stateFile();
  await history(root, state);
  git(root, "repack", "-adq");
  const packed = await history(root, state);
  assert.equal(reported(packed).stats.blobs, 0);
  add(root, { "b.txt": `${"text\n".repeat(100)}more\n${leak(2)}` });
  git(root, "repack", "-adfq");
  const again = await history(root, state);
  assert.deepEqual([news(again), reported(again).stats.blobs], [["b.txt"], 2]);
  assert.equal(reported(await history(root, state)).stats.blobs, 0);
});

test("a clone with the same commits may go on with a state, another repository may not", async () => {
  const root = repository({ "a.env": leak(1) });
  const state = stateFile();
  await history(root, state);
  const clone = join(folder({}), "clone.git");
  git(root, "clone", "-q", "--bare", `file://${root}`, clone);
  assert.equal(reported(await history(clone, state)).stats.blobs, 0);
  const before = readFileSync(state);
  const refused = await history(repository({ other: leak(2) }), state);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /is of another repository \(.*clone\.git\)/);
  assert.deepEqual(readFileSync(state), before);
});

test("other rules or settings look through everything again, and say so", async () => {
  const root = repository({ "a.env": leak(1) });
  const state = stateFile();
  await history(root, state);
  for (const settings of ["rules:\n  disable: [npm-*]\n", "rules:\n  disable: [npm-*]\npaths:\n  exclude: [x]\n"]) {
    writeFileSync(join(root, ".leakreach.yml"), `version: 1\n${settings}`);
    const ran = await history(root, state);
    assert.match(reported(ran).stats.notices.join(), /everything is looked through again/);
    assert.deepEqual([ran.code, reported(ran).stats.blobs], [0, 2], "found again, and known");
  }
  assert.equal(reported(await history(root, state)).stats.blobs, 0);
});

test("an allowance that ran out brings back what it allowed", async () => {
  const root = repository({
    "a.env": leak(1),
    ".leakreach.yml": "version: 1\nallow:\n  - { path: a.env, reason: test, until: 2030-01-31 }\n",
  });
  const state = stateFile();
  const allowed = await history(root, state, "--now", "2030-01-01T00:00:00Z");
  assert.deepEqual([allowed.code, earlier(await history(root, state, "--now", "2030-01-02T00:00:00Z"))], [0, 0]);
  assert.deepEqual(news(await history(root, state, "--now", "2030-03-01T00:00:00Z")), ["a.env"]);
});

test("every damage to a state is an error, and nothing is passed over", async () => {
  const root = repository({ "a.env": leak(1) });
  const state = stateFile();
  await history(root, state);
  const good = readFileSync(state);
  const flipped = (at: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes[at]! ^= 1;
    return bytes;
  };
  const cases: readonly (readonly [string, Buffer, RegExp])[] = [
    ["empty", Buffer.alloc(0), /is no state/],
    ["cut", good.subarray(0, good.length - 1), /is damaged/],
    ["changed in its ids", flipped(good.length - 7), /is damaged/],
    ["changed in its text", flipped(60), /is damaged/],
    ["of a later format", Buffer.from(good.toString("latin1").replace("state 1", "state 2"), "latin1"), /format 2/],
    ["nothing, with the checksum of nothing", Buffer.from("leakreach-state 1 00000000\n"), /holds something else/],
    ["something else", Buffer.from("hello\nworld\n"), /is no state/],
  ];
  for (const [name, bytes, message] of cases) {
    writeFileSync(state, bytes);
    const ran = await history(root, state);
    assert.equal(ran.code, 2, name);
    assert.match(ran.stderr, message, name);
    assert.deepEqual(readFileSync(state), bytes, name);
  }
});

test("what could not be read is tried again, whatever else is known", async () => {
  const root = repository({ "a.env": leak(1), "b.txt": "text\n" });
  git(root, "repack", "-adfq");
  const [name] = readdirSync(packFolder(root)).filter((file) => file.endsWith(".pack"));
  const path = join(packFolder(root), name!);
  const good = readFileSync(path);
  const bad = Buffer.from(good);
  const at = Number(
    / (\d+)$/m.exec(
      git(root, "verify-pack", "-v", path)
        .split("\n")
        .find((line) => line.includes("blob"))!,
    )![1],
  );
  bad[at + 5]! ^= 0xff;
  rmSync(path);
  writeFileSync(path, bad);
  const state = stateFile();
  const broken = await history(root, state);
  assert.ok(reported(broken).gaps.length > 0);
  assert.ok(reported(await history(root, state)).gaps.length > 0, "still a gap");
  rmSync(path);
  writeFileSync(path, good);
  const mended = await history(root, state);
  assert.deepEqual([reported(mended).stats.complete, reported(mended).stats.blobs], [true, 3]);
  assert.equal(reported(await history(root, state)).stats.blobs, 0);
});

test("a scan that is stopped leaves the state as it was", async () => {
  const root = repository(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.env`, leak(i)])));
  const state = stateFile();
  const ran = await leakreach(["history", root, "--state", state, "--format", "jsonl"], {
    during: (child) => child.stdout?.once("data", () => child.kill("SIGINT")),
  });
  const written = readdirSync(join(state, ".."));
  assert.deepEqual([ran.code, written], ran.code === 130 ? [130, []] : [1, ["state"]]);
});

test("two runs at once leave a whole state", async () => {
  const root = repository(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.env`, leak(i)])));
  const state = stateFile();
  await Promise.all([history(root, state), history(root, state), history(root, state)]);
  assert.deepEqual(readdirSync(join(state, "..")), ["state"]);
  const ran = await history(root, state);
  assert.deepEqual([ran.code, reported(ran).stats.blobs, earlier(ran)], [0, 0, 20]);
});

test("a state holds no secret", async () => {
  const root = repository({ "a.env": leak(1) });
  const state = stateFile();
  await history(root, state);
  assert.equal(readFileSync(state).includes(token(1).slice(4, 16)), false);
});

test("a state that another run replaced meanwhile is not overwritten with less", async () => {
  const root = repository({ "a.env": leak(1) });
  const [state, other] = [stateFile(), stateFile()];
  const run = async (file: string, meanwhile: () => void): Promise<Buffer> => {
    const prepared = await prepareHistory(
      { repository: root, state: file, version: "x" },
      new AbortController().signal,
    );
    for await (const event of scan(prepared.sources, prepared.options)) {
      if (event.type !== "report") continue;
      meanwhile();
      return Buffer.concat([...prepared.after!(event.report)]);
    }
    return assert.fail("no report");
  };
  writeFileSync(state, await run(state, () => {}));
  const known = readFileSync(state);
  add(root, { "b.env": leak(2) });
  writeFileSync(other, await run(other, () => {}));
  await assert.rejects(
    run(state, () => writeFileSync(state, readFileSync(other))),
    { code: "state-invalid", message: /was changed while it was used/ },
  );
  writeFileSync(state, known);
  await assert.rejects(
    run(state, () => rmSync(state)),
    { code: "state-invalid" },
  );
});
