import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Report } from "../../src/model/index.ts";
import { toDecodeText, toText } from "../../src/report/index.ts";
import { columns, wrap, wrapCommand } from "../../src/report/wrap.ts";
import { fiveFindings, makeFinding, makeMatch, makeOptions, makeReach, makeReport, stats } from "./make-report.ts";

const gaps = [
  { what: "vendor/bundle.zip", why: "an entry unpacks to more than 100 times its size" },
  { what: "vendor/lib", why: "a submodule that is not checked out: run git submodule update --init" },
];
const hostile = "a\x1b[2J\x1b]0;x\x07\u202egnp\n::set-output name=x::y\r\x9b31m";

function text(report: Report, over: Parameters<typeof makeOptions>[0] = {}): string {
  return toText(report, makeOptions(over));
}

test("says what, where, why and what to do, the worst first, by file", () => {
  const output = text(makeReport(fiveFindings()));
  const titles = [...output.matchAll(/^ {2}([A-Z]+ [\d.]+) {2}(.*)$/gm)].map(([, level, name]) => `${level} ${name}`);
  assert.deepEqual(titles, [
    "CRITICAL 10.0 GitHub personal access token (classic)",
    "CRITICAL 9.5 AWS access key with its secret",
    "HIGH 7.2 Slack bot token",
    "MEDIUM 6.8 JSON Web Token",
    "LOW 3.1 Secret assigned to a telling name",
  ]);
  assert.deepEqual(output.match(/^\S+\.(?:env|ts|http|yml)$/gm), [
    "deploy/production.env",
    "src/notify/slack.ts",
    "test/fixtures/http/checkout-session.http",
    "docker-compose.yml",
  ]);
  for (const line of [
    "    Where   3:9  ghp_…, assigned to GITHUB_TOKEN",
    "    Also in scripts/release/publish-packages.sh:118:9",
    "            backups/2025-11-30.tar.gz!/home/ci/.netrc:2:9",
    "               curl -X POST https://api.github.com/credentials/revoke \\",
    `                 -d '{"credentials":["<token>"]}'`,
    "            and 1 more step: --explain",
    "    Proved  checksum  fits",
    "            scope     orders:write ledger:post",
  ]) {
    assert.ok(output.includes(`\n${line}\n`), line);
  }
  assert.match(output, /Where {3}12:9 {2}\(\d+ characters, not shown\), inside base64/);
});

test("--explain shows every fact, reason, step and factor", () => {
  const output = text(makeReport(fiveFindings()), { explain: true });
  assert.doesNotMatch(output, /more (?:step|fact|reason|place)/);
  assert.match(output, /Score {3}impact 10\.0, score 10\.0\n\s+power\s+4\s+7\.5 {2}controls a service or account/);
});

