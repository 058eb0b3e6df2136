import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { COMMANDS } from "../../src/cli/commands.ts";
import { folder } from "../config/folder.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { leak, token } from "../scan/running.ts";
import { zipped } from "../sources/pack.ts";
import { CLI, leakreach, linesOf, type Ran } from "./leakreach.ts";

const NOW = ["--now", "2026-09-01T00:00:00Z"];
const low = mint("STRIPE_WEBHOOK_SECRET=whsec_{{alnum 32}}\n", seededRandom(4));
const clean = { "readme.txt": "nothing here\n" };
const leaky = { "a.env": leak(1), "b/c.env": leak(2), "low.env": low };
const brokenZip = zipped({ a: "x" }).subarray(0, 20);

interface Report {
  readonly findings: readonly {
    level: string;
    rule: string;
    fingerprint: string;
    exposures: readonly { path: string }[];
  }[];
  readonly gaps: readonly { what: string; why: string }[];
  readonly stats: Record<string, unknown> & { notices: string[]; complete: boolean; milliseconds: number };
}

const reportOf = ({ stdout }: Ran): Report => JSON.parse(stdout);
const json = (root: string, ...more: string[]) => leakreach(["scan", root, "--format", "json", ...NOW, ...more]);

function valid(schema: string, value: unknown): void {
  const ajv = new Ajv2020({ strict: false, formats: { uri: true, "date-time": true } });
  const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
  assert.ok(validate(value), JSON.stringify(validate.errors, null, 1));
}

const codes: readonly [name: string, files: Parameters<typeof folder>[0], flags: readonly string[], code: number][] = [
  ["nothing to find", clean, [], 0],
  ["a finding at or above --fail-on", leaky, [], 1],
  ["something that could not be read", { ...clean, "x.zip": brokenZip }, [], 3],
  ["a finding and something that could not be read", { ...leaky, "x.zip": brokenZip }, [], 1],
  [
    "a gap that the settings accept",
    { ...clean, "x.zip": brokenZip, ".leakreach.yml": "gaps: [{what: x.zip, reason: a fixture}]" },
    [],
    0,
  ],
  [
    "a finding that its line allows",
    { "a.env": leak(1).replace("\n", " # leakreach:allow github-pat -- a test\n") },
    [],
    0,
  ],
  ["no rules left", { ...clean, ".leakreach.yml": "rules: {disable: ['*']}" }, [], 2],
  ["settings that are wrong", { ...clean, ".leakreach.yml": "rulez: {}" }, [], 2],
  ["an unknown flag", clean, ["--nope"], 2],
  ["an unknown level", clean, ["--fail-on", "fatal"], 2],
  ["an unknown format", clean, ["--format", "xml"], 2],
  ["a time that is none", clean, ["--now", "yesterday"], 2],
  ["a baseline that is not there", clean, ["--baseline", "/nowhere.json"], 2],
  ["a policy that is not there", clean, ["--policy", "/nowhere.yml"], 2],
  ["a configuration that is not there", clean, ["--config", "/nowhere.yml"], 2],
  ["a key set that is not there", clean, ["--jwks", "/nowhere.json"], 2],
  ["an output that cannot be written", clean, ["--output", "/nowhere/at/all.json"], 2],
  ["no threads", clean, ["--jobs", "0"], 2],
];

for (const [name, files, flags, code] of codes) {
  test(`${name} is exit ${code}`, async () => {
    const ran = await leakreach(["scan", folder(files), ...flags]);
    assert.equal(ran.code, code, ran.stdout + ran.stderr);
    if (code === 2) assert.equal(ran.stdout, "");
  });
}

for (const glob of ["", "!a.txt", "a\\b", "a*b*c*d*e"])
  for (const flag of ["--include", "--exclude"])
    test(`${flag} ${JSON.stringify(glob)} is exit 2, not a scan of nothing`, async () => {
      const ran = await leakreach(["scan", folder(leaky), flag, glob]);
      assert.deepEqual([ran.code, ran.stdout], [2, ""]);
      assert.match(ran.stderr, /it (?:is no glob: write one such as|has too many stars)/);
    });

