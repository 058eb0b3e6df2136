import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mint, seededRandom } from "../mint/mint.ts";
import { reportOf } from "../scan/running.ts";
import { lineColumn, lineColumnOf, placesOf, read } from "./reading.ts";

const runs = Number(process.env.LEAKREACH_FUZZ_RUNS ?? 150);

const colour = fc.constantFrom(
  "\x1b[0m",
  "\x1b[31m",
  "\x1b[1;38;5;208m",
  "\x1b[K",
  "\x1b]0;t\x07",
  "\x1b]8;;\x1b\\",
  "\x1b(B",
  "\x1b7",
  "\x1b_bk;t=1741944413000\x07",
  `\x1b[8mha:////4${"QUJD".repeat(9)}\x1b[0m`,
);
/** Cuts into a text: at which part of it, and what is put there. */
const cuts = fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), colour), { maxLength: 6 });
const word = fc.constantFrom("build", "größe", "日本", "+ echo", "100%\r", "\x1b[32mok\x1b[0m", "😀", "");
const line = fc.array(word, { maxLength: 6 }).map((words) => words.join(" "));

function cutInto(text: string, places: readonly (readonly [number, string])[]): string {
  const at = places.map(([part, put]) => [1 + Math.floor(part * (text.length - 1)), put] as const);
  return at
    .sort(([a], [b]) => b - a)
    .reduce((made, [place, put]) => made.slice(0, place) + put + made.slice(place), text);
}

const stamps: Readonly<Record<string, (second: number) => string>> = {
  none: () => "",
  github: (second) => `2025-03-14T09:26:${String(second % 60).padStart(2, "0")}.5897932Z `,
  gitlab: (second) => `2025-03-14T09:26:${String(second % 60).padStart(2, "0")}.589793Z 00O `,
  jenkins: (second) => `[2025-03-14T09:26:${String(second % 60).padStart(2, "0")}.589Z] `,
};

test("wherever a token is cut by colours, notes and stamps, it is found, and its place is that of the raw log", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.constantFrom(...Object.keys(stamps)),
      fc.array(line, { maxLength: 8 }),
      line,
      fc.array(line, { maxLength: 3 }),
      cuts,
      fc.boolean(),
      fc.constantFrom("\n", "\r\n"),
      async (seed, kind, before, prefix, after, places, marked, feed) => {
        const secret = mint("ghp_{{crc32-base62 30}}", seededRandom(seed));
        const printed = cutInto(secret, places);
        const lines = [...before, `${prefix} TOKEN=${printed} end`, ...after];
        const stamped = lines.map((text, at) => stamps[kind]!(at) + text).join(feed) + feed;
        const log = (marked ? "\ufeff" : "") + stamped;
        const [place, ...more] = placesOf(await read(log), secret);
        assert.ok(place && more.length === 0, "found once");
        assert.equal(lineColumnOf(place), lineColumn(log, printed));
        assert.equal(Buffer.from(log).toString("utf8", place.span.start, place.span.end), printed);
      },
    ),
    { numRuns: runs },
  );
});

test("GitLab: lines that go on are joined, however often", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(fc.integer({ min: 1, max: 39 }), { minLength: 1, maxLength: 4 }),
      async (seed, at) => {
        const secret = mint("ghp_{{crc32-base62 30}}", seededRandom(seed));
        const stamp = "2025-03-14T09:26:53.589793Z 01E";
        const places = [...new Set(at)].sort((a, b) => b - a);
        const printed = places.reduce(
          (text, place) => `${text.slice(0, place)}\n${stamp}+${text.slice(place)}`,
          secret,
        );
        const log = `${stamp} first\n${stamp} a b ${printed} c\n${stamp} last\n`;
        const [place] = placesOf(await read(log), secret);
        assert.ok(place);
        assert.equal(lineColumnOf(place), lineColumn(log, printed));
        assert.equal(place.region.endLine, 2 + places.length);
        assert.equal(Buffer.from(log).toString("utf8", place.span.start, place.span.end), printed);
      },
    ),
    { numRuns: runs },
  );
});

test("whatever a scan of the raw text finds, a scan of the log finds", async () => {
  const { folder } = await import("../config/folder.ts");
  const { writeFileSync } = await import("node:fs");
  const root = folder({});
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(
        fc.tuple(fc.constantFrom("", " ", "=", "x", "9_", "\n"), colour, fc.constantFrom("", "x", "\n", "Ab0")),
        { maxLength: 6 },
      ),
      async (seed, around) => {
        const random = seededRandom(seed);
        const secrets = around.map(() => mint("ghp_{{crc32-base62 30}}", random));
        const log = around.map(([before, put, after], at) => `${before}${put}${secrets[at]}${put}${after}`).join("\n");
        writeFileSync(`${root}/raw.log`, log);
        const raw = await reportOf({ paths: [`${root}/raw.log`] });
        const report = await read(log);
        for (const { secret } of raw.findings)
          assert.ok(placesOf(report, secret.reveal()).length > 0, "found in the log, too");
      },
    ),
    { numRuns: runs },
  );
});

test("what is written into a long sequence is read, too", async () => {
  const secret = mint("ghp_{{crc32-base62 30}}", seededRandom(7));
  const other = mint("ghp_{{crc32-base62 30}}", seededRandom(8));
  const log = `see \x1b]8;;https://x.org/?t=${secret}\x07${other.slice(0, 9)}\x1b]0;a longer title than that\x07${other.slice(9)}\x1b]8;;\x07\n`;
  const report = await read(log);
  assert.equal(placesOf(report, secret).length, 1);
  assert.equal(placesOf(report, other).length, 1);
  const [place] = placesOf(report, secret);
  assert.equal(lineColumnOf(place!), lineColumn(log, secret), "its place is where it stands in the sequence");
  assert.equal(place!.region.endColumn - place!.region.column, secret.length);
});

test("a secret in a link: its place is that of the raw text, with colours and stamps around, and in later lines", async () => {
  const random = seededRandom(9);
  for (const around of [
    (link: string) => `${link}text\n`,
    (link: string) => `first\nsecond \x1b[31m${link}\x1b[0mred\n`,
    (link: string) => `2025-03-14T09:26:53.5897932Z a\n2025-03-14T09:26:53.5897932Z see ${link}here\n`,
    (link: string) => `${"x y\n".repeat(400_000)}see ${link}here\n`,
  ]) {
    const secret = mint("ghp_{{crc32-base62 30}}", random);
    const log = around(`\x1b]8;;https://x.org/?t=${secret}\x07`);
    const [place] = placesOf(await read(log), secret);
    assert.equal(lineColumnOf(place!), lineColumn(log, secret), JSON.stringify(log.slice(-200)));
  }
});
