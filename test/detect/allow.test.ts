import assert from "node:assert/strict";
import { test } from "node:test";
import { allowedBy } from "../../src/detect/allow.ts";
import { textOf } from "./find.ts";

const SECRET = "S3CR3T";
const RULE = "github-pat";

/** What allows the secret of a text. */
function allowed(text: string, secret = SECRET): ReturnType<typeof allowedBy> {
  const start = text.indexOf(secret);
  return allowedBy(textOf(text), RULE, start, start + Buffer.byteLength(secret));
}

type Case = readonly [name: string, text: string, by: string | undefined, reason?: string];
const cases: readonly Case[] = [
  ["no comment", `t = "${SECRET}"\n`, undefined],

  [
    "leakreach with rule and reason",
    `t = "${SECRET}" # leakreach:allow github-pat -- used in tests`,
    "leakreach",
    "used in tests",
  ],
  ["leakreach with a list of rules", `t = "${SECRET}" # leakreach:allow jwt, github-pat -- both`, "leakreach", "both"],
  [
    "leakreach with every rule",
    `t = "${SECRET}" # leakreach:allow * -- it is a fixture`,
    "leakreach",
    "it is a fixture",
  ],
  ["leakreach without rule or reason", `t = "${SECRET}" # leakreach:allow`, "leakreach"],
  ["leakreach without reason", `t = "${SECRET}" // leakreach:allow github-pat`, "leakreach"],
  ["leakreach with a reason and no rule", `t = "${SECRET}" // leakreach:allow -- sample`, "leakreach", "sample"],
  ["leakreach of another rule", `t = "${SECRET}" # leakreach:allow jwt -- x`, undefined],
  ["leakreach of a rule whose name starts so", `t = "${SECRET}" # leakreach:allow github -- x`, undefined],
  ["leakreach in a C comment", `f(/* leakreach:allow github-pat -- old key */ "${SECRET}");`, "leakreach", "old key"],
  ["leakreach in XML", `<t>${SECRET}</t> <!-- leakreach:allow github-pat -- sample -->`, "leakreach", "sample"],
  [
    "leakreach on a comment line before",
    `  # leakreach:allow github-pat -- sample\n  t: ${SECRET}\n`,
    "leakreach",
    "sample",
  ],
  [
    "leakreach on a comment line before, CR LF",
    `// leakreach:allow github-pat -- sample\r\nt = "${SECRET}"\r\n`,
    "leakreach",
    "sample",
  ],
  ["leakreach behind code on the line before", `a = 1 # leakreach:allow github-pat -- a\nt = "${SECRET}"`, undefined],
  ["leakreach two lines before", `# leakreach:allow github-pat -- x\n\nt = "${SECRET}"`, undefined],
  ["leakreach on the line after", `t = "${SECRET}"\n# leakreach:allow github-pat -- x\n`, undefined],

  ["gitleaks on the line, behind", `t = "${SECRET}" # gitleaks:allow`, "gitleaks"],
  ["gitleaks on the line, before", `/* gitleaks:allow */ t = "${SECRET}"`, "gitleaks"],
  ["gitleaks without comment signs", `t = "${SECRET}" gitleaks:allow`, "gitleaks"],
  ["gitleaks on the line before", `# gitleaks:allow\nt = "${SECRET}"`, undefined],
  ["gitleaks in capitals", `t = "${SECRET}" # GITLEAKS:ALLOW`, undefined],
  ["betterleaks on the line", `t = "${SECRET}" # betterleaks:allow`, "betterleaks"],
  ["betterleaks on the line before", `# betterleaks:allow\nt = "${SECRET}"`, undefined],

  ["trufflehog behind the secret", `t = "${SECRET}" # trufflehog:ignore`, "trufflehog"],
  ["trufflehog before the secret", `/* trufflehog:ignore */ t = "${SECRET}"`, undefined],
  ["trufflehog on the line before", `# trufflehog:ignore\nt = "${SECRET}"`, undefined],
  ["trufflehog on the line after", `t = "${SECRET}"\n# trufflehog:ignore`, undefined],

  ["kingfisher on the line", `t = "${SECRET}" # kingfisher:ignore`, "kingfisher"],
  ["kingfisher in any case, no comment", `KingFisher:Ignore t = "${SECRET}"`, "kingfisher"],
  ["kingfisher on the line before", `# kingfisher:ignore\nt = "${SECRET}"`, "kingfisher"],
  ["kingfisher two lines before", `# kingfisher:ignore\n\nt = "${SECRET}"`, undefined],
  ["kingfisher on the line after a value of one line", `t = "${SECRET}"\n# kingfisher:ignore`, undefined],

  ["detect-secrets on the line", `t = "${SECRET}" # pragma: allowlist secret`, "detect-secrets"],
  ["detect-secrets, the older word", `t = "${SECRET}" # pragma: whitelist secret`, "detect-secrets"],
  ["detect-secrets with a hyphen, no blank", `t = "${SECRET}" //pragma:allowlist-secret`, "detect-secrets"],
  ["detect-secrets in a C comment", `t = "${SECRET}"; /* pragma: allowlist secret */`, "detect-secrets"],
  ["detect-secrets in SQL", `select '${SECRET}' -- pragma: allowlist secret`, "detect-secrets"],
  ["detect-secrets in Basic", `t = "${SECRET}" ' pragma: allowlist secret`, "detect-secrets"],
  ["detect-secrets in XML", `<t>${SECRET}</t> <!-- pragma: allowlist secret -->`, "detect-secrets"],
  ["detect-secrets with a remark behind", `t = "${SECRET}" # pragma: allowlist secret (a fixture)`, "detect-secrets"],
  ["detect-secrets without a comment", `t = "${SECRET}" pragma: allowlist secret`, undefined],
  ["detect-secrets of one line on the line before", `# pragma: allowlist secret\nt = "${SECRET}"`, undefined],
  [
    "detect-secrets in a C comment that does not end its line",
    `f(/* pragma: allowlist secret */ "${SECRET}");`,
    undefined,
  ],
  ["detect-secrets nextline", `# pragma: allowlist nextline secret\nt = "${SECRET}"`, "detect-secrets"],
  [
    "detect-secrets nextline, indented, CR LF",
    `  // pragma: allowlist nextline secret\r\n  t = "${SECRET}"\r\n`,
    "detect-secrets",
  ],
  [
    "detect-secrets nextline with hyphens",
    `/* pragma: allowlist-nextline-secret */\nt = "${SECRET}"`,
    "detect-secrets",
  ],
  ["detect-secrets nextline behind code", `a = 1 # pragma: allowlist nextline secret\nt = "${SECRET}"`, undefined],
  ["detect-secrets nextline two lines before", `# pragma: allowlist nextline secret\n\nt = "${SECRET}"`, undefined],
  ["detect-secrets nextline on its own line", `t = "${SECRET}" # pragma: allowlist nextline secret`, undefined],
  ["detect-secrets nextline has no older word", `# pragma: whitelist nextline secret\nt = "${SECRET}"`, undefined],
];
for (const [name, text, by, reason] of cases) {
  test(`${name} ${by ? `is ${by}'s` : "allows nothing"}`, () => {
    assert.deepEqual(allowed(text), by && { by, ...(reason ? { reason } : {}) });
  });
}

