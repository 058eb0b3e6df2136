import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { htmlPieces } from "../../../src/report/html/document.ts";
import { namesOf } from "../../../src/report/html/names.ts";
import { pictureOf } from "../../../src/report/html/picture.ts";
import type { RepositoryReport } from "../../../src/report/repository-report.ts";
import { credentialsOf } from "../../../src/report/views/credentials.ts";
import { boundary, jsonFindingOf, placeOf, repositoryOf } from "../make-json.ts";
import { body, makeOptions } from "../make-report.ts";

const options = makeOptions();
const pageOf = (reports: readonly RepositoryReport[], most?: number): string =>
  [...htmlPieces(reports, { ...options, ...(most !== undefined && { most }) })].join("");

test("the page's policy names its one script and its one style by their hashes, and nothing else", () => {
  const page = pageOf([repositoryOf("a", [jsonFindingOf(9)])]);
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!;
  for (const [element, directive] of [
    ["script", "script-src"],
    ["style", "style-src"],
  ]) {
    const texts = [...page.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, "gs"))];
    assert.equal(texts.length, 1);
    const hash = createHash("sha256").update(texts[0]![1]!).digest("base64");
    assert.ok(policy.includes(`${directive} 'sha256-${hash}'`), directive);
  }
  assert.match(policy, /^default-src 'none';/);
  assert.doesNotMatch(policy, /unsafe|http|\*/);
  assert.doesNotMatch(page, /\sstyle="|\son[a-z]+="|<link|@import|url\(/);
});

test("no secret is in the page, even if a report has one", () => {
  const secret = body(40);
  assert.ok(!pageOf([repositoryOf("a", [jsonFindingOf(9, { secret })])]).includes(secret));
});

test("only addresses of rules and of the repository's host are links", () => {
  const evil = "https://evil.example/";
  const finding = jsonFindingOf(9, {
    rule: "github-pat" as never,
    identity: evil,
    facts: [{ name: "issuer", value: evil, basis: "claimed" }],
    remedies: [{ action: "Revoke it", where: evil }],
    exposures: [placeOf("a b.ts", { commit: "c0ffee1", object: "b10b" })],
  });
  const page = pageOf([repositoryOf("acme/a", [finding], { url: "https://github.com/acme/a" })]);
  const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!).filter((href) => !href.startsWith("#"));
  assert.ok(links.includes("https://github.com/acme/a/blob/c0ffee1/a%20b.ts#L3"));
  assert.ok(links.includes("https://github.com/settings/tokens"));
  assert.deepEqual(
    links.filter((href) => href.includes("evil")),
    [],
  );
});

for (const url of ["javascript:alert(1)", "https://user:pass@github.com/acme/a", "data:text/html,x", "//x"])
  test(`a repository's address ${url} is no link`, () => {
    const page = pageOf([
      repositoryOf("acme/a", [jsonFindingOf(9, { exposures: [placeOf("x", { commit: "c0ffee1", object: "b" })] })], {
        url,
      }),
    ]);
    assert.doesNotMatch(page, /href="(?!#|https:\/\/acme\.example|https:\/\/github\.com\/settings)/);
  });

test("the page says when it shows fewer findings than there are, and shows the worst", () => {
  const findings = [1, 2, 3, 4, 5, 6, 7, 8].map((score) => jsonFindingOf(score));
  const page = pageOf([repositoryOf("a", findings)], 3);
  assert.match(page, /The 3 worst of 8 findings are on this page/);
  const ids = [...page.matchAll(/class="body" id="([^"]+)"/g)].map(([, id]) => id);
  assert.deepEqual(
    ids,
    [7, 6, 5].map((at) => findings[at]!.fingerprint),
  );
});

test("the page says that something was not read", () => {
  const { report, ...rest } = repositoryOf("acme/a", []);
  const page = pageOf([
    {
      ...rest,
      report: {
        ...report,
        gaps: [{ what: "x.zip", why: "it is broken" }],
        stats: { ...report.stats, complete: false },
      },
    },
  ]);
  assert.match(page, /Not everything was read/);
  assert.match(page, /x\.zip<\/bdi>: <bdi>it is broken/);
});

const audiencesOf = (at: number) => [boundary(`b${at % 40}`, { audiences: [`https://api-${at}.example/`] })];
for (const count of [1, 10, 200])
  test(`the picture of ${count} tokens has few boxes, and says what is drawn together`, () => {
    const findings = Array.from({ length: count }, (_, at) =>
      jsonFindingOf(9, { identity: `https://i.example/ svc-${at}`, boundaries: audiencesOf(at) }),
    );
    const picture = pictureOf(credentialsOf([repositoryOf("a", findings)]), namesOf(options.rules));
    assert.equal(picture.shown + picture.gathered, count);
    const boxes = (column: number) => picture.nodes.filter((node) => node.column === column).length;
    assert.ok(boxes(0) <= 18 && boxes(1) <= 23 && boxes(2) <= 18);
    for (const { id, column } of picture.nodes) {
      const sum = (end: "source" | "target") =>
        picture.links.filter((link) => link[end] === id).reduce((all, { value }) => all + value, 0);
      if (column === 1) assert.ok(Math.abs(sum("source") - sum("target")) < 1e-9, "what comes in goes out");
    }
  });

test("the picture has something of each level, whose tokens are named first, and like tokens in one box", () => {
  const nameless = Array.from({ length: 100 }, (_, at) => jsonFindingOf(9.5, { boundaries: audiencesOf(at) }));
  const alike = Array.from({ length: 9 }, () => jsonFindingOf(9.5, { identity: "https://i.example/ svc-cart" }));
  const findings = [...nameless, ...alike, jsonFindingOf(8), jsonFindingOf(5)];
  const picture = pictureOf(credentialsOf([repositoryOf("a", findings)]), namesOf(options.rules));
  const tokens = picture.nodes.filter(({ column }) => column === 1);
  assert.deepEqual([...new Set(tokens.map(({ level }) => level))], ["critical", "high", "medium"]);
  assert.match(tokens.map(({ label }) => label).join("\n"), /^9 × .*$/m);
  assert.equal(picture.nodes[0]!.label, "svc-cart at https://i.example/");
  assert.deepEqual(
    tokens.filter(({ fingerprint }) => !fingerprint).map(({ label }) => label),
    ["81 more of level critical"],
  );
});

test("the picture leaves out what reaches little, if anything reaches more, and counts it", () => {
  const findings = [9, 5, 1, 2].map((score) => jsonFindingOf(score));
  const picture = pictureOf(
    credentialsOf([repositoryOf("a", [...findings, jsonFindingOf(10, { baseline: "unchanged" })])]),
    namesOf(options.rules),
  );
  assert.deepEqual([picture.shown, picture.leftOut], [2, 2]);
  const low = pictureOf(credentialsOf([repositoryOf("a", [jsonFindingOf(1)])]), namesOf(options.rules));
  assert.deepEqual([low.shown, low.leftOut], [1, 0]);
});
