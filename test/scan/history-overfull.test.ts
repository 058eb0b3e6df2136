import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "../../src/model/index.ts";
import { scan } from "../../src/scan/scan.ts";
import { prepareHistory } from "../../src/setup/prepare-history.ts";
import { gitWith } from "../git/history.ts";
import { repository } from "../sources/repository.ts";
import { gapsOf, leak, token } from "./running.ts";

const VERSIONS = 200;
const LINES = 40;
const SECRETS = 8;

const sized = (content: string): string => `data ${Buffer.byteLength(content)}\n${content}\n`;

/** A file that says a few secrets many times, in many versions; one of them has a secret of its own. */
function overfull(): string {
  const root = repository({ kept: "kept\n" });
  const lines = Array.from({ length: LINES }, (_, at) => leak(at % SECRETS)).join("");
  const commits = Array.from({ length: VERSIONS }, (_, number) => {
    const own = number === VERSIONS / 2 ? leak(SECRETS) : "";
    const head = `commit refs/heads/many\ncommitter A <a@example.org> ${1_700_000_000 + number} +0000\n${sized("more\n")}`;
    return `${head}M 100644 inline many.env\n${sized(`${lines}# ${number}\n${own}`)}\n`;
  });
  gitWith(root, commits.join(""), "-c", "fastimport.unpackLimit=1", "fast-import", "--quiet");
  return root;
}

/** A whole scan that may use so many bytes for places. */
async function reported(repository: string, places: number): Promise<Report> {
  const { sources, options } = await prepareHistory({ repository }, new AbortController().signal);
  const scanner = { ...options.scanner, history: { ...options.scanner.history!, places } };
  for await (const event of scan(sources, { ...options, scanner })) if (event.type === "report") return event.report;
  throw new Error("no report came");
}

test("a history with more places than there is memory for says how many it leaves out, and loses no secret", async () => {
  const root = overfull();
  const report = await reported(root, 64 << 10);
  assert.equal(report.complete, false);
  const [gap, ...others] = gapsOf(report);
  assert.match(gap!, /^[\d,]+ places of secrets, in [\d,]+ versions of files: .*--memory$/);
  assert.deepEqual(others, []);
  const leftOut = Number(/^[\d,]+/.exec(gap!)![0].replaceAll(",", ""));
  assert.ok(leftOut > 0 && leftOut < LINES * VERSIONS);
  const found = report.findings.map(({ secret }) => secret.reveal()).sort();
  assert.deepEqual(found, Array.from({ length: SECRETS + 1 }, (_, seed) => token(seed)).sort());
  assert.deepEqual(gapsOf(await reported(root, 1 << 20)), []);
});
