import assert from "node:assert/strict";
import { test } from "node:test";
import { readGitleaksIgnore } from "../../src/config/gitleaks-ignore.ts";
import { loadSettings } from "../../src/config/settings.ts";
import type { Finding, Match, RuleId } from "../../src/model/index.ts";
import { Secret } from "../../src/model/index.ts";
import { acceptGaps, type SuppressionInput, suppress } from "../../src/scan/suppress.ts";
import { folder } from "../config/folder.ts";
import { body, makeFinding, makeMatch } from "../report/make-report.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z") / 1000;
const FINGERPRINT = `lr1:${"0".repeat(32)}`;

type Where = readonly [path: string, line: number, allowed?: boolean, inner?: string];

/** A finding of rule `jwt` in some places; `allowed` ones have a comment beside them. */
function found(places: readonly Where[], rule = "jwt"): Finding {
  const secret = new Secret(body(40));
  const matches = places.map(([path, line, allowed, inner]): Match => {
    const match = makeMatch(rule, path, { secret, line, ...(inner ? { inner: [inner] } : {}) });
    return allowed ? { ...match, allow: { by: "leakreach", reason: "known" } } : match;
  });
  return makeFinding(rule, 8, { secret, fingerprint: FINGERPRINT, exposures: matches as [Match, ...Match[]] });
}

const settings = (text: string) => loadSettings(folder({ ".leakreach.yml": text }), undefined);

async function run(finding: Finding, yaml = "", ignore = "", over: Partial<SuppressionInput> = {}) {
  const input = {
    settings: await settings(yaml),
    now: NOW,
    ...(ignore ? { ignore: readGitleaksIgnore(ignore) } : {}),
    ...over,
  };
  const { findings, counts, notices } = suppress([finding], input);
  return { finding: findings[0]!, counts, notices };
}

const one = found([["src/a.ts", 3]]);
const two: readonly Where[] = [
  ["src/a.ts", 3],
  ["docs/b.md", 5],
];

const cases: readonly [name: string, finding: Finding, yaml: string, ignore: string, by: string | undefined][] = [
  ["nothing allows it", one, "", "", undefined],
  ["a comment at its only place", found([["a", 1, true]]), "", "", "leakreach"],
  [
    "comments at all its places",
    found([
      ["a", 1, true],
      ["b", 1, true],
    ]),
    "",
    "",
    "leakreach",
  ],
  [
    "a comment at one of two places",
    found([
      ["a", 1, true],
      ["b", 1],
    ]),
    "",
    "",
    undefined,
  ],
  ["its fingerprint", found(two), `allow: [{fingerprint: "${FINGERPRINT}", reason: why}]`, "", "settings"],
  ["another fingerprint", one, "allow: [{fingerprint: 'lr1:1', reason: why}]", "", undefined],
  ["the glob of its file", one, "allow: [{path: 'src/**', reason: why}]", "", "settings"],
  ["the glob of one of its files", found(two), "allow: [{path: 'src/**', reason: why}]", "", undefined],
  [
    "a glob and a comment together",
    found([
      ["src/a.ts", 3],
      ["b", 1, true],
    ]),
    "allow: [{path: 'src/**', reason: why}]",
    "",
    "settings",
  ],
  ["a glob for its rule", one, "allow: [{path: 'src/**', rules: [jwt], reason: why}]", "", "settings"],
  ["a glob for another rule", one, "allow: [{path: 'src/**', rules: [github-*], reason: why}]", "", undefined],
  ["a glob of rules", one, "allow: [{path: 'src/**', rules: ['j*'], reason: why}]", "", "settings"],
  ["an archive's name", found([["x.zip", 1, false, "k.pem"]]), "allow: [{path: '*.zip', reason: why}]", "", "settings"],
  [
    "a file in an archive",
    found([["x.zip", 1, false, "k.pem"]]),
    "allow: [{path: 'x.zip!*.pem', reason: why}]",
    "",
    "settings",
  ],
  ["its last day", one, "allow: [{path: 'src/**', reason: why, until: 2026-11-21}]", "", "settings"],
  ["the day before", one, "allow: [{path: 'src/**', reason: why, until: 2026-11-20}]", "", undefined],
  ["a line of .gitleaksignore", one, "", "src/a.ts:jwt:3", ".gitleaksignore"],
  ["a line of .gitleaksignore for another line", one, "", "src/a.ts:jwt:4", undefined],
  ["a line of .gitleaksignore for another file", one, "", "a.ts:jwt:3", undefined],
  ["a line of .gitleaksignore for another rule", one, "", "src/a.ts:github-pat:3", undefined],
  [
    "gitleaks' name of its rule",
    found([["a", 3]], "github-pat-fine-grained"),
    "",
    "a:github-fine-grained-pat:3",
    ".gitleaksignore",
  ],
  [
    "generic-api-key for our generic rule",
    found([["a", 3]], "generic-secret"),
    "",
    "a:generic-api-key:3",
    ".gitleaksignore",
  ],
  ["generic-api-key for a named rule", one, "", "src/a.ts:generic-api-key:3", undefined],
  ["a commit's line", one, "", `${"a".repeat(40)}:src/a.ts:jwt:3`, undefined],
  [
    "a file in an archive, as gitleaks has it",
    found([["x.zip", 3, false, "k"]]),
    "",
    "x.zip!k:jwt:3",
    ".gitleaksignore",
  ],
];