test("an empty path is exit 2, not the current folder", async () => {
  const ran = await leakreach(["scan", ""], { cwd: folder(leaky) });
  assert.deepEqual([ran.code, ran.stdout], [2, ""]);
  assert.match(ran.stderr, /a path is empty: write \. for the current folder/);
});

test("a path that is not there is exit 2, and a folder of nothing is not silent", async () => {
  const ran = await leakreach(["scan", "/nowhere/at/all"]);
  assert.deepEqual([ran.code, ran.stdout], [2, ""]);
  assert.match(ran.stderr, /there is no \/nowhere\/at\/all/);
  assert.match(
    (await leakreach(["scan", folder({})])).stdout,
    /^\d+ rules over 0 files, 0 bytes, in \d+ ms: complete\n$/m,
  );
});

const failOn: readonly [level: string, high: number, low: number][] = [
  ["none", 1, 1],
  ["any", 1, 1],
  ["low", 1, 1],
  ["medium", 1, 0],
  ["high", 1, 0],
  ["critical", 1, 0],
];

for (const [level, high, lowest] of failOn) {
  test(`--fail-on ${level} gives ${high} for a critical finding and ${lowest} for a low one`, async () => {
    assert.equal((await leakreach(["scan", folder({ a: leak(1) }), "--fail-on", level])).code, high);
    assert.equal((await leakreach(["scan", folder({ a: low }), "--fail-on", level])).code, lowest);
  });
}

test("--fail-on any does not count what is harmless, and --fail-on none does", async () => {
  const sample = { a: mint("STRIPE_PUBLISHABLE_KEY=pk_live_{{alnum 24}}\n", seededRandom(1)) };
  const root = folder(sample);
  const [finding] = reportOf(await json(root, "--min-level", "none")).findings;
  assert.equal(finding?.level, "none");
  assert.equal((await leakreach(["scan", root, "--fail-on", "any"])).code, 0);
  assert.equal((await leakreach(["scan", root, "--fail-on", "none"])).code, 1);
});

test("--min-level chooses what is listed, not what is counted or fails", async () => {
  const root = folder(leaky);
  assert.equal(reportOf(await json(root)).findings.length, 3);
  const ran = await json(root, "--min-level", "high");
  assert.deepEqual(
    reportOf(ran).findings.map(({ level }) => level),
    ["critical", "critical"],
  );
  assert.equal(reportOf(ran).stats.matches, 3);
  assert.match((await leakreach(["scan", root, "--min-level", "high"])).stdout, /Below high, so not listed: 1/);
});

test("a JSON report fits its schema, with findings, gaps and stats", async () => {
  const ran = await json(folder({ ...leaky, "x.zip": brokenZip }));
  const report = reportOf(ran);
  valid("docs/report.schema.json", report);
  assert.equal(report.findings.length, 3);
  assert.deepEqual(
    report.gaps.map(({ what }) => what),
    ["x.zip"],
  );
  for (const name of ["rules", "files", "blobs", "bytes", "skipped"]) assert.ok(name in report.stats, name);
  assert.equal(report.stats.complete, false);
});

test("a report of nothing fits its schema, too", async () => {
  valid("docs/report.schema.json", reportOf(await json(folder(clean))));
});

test("two runs with one --now give the same bytes, apart from the time they took", async () => {
  const root = folder({ ...leaky, "x.zip": zipped({ inner: leak(3) }), "jwt.txt": mint("{{jwt}}", seededRandom(3)) });
  const [one, two] = [await json(root), await json(root)].map(({ stdout }) =>
    stdout.replace(/"milliseconds": \d+/, ""),
  );
  assert.equal(one, two);
  assert.match(one!, /"now": "2026-09-01T00:00:00\.000Z"/);
});

test("--now decides how long a token still lives", async () => {
  const root = folder({ "jwt.txt": `Authorization: Bearer ${mint("{{jwt}}", seededRandom(3))}` });
  const at = async (now: string) => {
    const flags = ["--format", "json", "--now", now, "--min-level", "none"];
    const [finding] = reportOf(await leakreach(["scan", root, ...flags])).findings;
    return (finding as unknown as { factors: readonly { name: string; value: string }[] }).factors.find(
      ({ name }) => name === "life",
    )?.value;
  };
  assert.notEqual(await at("2025-01-01T00:00:00Z"), await at("2040-01-01T00:00:00Z"));
});