test("every line fits the width, escapes aside, at 80 columns and at others", () => {
  const long = `src/${"very-long-folder-name/".repeat(9)}file.ts`;
  const wide = makeFinding("acme-token", 9, {
    paths: [long, "漢字".repeat(40), hostile.repeat(9)],
    identity: "x".repeat(200),
  });
  for (const width of [60, 80, 100]) {
    const output = text(makeReport([...fiveFindings(), wide], { gaps, complete: false }), {
      width,
      explain: width === 100,
    });
    for (const line of output.split("\n")) {
      // A word of a command or of an address is never broken, so that it can be copied.
      if (!/curl|https?:|'$/.test(line)) assert.ok(columns(line) <= width, line);
    }
  }
});

test("colour is there when asked for, and nothing else differs", () => {
  const report = makeReport(fiveFindings(), { gaps, complete: false });
  const colored = text(report, { color: true });
  assert.match(colored, /\x1b\[/);
  assert.equal(colored.replace(/\x1b\[\d+m/g, ""), text(report));
});

test("the terminal obeys nothing that was scanned", () => {
  const finding = makeFinding("acme-token", 9, {
    exposures: [
      makeMatch("acme-token", hostile, { assignedTo: hostile, encodings: [hostile], inner: [hostile] }),
      makeMatch("acme-token", `${hostile}2`),
    ],
    facts: [{ name: hostile, value: hostile, basis: "claimed" }],
    identity: hostile,
    reach: makeReach(9, {
      reasons: [hostile],
      remedies: [{ action: hostile, where: hostile, command: hostile, owner: hostile }],
      owners: [hostile],
    }),
  });
  const report = makeReport([finding], {
    gaps: [{ what: hostile, why: hostile }],
    stats: { ...stats, notices: [hostile], skipped: { [hostile]: 1 }, suppressed: { [hostile]: 1 } },
  });
  const output = text(report, { explain: true });
  assert.doesNotMatch(output.replaceAll("\n", ""), /[\x00-\x1f\x7f-\x9f\u202e]/);
  assert.doesNotMatch(output, /^::/m);
});

test("an empty report is loud about what was looked at", () => {
  const output = text(makeReport([]));
  assert.match(output, /^No leaked secret found\.$/m);
  assert.equal(output.trimEnd().split("\n").at(-1), "131 rules over 1,204 files, 12.3 MB, in 412 ms: complete");
});

test("an incomplete scan is never called clean", () => {
  const output = text(makeReport([], { gaps, complete: false }));
  assert.match(output, /^No leaked secret found in the part that was read\.$/m);
  assert.match(output, /^NOT EVERYTHING WAS READ: 2 gaps$/m);
  assert.match(output, / {2}! vendor\/lib\n {6}a submodule that is not checked out/);
  assert.match(output.trimEnd(), /: INCOMPLETE, 2 gaps$/);
  assert.match(text(makeReport([], { complete: false })).trimEnd(), /: INCOMPLETE, stopped early$/);
});

test("a thousand gaps are counted, and some are listed", () => {
  const many = Array.from({ length: 1000 }, (_, at) => ({ what: `file-${at}`, why: "unreadable" }));
  assert.match(
    text(makeReport([], { gaps: many, complete: false })),
    /and 980 more gaps: --format json lists them all/,
  );
});

test("what is allowed, harmless or below the level is counted, not listed", () => {
  const allowed = makeFinding("acme-token", 9, { suppression: { by: "gitleaks comment" } });
  const report = makeReport([allowed, makeFinding("acme-token", 2), makeFinding("acme-token", 0)]);
  const output = text(report, { minLevel: "high" });
  assert.match(output, /No leaked secret of level high or above found\./);
  assert.match(output, /Allowed, so not listed: 3 \(gitleaks comment 2, \.leakreach\.yml 1\)\./);
  assert.match(output, /Harmless, so not listed: 12/);
  assert.match(output, /Below high, so not listed: 1\./);
  assert.match(text(report, { minLevel: "none" }), /2 leaked secrets in 1 file: 1 low, 1 none\./);
});

test("what the baseline knows is counted, not listed", () => {
  const known = makeFinding("acme-token", 9, { baseline: "unchanged" });
  assert.match(
    text(makeReport([known])),
    /^No new leaked secret found\.\n.*\n.*\nKnown from the baseline, so not listed: 1\.$/m,
  );
  assert.match(
    text(makeReport([known, makeFinding("acme-token", 9, { baseline: "new" })])),
    /^1 leaked secret in 1 file: 1 high\.$/m,
  );
});

test("a decoded token is told with every factor, and never shown", () => {
  for (const finding of fiveFindings()) {
    const output = toDecodeText(finding, makeOptions().rules, false);
    assert.match(output, / {4}Score {3}impact [\d.]+, score [\d.]+\n {12}power /);
    assert.match(output, / {4}Why .* {4}Do now .* {4}Rule .* {4}See {5}CWE-798/s);
    assert.doesNotMatch(output, /Where|more (?:step|fact|reason)/);
    for (const line of output.split("\n")) assert.ok(/curl|https?:/.test(line) || columns(line) <= 80, line);
    const secret = finding.secret.reveal();
    for (let at = 6; at + 8 <= secret.length; at++) assert.ok(!output.includes(secret.slice(at, at + 8)));
  }
});

test("numbers read well", () => {
  const closing = (over: Partial<typeof stats>) =>
    text(makeReport([], { stats: { ...stats, ...over } }))
      .trimEnd()
      .split("\n")
      .at(-1);
  assert.equal(
    closing({ rules: 1, files: 1, bytes: 1, milliseconds: 0.4 }),
    "1 rule over 1 file, 1 byte, in 0 ms: complete",
  );
  assert.equal(
    closing({ bytes: 999_960, milliseconds: 1500 }),
    "131 rules over 1,204 files, 1.0 MB, in 1.5 s: complete",
  );
  assert.equal(
    closing({ bytes: 1_234_567_890, milliseconds: 125_000 }),
    "131 rules over 1,204 files, 1.2 GB, in 2 min 5 s: complete",
  );
});

test("wrapping loses nothing but spaces and keeps to the width", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "b", "/", " ", "漢", "é") }),
      fc.integer({ min: 2, max: 30 }),
      (value, width) => {
        const lines = wrap(value, width);
        assert.equal(lines.join("").replaceAll(" ", ""), value.replaceAll(" ", ""));
        for (const line of lines) assert.ok(columns(line) <= width, line);
      },
    ),
  );
});

const commands: [command: string, width: number, lines: string[]][] = [
  ["curl x", 20, ["curl x"]],
  ["curl -X POST https://a -d 'b c d'", 24, ["curl -X POST https://a \\", "  -d 'b c d'"]],
  [`a "b \\" c" d\\ e f`, 10, ["a \\", '  "b \\" c" \\', "  d\\ e f"]],
];

for (const [command, width, lines] of commands) {
  test(`a command is broken between its words only: ${command}`, () =>
    assert.deepEqual(wrapCommand(command, width), lines));
}
