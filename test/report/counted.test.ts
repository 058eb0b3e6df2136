import assert from "node:assert/strict";
import { test } from "node:test";
import { LOGS, repositoriesText } from "../../src/report/counted.ts";
import { sweepTextPieces } from "../../src/report/sweep-text.ts";
import { jsonFindingOf, repositoryOf } from "./make-json.ts";

const repository = (name: string) => ({ id: `github.com/${name}`, name });
const logs = (name: string) => ({ id: `github.com/${name}${LOGS.id}`, name: LOGS.name + name });

const cases: readonly (readonly [string, ReturnType<typeof repository>[]])[] = [
  ["1 repository", [repository("a/b")]],
  ["2 repositories", [repository("a/b"), repository("a/c")]],
  ["1 repository and the CI logs of 1", [repository("a/b"), logs("a/b")]],
  ["the CI logs of 2 repositories", [logs("a/b"), logs("a/c")]],
  ["1 repository", [{ id: "/home/me/x#logs", name: "x#logs" }]],
];
for (const [text, all] of cases)
  test(`${all.map(({ name }) => name).join(", ")}: ${text}`, () => assert.equal(repositoriesText(all), text));

test("CI logs are no repositories in what a sweep says", () => {
  const all = [
    repositoryOf("acme/a", [jsonFindingOf(9)]),
    repositoryOf("acme/b", []),
    repositoryOf("acme/a", [jsonFindingOf(9)], logs("acme/a")),
  ];
  const report = { version: "0", now: "", gaps: [], leftOut: {}, triage: new Map(), repositories: () => all };
  const text = [...sweepTextPieces(report, { color: false, minLevel: "low", width: 200, rules: new Map() })].join("");
  assert.match(text, /^2 leaked credentials in 1 of 2 repositories and the CI logs of 1 of 1 repository: /m);
  assert.match(text, /^2 repositories and the CI logs of 1, .* looked at: complete$/m);
});
