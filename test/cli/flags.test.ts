import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commandOf } from "../../src/cli/command-flags.ts";
import { type CommandSpec, type Given, readQuickly } from "../../src/cli/flags.ts";
import { spec as scan } from "../../src/cli/scan.ts";
import type { ScanFlags } from "../../src/cli/scan-options.ts";

/** What commander makes of a command line; undefined when it complains or helps. */
async function byCommander(args: readonly string[]): Promise<Given<ScanFlags> | undefined> {
  let given: Given<ScanFlags> | undefined;
  const spec: CommandSpec<ScanFlags> = {
    ...scan,
    run: async (operands, flags) => {
      given = { operands, flags };
      return 0;
    },
  };
  const command = commandOf(spec)
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} });
  await command.parseAsync([...args], { from: "user" }).catch(() => {});
  return given;
}

const plain = (given: Given<ScanFlags>): unknown => JSON.parse(JSON.stringify(given));

const words = [
  ...scan.flags.map(({ name }) => name),
  ...scan.flags.filter(({ value }) => value).map(({ name }) => `${name}=json`),
  ...["--max-file-size=3M", "--jobs=2", "--jobs=x", "--now", "2026-09-01", "--quiet=1", "--color", "--bogus", "--help"],
  ...["-", "--", "-q", "a.txt", "4", "json", "high", "12k", ""],
];

test("a command line means the same to commander, wherever it is read without it", async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 6 }), async (args) => {
      const quick = readQuickly(scan, args);
      if (!quick) return;
      read++;
      const slow = await byCommander(args);
      assert.ok(slow, `commander refuses ${args.join(" ")}`);
      assert.deepEqual(plain(quick), plain(slow));
    }),
    { numRuns: 2000 },
  );
  assert.ok(read > 300, `only ${read} were read`);
});

test("what people usually write is read without commander", () => {
  for (const args of [
    [],
    ["."],
    ["src", "--format", "json", "--output=sarif=a.sarif", "--quiet"],
    ["-", "--jobs", "1"],
  ])
    assert.ok(readQuickly(scan, args), args.join(" "));
});

test("help and mistakes are left to commander", () => {
  for (const args of [["--help"], ["--bogus"], ["--jobs"], ["--jobs", "0"], ["--format", "xml"], ["--quiet=1"], ["--"]])
    assert.equal(readQuickly(scan, args), undefined, args.join(" "));
});