test("jsonl lines are objects: matches and gaps as they come, then findings worst first, then stats", async () => {
  const ran = await leakreach(["scan", folder({ ...leaky, "x.zip": brokenZip }), "--format", "jsonl", ...NOW]);
  const types = linesOf(ran.stdout).map(({ type }) => type);
  assert.deepEqual(types.filter((type) => type === "match").length, 3);
  assert.ok(types.lastIndexOf("match") < types.indexOf("finding"));
  assert.ok(types.lastIndexOf("gap") < types.indexOf("finding"));
  assert.deepEqual([types.indexOf("stats"), types.filter((type) => type === "finding").length], [types.length - 1, 3]);
  const scores = linesOf(ran.stdout)
    .filter(({ type }) => type === "finding")
    .map(({ score }) => Number(score));
  assert.deepEqual(
    scores,
    scores.toSorted((a, b) => b - a),
  );
});

test("SARIF on standard output is SARIF", async () => {
  const log = JSON.parse((await leakreach(["scan", folder(leaky), "--format", "sarif"])).stdout);
  assert.equal(log.version, "2.1.0");
  assert.equal(log.runs[0].results.length, 3);
});

test("--leave-out-suppressed leaves what is allowed out of SARIF, where it stands otherwise, and out of nothing else", async () => {
  const root = folder({ ...leaky, "ok.env": leak(3).replace("\n", " # gitleaks:allow\n") });
  const results = async (...flags: string[]) => {
    const { stdout } = await leakreach(["scan", root, "--format", "sarif", ...flags]);
    return JSON.parse(stdout).runs[0].results as { suppressions?: unknown[] }[];
  };
  assert.equal((await results()).filter(({ suppressions }) => suppressions).length, 1);
  const left = await results("--leave-out-suppressed");
  assert.deepEqual([left.length, left.filter(({ suppressions }) => suppressions).length], [3, 0]);
  assert.equal(reportOf(await json(root, "--leave-out-suppressed")).findings.length, 4);
});

test("text says where, what, why and what to do, in 80 columns, and ends with rules, files and bytes", async () => {
  const { stdout } = await leakreach(["scan", folder(leaky)]);
  for (const said of ["a.env", "CRITICAL", "GitHub personal access token", "Do now", "1:10"])
    assert.ok(stdout.includes(said), said);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
  assert.match(stdout, /\n\d+ rules over 3 files, \d+ bytes, in [\d.]+ m?s: complete\n$/);
  assert.ok(!stdout.includes("\x1b"));
});

test("colours come when forced, and --no-color and NO_COLOR take them away", async () => {
  const root = folder(leaky);
  const colored = async (flags: string[], env: Record<string, string>) =>
    (await leakreach(["scan", root, ...flags], { env })).stdout.includes("\x1b[");
  assert.equal(await colored([], { FORCE_COLOR: "1" }), true);
  assert.equal(await colored(["--no-color"], { FORCE_COLOR: "1" }), false);
  assert.equal(await colored([], { FORCE_COLOR: "1", NO_COLOR: "1" }), false);
});

test("--output writes as many reports as are named; the ending or the word in front decides", async () => {
  const [root, out] = [folder(leaky), folder({})];
  const files = ["a.json", "b.sarif", "c.jsonl", "d.txt", "e.sarif.json", "json=f.out"];
  const ran = await leakreach(["scan", root, ...files.flatMap((file) => ["--output", file])], { cwd: out });
  assert.equal(ran.code, 1);
  assert.deepEqual(readdirSync(out).sort(), ["a.json", "b.sarif", "c.jsonl", "d.txt", "e.sarif.json", "f.out"]);
  const text = (name: string) => readFileSync(join(out, name), "utf8");
  valid("docs/report.schema.json", JSON.parse(text("a.json")));
  valid("docs/report.schema.json", JSON.parse(text("f.out")));
  for (const name of ["b.sarif", "e.sarif.json"]) assert.equal(JSON.parse(text(name)).version, "2.1.0");
  assert.equal(linesOf(text("c.jsonl")).at(-1)?.type, "stats");
  assert.match(text("d.txt"), /rules over 3 files/);
  assert.match(ran.stdout, /rules over 3 files/);
});

