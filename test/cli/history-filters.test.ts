import assert from "node:assert/strict";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { gitWith } from "../git/history.ts";
import { leak, token } from "../scan/running.ts";
import { git } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

const DAY = 86_400;
const START = Date.parse("2026-01-01T12:00:00Z") / 1000;

/** One commit a day; each brings a secret of its number in a file. The side branch begins at the second. */
function dated(): string {
  const root = folder({});
  git(root, "init", "-q", "-b", "main");
  const commit = (mark: number, branch: string, parent: number, path: string, message: string, content: string) =>
    [
      `commit refs/heads/${branch}\nmark :${mark}\ncommitter A <a@example.org> ${START + mark * DAY} +0000\n`,
      sized(message),
      parent > 0 ? `from :${parent}\n` : "",
      `M 100644 inline ${path}\n${sized(content)}`,
    ].join("");
  const stream = [
    commit(1, "main", 0, "a.env", "one", leak(1)),
    commit(2, "main", 1, "src/b.env", "two", leak(2)),
    commit(3, "side", 2, "c.env", "three", leak(3)),
    commit(4, "main", 2, "d.txt", `four ${token(4)}`, "text\n"),
    `tag v1\nfrom :4\ntagger A <a@example.org> ${START} +0000\n${sized(`release ${token(5)}`)}`,
  ];
  gitWith(root, Buffer.from(stream.join("")), "fast-import", "--quiet");
  return root;
}

const sized = (content: string): string => `data ${Buffer.byteLength(content)}\n${content}\n`;

interface Reported {
  readonly findings: readonly { readonly exposures: readonly { path: string }[] }[];
  readonly stats: { readonly skipped: Readonly<Record<string, number>> };
}

const cases: readonly (readonly [flags: string, found: string, leftOut: number])[] = [
  ["", "a.env c.env commit src/b.env tag", 0],
  ["--since 2026-01-03", "c.env commit src/b.env tag", 1],
  ["--since 2026-01-04 --until 2026-01-04", "c.env", 4],
  ["--until 2026-01-02T12:00:00Z", "a.env", 4],
  ["--since 2d --now 2026-01-05T12:00:00Z", "c.env commit src/b.env tag", 1],
  ["--branch side", "a.env c.env src/b.env", 2],
  ["--branch main", "a.env commit src/b.env tag", 1],
  ["--branch v1", "a.env commit src/b.env tag", 1],
  ["--branch refs/heads/side --branch main", "a.env c.env commit src/b.env tag", 0],
  ["--path *.env", "a.env c.env src/b.env", 2],
  ["--path src", "src/b.env", 4],
  ["--path src --since 2026-01-04", "", 5],
  ["--max-commits 1", "commit tag", 3],
  ["--max-commits 2 --branch side", "c.env src/b.env", 3],
];

for (const [flags, found, leftOut] of cases) {
  test(`history ${flags || "without filters"} gives ${found || "nothing"}, and counts what is left out`, async () => {
    const args = flags.split(" ").filter((flag) => flag !== "");
    const { code, stdout } = await leakreach(["history", dated(), "--format", "json", ...args]);
    const { findings, stats } = JSON.parse(stdout) as Reported;
    const places = findings.map(({ exposures }) => exposures[0]!.path.replace(/ .*/, "")).sort();
    assert.equal(places.join(" "), found);
    assert.equal(code, found === "" ? 0 : 1);
    assert.equal(
      Object.values(stats.skipped).reduce((sum, count) => sum + count, 0),
      leftOut,
    );
  });
}

test("people read what the filters leave out", async () => {
  const { stdout } = await leakreach(["history", dated(), "--path", "nowhere", "--since", "1y"]);
  assert.match(stdout, /Left out on purpose: 5 secrets by --since, --path\./);
});

const refused: readonly (readonly [flags: string, message: RegExp])[] = [
  ["--branch mian", /--branch mian: there is none of that name; did you mean main\?/],
  ["--branch nothing/like/it", /there is none of that name$/m],
  ["--since yesterday", /must be a day/],
  ["--since 2026-02-30", /must be a day/],
  ["--max-commits 0", /whole number above 0/],
  ["--since 1d --no-provenance", /--since with --no-provenance/],
  ["--branch main --path x --state s", /--branch, --path with --state/],
  ["--path *a*b*c*", /has too many stars/],
];

for (const [flags, message] of refused) {
  test(`history ${flags} is refused`, async () => {
    const { code, stderr, stdout } = await leakreach(["history", dated(), ...flags.split(" ")]);
    assert.equal(code, 2);
    assert.match(stderr, message);
    assert.equal(stdout, "");
  });
}