const KEY = "-----BEGIN KEY-----\nabc\n-----END KEY-----";
const several: readonly Case[] = [
  ["gitleaks on the last line", `k = "${KEY}" # gitleaks:allow`, "gitleaks"],
  ["gitleaks on the first line", `k = /* gitleaks:allow */ "${KEY}"`, "gitleaks"],
  ["kingfisher on the closing line", `k = "${KEY}" # kingfisher:ignore`, "kingfisher"],
  ["kingfisher on the line after", `k = "${KEY}"\n# kingfisher:ignore\n`, "kingfisher"],
  ["trufflehog on the closing line", `k = "${KEY}" # trufflehog:ignore`, "trufflehog"],
  ["leakreach on the closing line", `k = "${KEY}" # leakreach:allow github-pat -- fixture`, "leakreach", "fixture"],
];
for (const [name, text, by, reason] of several) {
  test(`for a value of several lines, ${name} is ${by}'s`, () => {
    assert.deepEqual(allowed(text, KEY), { by, ...(reason ? { reason } : {}) });
  });
}

test("detect-secrets knows only # as a comment of YAML", () => {
  for (const [comment, by] of [
    ["#", "detect-secrets"],
    ["//", undefined],
    ["--", undefined],
    ["'", undefined],
  ] as const) {
    const text = `t: ${SECRET} ${comment} pragma: allowlist secret`;
    const allow = allowedBy(textOf(text, "values.yaml"), RULE, 3, 3 + SECRET.length);
    assert.equal(allow?.by, by, text);
  }
});

test("our own comment counts before those of others", () => {
  const text = `t = "${SECRET}" # gitleaks:allow leakreach:allow github-pat -- moved`;
  assert.deepEqual(allowed(text), { by: "leakreach", reason: "moved" });
});