const refused: readonly [given: string, says: RegExp][] = [
  [
    "report",
    /its ending names no format; write text=, json=, jsonl=, sarif=, gitlab=, junit=, html=, csv=, markdown= in front/,
  ],
  ["xml=report.json", /there is no format xml; there are text, json, jsonl, sarif/],
  ["missing/report.json", /its folder does not exist. Nothing was scanned/],
  ["json=.", /it is a folder/],
  ["json=", /it names no file/],
  ["json=-", /it names no file; --format chooses what standard output is/],
];

for (const [given, says] of refused) {
  test(`--output ${given} is refused before anything is scanned`, async () => {
    const ran = await leakreach(["scan", folder(leaky), "--output", given], { cwd: folder({}) });
    assert.deepEqual([ran.code, ran.stdout], [2, ""]);
    assert.match(ran.stderr, says);
  });
}

test("two reports in one file are refused, whatever they call it", async () => {
  const out = folder({ "x.json": "old" });
  for (const second of ["./x.json", "sarif=x.json", "text=../x.json"].map((name) => name.replace("..", out)))
    assert.deepEqual(await refusal(["--output", "x.json", "--output", second], out), [2, ""], second);
  assert.equal(readFileSync(join(out, "x.json"), "utf8"), "old");
});

test("a pipe that has a name is written to, more than once", { skip: process.platform === "win32" }, () => {
  const flags = ["json=/dev/stdout", "text=/dev/stdout"].map((each) => `--output ${each}`).join(" ");
  const line = `"${process.execPath}" "${CLI}" scan "${folder(clean)}" --format jsonl ${flags} 2>&1 | cat`;
  const printed = execFileSync("sh", ["-c", line], { encoding: "utf8" });
  assert.match(printed, /"findings":[\s\S]*rules over 1 file/);
});

async function refusal(flags: readonly string[], cwd: string): Promise<[number | null, string]> {
  const ran = await leakreach(["scan", folder(clean), ...flags], { cwd });
  assert.match(ran.stderr, /twice: give each report a file of its own/);
  return [ran.code, ran.stdout];
}

test("an output is replaced whole, through a link, and nothing is left beside it", async () => {
  const out = folder({ "real/old.json": "old", "other.txt": "" });
  symlinkSync("real/old.json", join(out, "link.json"));
  await leakreach(["scan", folder(clean), "--output", "link.json"], { cwd: out });
  assert.equal(JSON.parse(readFileSync(join(out, "real/old.json"), "utf8")).findings.length, 0);
  assert.deepEqual(readdirSync(join(out, "real")), ["old.json"]);
  assert.deepEqual(readdirSync(out).sort(), ["link.json", "other.txt", "real"]);
});

test("a device is written to, never replaced", { skip: process.platform === "win32" }, async () => {
  const ran = await leakreach(["scan", folder(clean), "--output", "json=/dev/null", "--output", "sarif=/dev/null"]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.ok(statSync("/dev/null").isCharacterDevice());
});

test("a baseline takes what it knows out of the count, and leaves what is new", async () => {
  const root = folder(leaky);
  const made = await leakreach(["baseline", root, "--output", "known.json"], { cwd: root });
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /^3 findings recorded in known\.json\n$/);
  const known = ["--baseline", join(root, "known.json")];
  assert.equal((await leakreach(["scan", root, ...known])).code, 0);
  writeFileSync(join(root, "new.env"), leak(7));
  const ran = await json(root, ...known);
  assert.equal(ran.code, 1);
  const states = (JSON.parse(ran.stdout).findings as { baseline: string; exposures: { path: string }[] }[]).map(
    ({ baseline, exposures }) => `${exposures[0]!.path} ${baseline}`,
  );
  assert.deepEqual(states.sort(), ["a.env unchanged", "b/c.env unchanged", "low.env unchanged", "new.env new"]);
  writeFileSync(join(root, "report.json"), ran.stdout);
  assert.equal((await leakreach(["scan", root, "--baseline", join(root, "report.json")])).code, 0);
});

