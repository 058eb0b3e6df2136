import assert from "node:assert/strict";
import { test } from "node:test";
import { credentialsOf } from "../../../src/report/views/credentials.ts";
import { identitiesOf } from "../../../src/report/views/identities.ts";
import { reuseOf, reuseText } from "../../../src/report/views/reuse.ts";
import { boundary, historyOf, jsonFindingOf, newFingerprint, placeOf, repositoryOf } from "../make-json.ts";

test("one secret in several repositories and logs is one entry with all its places", () => {
  const fingerprint = newFingerprint();
  const logs = [1, 2].map((line) =>
    placeOf("run.log", { line, log: { system: "github", time: "2026-05-01T10:00:00Z" } }),
  );
  const credentials = credentialsOf([
    repositoryOf("acme/a", [jsonFindingOf(5, { fingerprint, exposures: [placeOf("x"), placeOf("y")] })]),
    repositoryOf("acme/b", [jsonFindingOf(9.5, { fingerprint, exposures: [placeOf("z")], owners: ["team-b"] })]),
    repositoryOf("acme/c", [jsonFindingOf(5, { fingerprint, exposures: logs, owners: ["team-c"] })]),
  ]);
  assert.equal(credentials.length, 1);
  const [one] = credentials;
  assert.equal(one!.worst.score, 9.5, "judged where it reaches furthest");
  assert.deepEqual(
    one!.repositories.map(({ name }) => name),
    ["acme/a", "acme/b", "acme/c"],
  );
  assert.equal(one!.exposures.length, 5);
  assert.equal(one!.logs, 1, "two lines of one log");
  assert.deepEqual(one!.owners, ["team-b", "team-c"]);
});

const spans: readonly [
  name: string,
  finding: Parameters<typeof jsonFindingOf>[1],
  first: string | undefined,
  last: string | undefined,
  atHead: boolean | undefined,
][] = [
  [
    "at HEAD",
    { history: historyOf("2024-03-01", undefined, true) },
    "2024-03-01T00:00:00Z",
    "2026-09-01T00:00:00Z",
    true,
  ],
  [
    "taken away",
    { history: historyOf("2024-03-01", "2025-01-01", false) },
    "2024-03-01T00:00:00Z",
    "2025-01-01T00:00:00Z",
    false,
  ],
  ["in files, which have no dates", {}, undefined, "2026-09-01T00:00:00Z", true],
  [
    "only in a log",
    { exposures: [placeOf("l", { log: { system: "gitlab", time: "2026-02-03T04:05:06Z" } })] },
    "2026-02-03T04:05:06Z",
    "2026-02-03T04:05:06Z",
    undefined,
  ],
];
for (const [name, over, first, last, atHead] of spans)
  test(`since when, until when, still in the files: ${name}`, () => {
    const [one] = credentialsOf([repositoryOf("acme/a", [jsonFindingOf(5, over)])]);
    assert.deepEqual([one!.first, one!.last, one!.atHead], [first, last, atHead]);
  });

test("open ones come first, then the score, then what is still in the files", () => {
  const made = {
    allowed: jsonFindingOf(10, { suppression: { by: "leakreach comment" } }),
    gone: jsonFindingOf(8, { history: historyOf("2024-03-01", "2025-01-01", false) }),
    there: jsonFindingOf(8, { history: historyOf("2024-03-01", undefined, true) }),
    known: jsonFindingOf(9, { baseline: "unchanged" }),
    low: jsonFindingOf(1),
  };
  const names = new Map(Object.entries(made).map(([name, { fingerprint }]) => [fingerprint, name]));
  const credentials = credentialsOf([repositoryOf("acme/a", Object.values(made))]);
  assert.deepEqual(
    credentials.map(({ fingerprint }) => names.get(fingerprint)),
    ["there", "gone", "low", "allowed", "known"],
  );
  assert.deepEqual(
    credentials.map(({ status }) => status),
    ["open", "open", "open", "allowed", "known"],
  );
});

test("a secret that one repository allows and another does not is open", () => {
  const fingerprint = newFingerprint();
  const [one] = credentialsOf([
    repositoryOf("a", [jsonFindingOf(5, { fingerprint, suppression: { by: "gitleaks comment" } })]),
    repositoryOf("b", [jsonFindingOf(5, { fingerprint })]),
  ]);
  assert.equal(one!.status, "open");
});

const issued = (value: string) => [{ name: "issued", value, basis: "claimed" as const }];
const identity = "https://login.acme.example/ svc-cart";

test("tokens of one identity are told together: widest reach, boundaries, owners, renewal", () => {
  const reports = [
    repositoryOf("acme/a", [
      jsonFindingOf(5, {
        identity,
        facts: issued("2025-01-01T00:00:00Z"),
        boundaries: [boundary("shop")],
        owners: ["team-shop"],
      }),
      jsonFindingOf(9, { identity, facts: issued("2026-01-01T00:00:00Z"), boundaries: [boundary("pay")] }),
    ]),
    repositoryOf("acme/b", [jsonFindingOf(3, { identity: "https://other.example/ x" }), jsonFindingOf(10)]),
  ];
  const [first, second, ...rest] = identitiesOf(credentialsOf(reports));
  assert.equal(rest.length, 0, "a token that names nobody has no identity");
  assert.deepEqual([first!.name, first!.credentials[0].worst.score, first!.credentials.length], [identity, 9, 2]);
  assert.deepEqual(first!.boundaries.toSorted(), ["pay", "shop"]);
  assert.deepEqual(first!.owners, ["team-shop"]);
  assert.deepEqual([first!.rotated, first!.issued], [true, ["2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"]]);
  assert.equal(second!.rotated, undefined, "one token tells nothing of renewal");
});

test("two tokens issued at once are no renewal", () => {
  const both = [1, 2].map(() => jsonFindingOf(5, { identity, facts: issued("2025-01-01T00:00:00Z") }));
  assert.equal(identitiesOf(credentialsOf([repositoryOf("a", both)]))[0]!.rotated, false);
});

test("a token that several boundaries accept is reuse, with owners and sensitivities", () => {
  const spanning = jsonFindingOf(5, {
    boundaries: [
      boundary("shop", { owner: "s", sensitivity: "internal" }),
      boundary("pay", { owner: "p", sensitivity: "regulated" }),
    ],
  });
  const reuse = reuseOf(
    credentialsOf([repositoryOf("a", [spanning, jsonFindingOf(9, { boundaries: [boundary("shop")] })])]),
  );
  assert.deepEqual(
    reuse.map(({ credential }) => credential.fingerprint),
    [spanning.fingerprint],
  );
  assert.equal(reuseText(reuse[0]!), "2 trust boundaries, 2 owners, internal and regulated data");
});

test("a boundary that one report maps and another does not is mapped, with the audiences of both", () => {
  const fingerprint = newFingerprint();
  const [one] = credentialsOf([
    repositoryOf("a", [
      jsonFindingOf(5, { fingerprint, boundaries: [boundary("shop", { mapped: false, audiences: ["x"] })] }),
    ]),
    repositoryOf("b", [
      jsonFindingOf(5, { fingerprint, boundaries: [boundary("shop", { owner: "o", audiences: ["y"] })] }),
    ]),
  ]);
  assert.deepEqual(one!.boundaries, [{ name: "shop", owner: "o", audiences: ["x", "y"], mapped: true }]);
});
