import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { gz, tarred, zipped } from "../sources/pack.ts";
import { zstdCompressSync } from "../sources/zstd.ts";
import { leakreach, linesOf } from "./leakreach.ts";

const typesOf = (text: string) => linesOf(text).map(({ type }) => type);

/** Runs a scan whose input comes step by step: each step waits until so many lines of output are there. */
function stepwise(
  args: readonly string[],
  steps: readonly [
    lines: number,
    act: (write: (text: string) => void, kill: (signal: NodeJS.Signals) => void) => void,
  ][],
) {
  let lines = 0;
  const left = [...steps];
  return leakreach(args, {
    keepOpen: true,
    during: (child) => {
      const next = () => {
        while (left.length && left[0]![0] <= lines)
          left.shift()![1](
            (text) => (text ? child.stdin!.write(text) : child.stdin!.end()),
            (signal) => child.kill(signal),
          );
      };
      child.stdout!.on("data", (text: string) => {
        lines += text.split("\n").length - 1;
        next();
      });
      next();
    },
  });
}

test("jsonl of a stream that stays open says each match when its line has come, and once", async () => {
  const ran = await stepwise(
    ["scan", "-", "--format", "jsonl"],
    [
      [0, (write) => write(leak(1))],
      [1, (write) => write(`some words\n${leak(2)}half a li`)],
      [2, (write) => write(`ne\n${leak(3).slice(0, 30)}`)],
      [2, (write) => setTimeout(() => write(`${leak(3).slice(30)}${leak(1)}`), 400)],
      [4, (write) => write("")],
    ],
  );
  assert.equal(ran.code, 1, ran.stderr);
  assert.deepEqual(typesOf(ran.stdout), [...Array(4).fill("match"), ...Array(3).fill("finding"), "stats"]);
  const lines = linesOf(ran.stdout)
    .filter(({ type }) => type === "match")
    .map(({ line }) => line);
  assert.deepEqual(lines, [1, 3, 5, 6]);
  assert.equal(linesOf(ran.stdout).at(-1)!.matches, 4);
});

test("UTF-16 that comes slowly is read, too", async () => {
  const text = Buffer.from(`\ufeff${leak(1)}`, "utf16le").toString("latin1");
  const ran = await leakreach(["scan", "-", "--format", "jsonl"], {
    keepOpen: true,
    during: (child) => {
      child.stdin!.write(Buffer.from(text, "latin1"));
      child.stdout!.once("data", () => child.stdin!.end());
    },
  });
  assert.deepEqual(typesOf(ran.stdout), ["match", "finding", "stats"]);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`jsonl that ${signal} stops has what was found, a gap line, and a last line that says incomplete`, {
    skip: process.platform === "win32",
  }, async () => {
    const ran = await stepwise(
      ["scan", "-", "--format", "jsonl"],
      [
        [0, (write) => write(leak(1))],
        [1, (_, kill) => kill(signal)],
      ],
    );
    assert.equal(ran.code, 130, ran.stderr);
    assert.deepEqual(typesOf(ran.stdout), ["match", "gap", "finding", "stats"]);
    const [match, gap, finding, stats] = linesOf(ran.stdout);
    assert.equal(match!.line, 1);
    assert.match(String(gap!.why), /interrupted before its end/);
    assert.equal((finding!.exposures as unknown[]).length, 1);
    assert.equal(stats!.complete, false);
  });
}

test("jsonl of a long file says its matches as it is read, and once", async () => {
  const root = folder({});
  const words = "words of a log\n".repeat(350_000);
  writeFileSync(join(root, "long.log"), `${leak(1)}${words}${leak(2)}${words}${leak(3)}`);
  for (const jobs of ["1", "2"]) {
    const ran = await leakreach(["scan", root, "--format", "jsonl", "--jobs", jobs]);
    assert.deepEqual(typesOf(ran.stdout), [...Array(3).fill("match"), ...Array(3).fill("finding"), "stats"]);
  }
});

const inside = { "a.env": leak(1), "d/b.env": leak(2) };
const tar = await tarred(inside);
const zstd = zstdCompressSync(tar);
const xz = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2, 3]);

const packed: readonly [name: string, bytes: Buffer, found: readonly string[], gap: RegExp | undefined][] = [
  ["tar", tar, ["stdin!a.env", "stdin!d/b.env"], undefined],
  ["tar.gz", gz(tar), ["stdin!content!a.env", "stdin!content!d/b.env"], undefined],
  ["gzip", gz(leak(1)), ["stdin!content"], undefined],
  ["zip", zipped(inside), ["stdin!a.env", "stdin!d/b.env"], undefined],
  [
    "tar in zstd",
    zstd ?? Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]),
    zstd ? ["stdin!content!a.env", "stdin!content!d/b.env"] : [],
    zstd ? undefined : /format that is not read/,
  ],
  ["xz", xz, [], /format that is not read/],
  ["gzip that is cut", gz(leak(1)).subarray(0, -4), ["stdin!content"], /a broken archive/],
  [
    "gzip with something behind it",
    Buffer.concat([gz(leak(1)), Buffer.alloc(9), Buffer.from(leak(2))]),
    ["stdin!content"],
    /bytes behind its end were not read/,
  ],
  ["gzip with zeros behind it", Buffer.concat([gz(leak(1)), Buffer.alloc(900)]), ["stdin!content"], undefined],
];

for (const [name, bytes, found, gap] of packed) {
  test(`standard input that is a ${name} is opened as a file is`, async () => {
    const { stdout, code } = await leakreach(["scan", "-", "--format", "json"], { input: bytes });
    const report = JSON.parse(stdout);
    const places = (report.findings as { exposures: { path: string; inner?: string[] }[] }[]).flatMap(({ exposures }) =>
      exposures.map(({ path, inner = [] }) => [path, ...inner].join("!")),
    );
    assert.deepEqual(places.sort(), found);
    assert.equal(report.gaps.length, gap ? 1 : 0, JSON.stringify(report.gaps));
    if (gap) assert.match(report.gaps[0].why, gap);
    assert.equal(code, found.length ? 1 : 3);
  });
}

test("an archive behind a named pipe is opened", { skip: process.platform !== "linux" }, async () => {
  const root = folder({ "x.tgz": gz(tar) });
  const script = `${process.execPath} dist/leakreach.js scan <(cat ${root}/x.tgz) --format json || true`;
  const { findings, gaps } = JSON.parse(execFileSync("bash", ["-c", script], { encoding: "utf8" }));
  assert.deepEqual([findings.length, gaps.length], [2, 0]);
});

test("a text and a stream beside it are both scanned, in threads, too", async () => {
  const root = folder({ "big.log": `${"a line\n".repeat(700_000)}${leak(1)}` });
  const { stdout } = await leakreach(["scan", root, "-", "--format", "json"], { input: leak(2) });
  assert.equal(JSON.parse(stdout).findings.length, 2);
});

test("no secret of an early look is printed", async () => {
  const ran = await leakreach(["scan", "-", "--format", "jsonl"], { input: leak(1) });
  assert.ok(!ran.stdout.includes(token(1).slice(4, 14)));
});