const settings: readonly [name: string, text: string, says: RegExp][] = [
  ["an unknown key", "version: 1\nrulez: {}\n", /\.leakreach\.yml:2:1: unknown key `rulez`; did you mean `rules`\?/],
  ["broken YAML", "version: 1\nallow: [\n", /\.leakreach\.yml:\d+:\d+: /],
  ["an entry without a reason", "allow:\n  - {path: src}\n", /\.leakreach\.yml:2:5: .*`reason` is missing/],
  [
    "a day that is none",
    "allow:\n  - {path: src, reason: x, until: 2027-02-31}\n",
    /\.leakreach\.yml:2:\d+: .*no day of the calendar/,
  ],
  ["a bad level", "report: {failOn: hihg}\n", /\.leakreach\.yml:1:\d+: .*did you mean high\?/],
  [
    "a rule without a pattern",
    "rules:\n  custom:\n    - {id: x, name: x, keywords: [abc]}\n",
    /\.leakreach\.yml:3:\d+: .*`pattern` is missing/,
  ],
  [
    "a rule whose pattern does not compile",
    "rules:\n  custom:\n    - {id: x-y, name: x, impact: Does it., keywords: [abc_], pattern: '(?<secret>abc_(', reach: {power: 1}, revoke: {how: Revoke it.}}\n",
    /\.leakreach\.yml:3:\d+: /,
  ],
];

for (const [name, text, says] of settings) {
  test(`settings with ${name} say where, and what to write instead`, async () => {
    const ran = await leakreach(["scan", folder({ ".leakreach.yml": text })]);
    assert.deepEqual([ran.code, ran.stdout], [2, ""], ran.stderr);
    assert.match(ran.stderr, says);
  });
}

test("a policy with a fault says where", async () => {
  const root = folder({ "policy.yml": "boundaries:\n  shop: {owner: team-shop, sensitivity: secrit}\n", "a.txt": "" });
  const ran = await leakreach(["scan", join(root, "a.txt"), "--policy", join(root, "policy.yml")]);
  assert.equal(ran.code, 2);
  assert.match(ran.stderr, /policy\.yml:2:\d+: /);
});

test("settings stand at the root of what is scanned, not in the current folder", async () => {
  const root = folder(leaky);
  const cwd = folder({ ".leakreach.yml": "rules: {disable: ['*']}" });
  assert.equal((await leakreach(["scan", root], { cwd })).code, 1);
  assert.equal((await leakreach(["scan", "-"], { cwd, input: leak(1) })).code, 1);
  assert.equal((await leakreach(["decode"], { cwd, input: token(1) })).code, 0);
});

const suggested: readonly [args: readonly string[], says: RegExp][] = [
  [["scan", ".", "--fial-on", "high"], /unknown option '--fial-on'\n\(Did you mean --fail-on\?\)/],
  [["scan", ".", "--show-secret"], /Did you mean --show-secrets\?/],
  [["scna", "."], /unknown command 'scna'\n\(Did you mean scan\?\)/],
  [["explain", "github-patt"], /there is no rule github-patt; did you mean github-pat\?/],
  [["explain", "zzzzzz"], /leakreach rules lists them/],
  [["rules", "--format", "xml"], /Allowed choices are text, json/],
  [["decode", "x"], /too many arguments/],
];

for (const [args, says] of suggested) {
  test(`leakreach ${args.join(" ")} says what was meant`, async () => {
    const ran = await leakreach(args);
    assert.deepEqual([ran.code, ran.stdout], [2, ""]);
    assert.match(ran.stderr, says);
  });
}

test("decode explains a token from standard input and exits 0 whatever its level", async () => {
  for (const [input, rule] of [
    [token(1), "github-pat"],
    [mint("{{jwt}}", seededRandom(1)), "jwt"],
    ["hello", "generic-secret"],
  ] as const) {
    const ran = await leakreach(["decode", "--format", "json", ...NOW], { input });
    assert.equal(ran.code, 0, ran.stderr);
    const decoded = JSON.parse(ran.stdout);
    valid("docs/decode.schema.json", decoded);
    assert.equal(decoded.rule, rule);
    assert.ok(decoded.factors.length >= 5);
    assert.match((await leakreach(["decode", ...NOW], { input })).stdout, /Score/);
  }
});

