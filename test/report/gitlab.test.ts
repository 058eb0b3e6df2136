import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv } from "ajv";
import { GITLAB_SCHEMA_VERSION } from "../../src/report/gitlab.ts";
import { render } from "../../src/report/index.ts";
import { fiveFindings, makeFinding, makeOptions, makeReport } from "./make-report.ts";

const text = { type: "string", minLength: 1 };
const time = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$" };
const url = { type: "string", pattern: "^(https?|ftp)://.+" };
const object = (properties: Readonly<Record<string, unknown>>, ...optional: readonly string[]) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const tool = object({ id: text, name: text, version: text, vendor: object({ name: text }) });

/**
 * What version 15.2.1 of GitLab's schema (gitlab-org/security-products/security-report-schemas,
 * dist/secret-detection-report-format.json, as gitlabhq/gitlabhq has it at 9d2ebf5c) asks of the parts that are written, and nothing besides those.
 */
const SCHEMA = object({
  version: { const: "15.2.1" },
  scan: object({
    type: { const: "secret_detection" },
    analyzer: tool,
    scanner: tool,
    start_time: time,
    end_time: time,
    status: { enum: ["success", "failure"] },
    messages: { type: "array", items: object({ level: { enum: ["info", "warn", "fatal"] }, value: text }) },
  }),
  vulnerabilities: {
    type: "array",
    items: object({
      id: text,
      name: { type: "string", maxLength: 255 },
      description: { type: "string", maxLength: 1_048_576 },
      severity: { enum: ["Info", "Unknown", "Low", "Medium", "High", "Critical"] },
      solution: { type: "string", maxLength: 7000 },
      identifiers: { type: "array", minItems: 1, items: object({ type: text, name: text, value: text, url }, "url") },
      links: { type: "array", items: object({ url }) },
      details: { additionalProperties: object({ type: { const: "text" }, name: text, value: { type: "string" } }) },
      location: object({
        file: { type: "string" },
        commit: object({ sha: text }),
        start_line: { type: "number" },
        end_line: { type: "number" },
      }),
    }),
  },
});

const validate = new Ajv({ strict: false }).compile(SCHEMA);

interface Document {
  readonly scan: { readonly status: string; readonly messages: readonly object[] };
  readonly vulnerabilities: readonly { readonly id: string; readonly description: string }[];
}

function reported(report = makeReport(fiveFindings()), over = {}): Document {
  const document: unknown = JSON.parse(render("gitlab", report, makeOptions(over)));
  const fits = validate(document);
  assert.ok(fits, JSON.stringify(validate.errors));
  return document as unknown as Document;
}

test("a report fits GitLab's schema", () => {
  assert.equal(GITLAB_SCHEMA_VERSION, "15.2.1");
  assert.ok(reported().vulnerabilities.length > 0);
  assert.deepEqual(reported(makeReport([])).vulnerabilities, []);
});

test("no secret is in it, and what is allowed or known is left out", () => {
  const findings = [
    makeFinding("acme-token", 8),
    makeFinding("acme-token", 8, { suppression: { by: "settings" } }),
    makeFinding("acme-token", 8, { baseline: "unchanged" }),
    makeFinding("acme-token", 2),
  ];
  const document = reported(makeReport(findings), { minLevel: "medium", showSecrets: true });
  assert.equal(document.vulnerabilities.length, 1);
  for (const { secret } of findings) assert.ok(!JSON.stringify(document).includes(secret.reveal()));
});

test("each place is a vulnerability, with an id that stays", () => {
  const report = makeReport([makeFinding("acme-token", 8, { paths: ["a.env", "b.env"] })]);
  const [one, other] = [reported(report), reported(report)];
  const ids = one.vulnerabilities.map(({ id }) => id);
  assert.equal(new Set(ids).size, 2);
  assert.match(ids[0]!, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(
    ids,
    other.vulnerabilities.map(({ id }) => id),
  );
});

test("what was not read makes it a failure, with a message for each gap", () => {
  const gaps = [...Array(150).keys()].map((at) => ({ what: `file ${at}`, why: "broken" }));
  const { scan } = reported(makeReport([], { complete: false, gaps }));
  assert.equal(scan.status, "failure");
  assert.equal(scan.messages.length, 101);
  assert.equal(reported(makeReport([], { complete: false })).scan.messages.length, 1);
});

test("claims and names are escaped for Markdown", () => {
  const hostile = "[x](https://attacker.example)<img src=x>\n# y";
  const finding = makeFinding("acme-token", 8);
  const reach = { ...finding.reach, reasons: [hostile] };
  const { description } = reported(makeReport([{ ...finding, reach }])).vulnerabilities[0]!;
  assert.doesNotMatch(description, /(?<!\\)\[x|<img|^# y/m);
});
