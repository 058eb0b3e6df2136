import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Report, RuleId } from "../../src/model/index.ts";
import { scan } from "../../src/scan/scan.ts";
import { prepareHistory } from "../../src/setup/prepare-history.ts";
import { zipped } from "../sources/pack.ts";
import { git, repository } from "../sources/repository.ts";
import { gapsOf, leak } from "./running.ts";

const endless = {
  id: "endless" as RuleId,
  way: "literal" as const,
  anchor: "start" as const,
  keywords: ["never_ends"],
  pattern: "(?<secret>never_ends(?:a+)+b)",
};

const held = `${"text that deltas can copy\n".repeat(40)}never_ends${"a".repeat(60)}\n`;

/** Versions that hold up whoever looks at them, one of them in an archive, among some that do not; one is made from such a one. */
function repositoryOf(pack: boolean): string {
  const root = repository({
    "a.env": leak(1),
    "held.txt": held,
    "x.zip": zipped({ "held.txt": held }),
    "z.env": leak(2),
  });
  writeFileSync(join(root, "held.txt"), `${held.replace("never_ends", "it ends")}${leak(3)}`);
  git(root, "commit", "-qam", "ends");
  if (pack) git(root, "repack", "-adfq");
  return root;
}

async function reported(root: string, deadline: number, alwaysThreads: boolean): Promise<Report> {
  const { sources, options } = await prepareHistory({ repository: root }, new AbortController().signal);
  const scanner = { ...options.scanner, custom: [endless] };
  for await (const event of scan(sources, { ...options, scanner, deadline, alwaysThreads, jobs: 1 }))
    if (event.type === "report") return event.report;
  throw new Error("no report came");
}

for (const [name, pack, threads, deadline] of [
  ["packed, in the only thread", true, false, 200],
  ["loose, in the only thread", false, false, 200],
  ["packed, in threads", true, true, 2500],
  ["loose, in threads", false, true, 2500],
] as const) {
  test(`versions that take too long are gaps, and the others are looked at (${name})`, async () => {
    const root = repositoryOf(pack);
    const report = await reported(root, deadline, threads);
    const paths = report.findings.flatMap(({ exposures }) => exposures.map(({ provenance }) => provenance.path));
    assert.deepEqual(paths.sort(), ["a.env", "held.txt", "z.env"]);
    const first = git(root, "rev-parse", "HEAD~1").trim();
    const told = ["held.txt", "x.zip"].map((path) => {
      const blob = git(root, "rev-parse", `${first}:${path}`).trim();
      const why = `not scanned within ${deadline / 1000} s; raise it with --file-timeout`;
      return `blob ${blob}: ${why} (${path} in commit ${first})`;
    });
    const gaps = gapsOf(report).map((gap) => gap.replace(/!held\.txt/, ""));
    assert.deepEqual(gaps.sort(), told.sort());
  });
}