test("decode of nothing, and of more than any token, is exit 2", async () => {
  for (const input of ["", " \n", "x".repeat(300_000)]) {
    const ran = await leakreach(["decode"], { input });
    assert.deepEqual([ran.code, ran.stdout], [2, ""]);
  }
});

test("explain says what a rule finds, what it reaches, where to revoke, and how to switch it off", async () => {
  const { code, stdout } = await leakreach(["explain", "github-pat"]);
  assert.equal(code, 0);
  for (const said of ["Reach", "Revoke", "disable: [github-pat]", "leakreach:allow github-pat"])
    assert.ok(stdout.includes(said), said);
  assert.equal(
    JSON.parse((await leakreach(["explain", "github-pat/critical", "--format", "json"])).stdout).id,
    "github-pat",
  );
});

test("rules lists every rule, as text and as JSON", async () => {
  const listed = JSON.parse((await leakreach(["rules", "--format", "json"])).stdout);
  assert.ok(listed.length >= 120);
  assert.match(
    (await leakreach(["rules"])).stdout,
    new RegExp(`\\n${listed.length} rules; leakreach explain RULE says more\\n$`),
  );
});

test("standard input is scanned under the name it is given", async () => {
  const input = `first\n${leak(1)}`;
  const named = reportOf(await leakreach(["scan", "-", "--stdin-path", "build.log", "--format", "json"], { input }));
  const { path, line, column } = named.findings[0]!.exposures[0] as unknown as Record<string, unknown>;
  assert.deepEqual([path, line, column], ["build.log", 2, 10]);
  assert.equal(
    reportOf(await leakreach(["scan", "-", "--format", "json"], { input })).findings[0]!.exposures[0]!.path,
    "stdin",
  );
});

test("standard input of many blocks is scanned whole", async () => {
  const input = `${"a line of a log\n".repeat(1_000_000)}${leak(1)}`;
  const report = reportOf(await leakreach(["scan", "-", "--format", "json"], { input }));
  assert.equal((report.findings[0]!.exposures[0] as unknown as { line: number }).line, 1_000_001);
  assert.equal(report.stats.bytes, input.length);
});

test("a file, a pipe behind /dev/fd and a FIFO are read where they are named", {
  skip: process.platform !== "linux",
}, async () => {
  const root = folder({ "a.env": leak(1) });
  const cat = (path: string) =>
    `${process.execPath} dist/leakreach.js scan ${path} --format json --fail-on critical || true`;
  const shell = (script: string) => execFileSync("bash", ["-c", script], { encoding: "utf8" });
  assert.equal(JSON.parse(shell(cat(`<(cat ${root}/a.env)`))).findings.length, 1);
  assert.equal(JSON.parse(shell(cat("<(true)"))).findings.length, 0);
  assert.equal(JSON.parse(shell(`cat ${root}/a.env | (${cat("/dev/stdin")})`)).findings.length, 1);
  assert.equal(
    JSON.parse(shell(`mkfifo ${root}/pipe; (sleep 0.3; cat ${root}/a.env > ${root}/pipe) & ${cat(`${root}/pipe`)}`))
      .findings.length,
    1,
  );
});

const interrupted: readonly [name: string, root: () => string, args: readonly string[], input: string][] = [
  ["of standard input that never ends", () => folder({}), ["-"], leak(1)],
  ["of a FIFO that nobody writes to", () => fifo(), ["pipe"], ""],
  ["of many files", () => forest(), ["."], ""],
];

function fifo(): string {
  const root = folder({});
  execFileSync("mkfifo", [join(root, "pipe")]);
  return root;
}

/** More than is scanned before the signal comes, whatever the machine: each file is a link to the same gigabyte of holes. */
function forest(): string {
  const root = folder({ "a.env": leak(1), "big/seed": "" });
  execFileSync("truncate", ["-s", "4G", join(root, "big/seed")]);
  for (let i = 0; i < 200; i++) execFileSync("ln", [join(root, "big/seed"), join(root, `big/${i}`)]);
  return root;
}