for (const [name, finding, yaml, ignore, by] of cases) {
  test(`${name}: ${by ? `allowed by ${by}` : "not allowed"}`, async () => {
    const result = await run(finding, yaml, ignore);
    assert.equal(result.finding.suppression?.by, by);
    assert.deepEqual(result.counts, by ? { [by]: 1 } : {});
    assert.equal(result.finding.exposures.length, finding.exposures.length);
  });
}

test("reason and day of the entry stand in the suppression", async () => {
  const { finding } = await run(one, "allow: [{path: src, reason: rotated, until: 2027-01-01}]");
  assert.deepEqual(finding.suppression, { by: "settings", reason: "rotated", until: "2027-01-01" });
});

test("places that nothing allows come first, and none is lost", async () => {
  const { finding } = await run(
    found([
      ["a", 1, true],
      ["b", 2],
      ["c", 3, true],
      ["d", 4],
    ]),
  );
  assert.deepEqual(
    finding.exposures.map(({ provenance }) => provenance.path),
    ["b", "d", "a", "c"],
  );
});

test("the other half of a pair needs no comment of its own", async () => {
  const half = makeMatch("aws-access-key-id", "b", { line: 9 });
  const whole = found([["a", 1, true]], "aws-secret-access-key");
  const { finding } = await run({ ...whole, exposures: [...whole.exposures, half] });
  assert.equal(finding.suppression?.by, "leakreach");
});

test("the same secret under another rule does need one", async () => {
  const finding = found([["a", 1, true]], "generic-secret");
  const other: Match = {
    ...finding.exposures[0],
    rule: "bearer-token" as RuleId,
    region: { line: 2, column: 1, endLine: 2, endColumn: 9 },
  };
  const { allow: _, ...open } = other;
  assert.equal((await run({ ...finding, exposures: [...finding.exposures, open] })).finding.suppression, undefined);
});

test("an entry that is past its day says so, once, with its line", async () => {
  const { notices } = await run(one, "version: 1\nallow:\n  - {path: src, reason: rotating, until: 2026-11-20}\n");
  assert.equal(notices.length, 1);
  assert.match(notices[0]!, /^expired: \.leakreach\.yml:3 allows src until 2026-11-20 \(rotating\)/);
});

const unused: readonly [name: string, yaml: string, ignore: string, notice: RegExp | undefined][] = [
  ["an entry of use", "allow: [{path: src, reason: why}]", "", undefined],
  ["an entry of no use", "allow: [{path: lib, reason: why}]", "", /^unused: \.leakreach\.yml:1 allows lib/],
  [
    "lines of .gitleaksignore of no use",
    "",
    "x:jwt:1\ny:jwt:2\nsrc/a.ts:jwt:3",
    /^unused: \.gitleaksignore lines 1, 2 are of no use/,
  ],
  ["lines for commits", "", `src/a.ts:jwt:3\n${"a".repeat(40)}:x:jwt:1`, /^ignored: 1 line of \.gitleaksignore name/],
  ["lines of no form", "", "src/a.ts:jwt:3\nnonsense", /^ignored: \.gitleaksignore line 2 is not of the form/],
];

for (const [name, yaml, ignore, notice] of unused) {
  test(`${name} ${notice ? "are spoken of" : "is not spoken of"}`, async () => {
    const { notices } = await run(one, yaml, ignore);
    assert.equal(notices.length, notice ? 1 : 0, notices.join("\n"));
    if (notice) assert.match(notices[0]!, notice);
  });
}

test("two entries for one place are both of use", async () => {
  const { notices } = await run(one, `allow: [{path: src, reason: a}, {fingerprint: "${FINGERPRINT}", reason: b}]`);
  assert.deepEqual(notices, []);
});

test("nothing is called unused when only a part was scanned", async () => {
  const { notices } = await run(one, "allow: [{path: lib, reason: why}]", "x:jwt:1", { partial: true });
  assert.deepEqual(notices, []);
});

test("a baseline says new or unchanged, and allows nothing", async () => {
  const known = await run(one, "", "", { baseline: { file: "b", fingerprints: new Set([FINGERPRINT]) } });
  assert.deepEqual([known.finding.baseline, known.finding.suppression, known.counts], ["unchanged", undefined, {}]);
  assert.equal((await run(one, "", "", { baseline: { file: "b", fingerprints: new Set() } })).finding.baseline, "new");
  assert.equal("baseline" in (await run(one)).finding, false);
});

test("gaps are accepted by name and by glob, until their day", async () => {
  const gaps = ["a.zip", "sub/module/", "x.tar!y", "other"].map((what) => ({ what, why: "broken" }));
  const yaml = [
    "gaps:",
    "  - {what: a.zip, reason: fixture}",
    "  - {what: sub/module/, reason: submodule}",
    "  - {what: '*.tar!*', reason: fixture}",
    "  - {what: other, reason: late, until: 2026-01-01}",
    "  - {what: nowhere, reason: gone}",
  ];
  const { open, accepted, notices } = acceptGaps(gaps, await settings(yaml.join("\n")), NOW);
  assert.deepEqual(
    open.map(({ what }) => what),
    ["other"],
  );
  assert.deepEqual(
    accepted.map(({ what }) => what),
    ["a.zip", "sub/module/", "x.tar!y"],
  );
  assert.equal(notices.length, 2);
  assert.match(notices[0]!, /^expired: \.leakreach\.yml:5 accepts the gap other until 2026-01-01/);
  assert.match(notices[1]!, /^unused: \.leakreach\.yml:6 accepts the gap nowhere/);
});