for (const [name, root, args, input] of interrupted) {
  test(`Ctrl-C in a scan ${name} gives a report marked incomplete, and 130`, {
    skip: process.platform === "win32",
  }, async () => {
    const cwd = root();
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const ran = await leakreach(["scan", ...args, "--format", "json", "--output", "out.sarif"], {
        cwd,
        input,
        keepOpen: true,
        during: (child) => void setTimeout(() => child.kill(signal), 1200),
      });
      assert.equal(ran.code, 130, ran.stderr);
      const report = reportOf(ran);
      assert.equal(report.stats.complete, false);
      assert.match(report.gaps.at(-1)!.why, /interrupted before its end/);
      assert.equal(
        JSON.parse(readFileSync(join(cwd, "out.sarif"), "utf8")).runs[0].invocations[0].executionSuccessful,
        false,
      );
    }
  });
}

test("an interrupted baseline is not written", { skip: process.platform === "win32" }, async () => {
  const cwd = folder({});
  const ran = await leakreach(["baseline", "-"], {
    cwd,
    keepOpen: true,
    during: (child) => void setTimeout(() => child.kill("SIGINT"), 1000),
  });
  assert.equal(ran.code, 130);
  assert.equal(existsSync(join(cwd, ".leakreach-baseline.json")), false);
});

test("a reader that has seen enough ends nothing with a crash", { skip: process.platform === "win32" }, async () => {
  const shell = (script: string) =>
    execFileSync("bash", ["-c", `${script} 2>&1; echo \${PIPESTATUS[0]}`], { encoding: "utf8" });
  assert.match(shell(`${process.execPath} dist/leakreach.js rules --format json | head -1`), /^\[\n0\n$/);
  const root = folder(leaky);
  assert.match(shell(`${process.execPath} dist/leakreach.js scan ${root} --format json | head -1`), /^\{\n1\n$/);
});

test("a full disk is said, and is no finding", { skip: !existsSync("/dev/full") }, () => {
  const script = `${process.execPath} dist/leakreach.js scan ${folder(leaky)} > /dev/full; echo $?`;
  assert.equal(execFileSync("bash", ["-c", script], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }), "2\n");
});

test("--quiet and pipes print no progress; a notice goes with --quiet, too", async () => {
  const root = folder({ ...clean, ".git/HEAD": "broken" });
  const loud = await leakreach(["scan", root]);
  assert.match(loud.stdout, /every file is scanned/);
  const quiet = await leakreach(["scan", root, "--quiet"]);
  assert.doesNotMatch(quiet.stdout, /every file is scanned/);
  assert.deepEqual([loud.stderr, quiet.stderr], ["", ""]);
});

test("--explain says on standard error why each candidate was kept or dropped", async () => {
  const ran = await leakreach(["scan", folder({ "a.env": leak(1) }), "--explain"]);
  assert.match(ran.stderr, /^a\.env:1 github-pat: kept$/m);
  assert.match(ran.stdout, /Score/);
});

for (const command of Object.keys(COMMANDS)) {
  test(`leakreach ${command} --help teaches with examples, and leakreach help ${command} says the same`, async () => {
    const ran = await leakreach([command, "--help"]);
    assert.deepEqual([ran.code, ran.stderr], [0, ""]);
    assert.match(ran.stdout, new RegExp(`Examples?:\\n(?:.*\\n)*? +.*leakreach ${command}`));
    assert.equal((await leakreach(["help", command])).stdout, ran.stdout);
  });
}

test("leakreach --help and --version exit 0; leakreach alone helps and exits 2", async () => {
  const ran = await leakreach(["--help"]);
  assert.equal(ran.code, 0);
  for (const said of ["Examples:", "Exit codes:", "scan", "decode", "explain", "rules", "baseline"])
    assert.ok(ran.stdout.includes(said), said);
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  assert.deepEqual(await leakreach(["--version"]), { code: 0, stdout: `${version}\n`, stderr: "" });
  assert.equal((await leakreach([])).code, 2);
});

test("scan without a path scans the current folder", async () => {
  const cwd = folder(leaky);
  mkdirSync(join(cwd, "empty"));
  assert.equal(reportOf(await leakreach(["scan", "--format", "json"], { cwd })).findings.length, 3);
});
