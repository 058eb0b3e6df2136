import assert from "node:assert/strict";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

const OUTPUTS = ["json", "jsonl", "sarif", "gitlab", "junit", "html", "csv", "markdown"];

/** The texts of all reports of a command, its baseline, and what it prints. */
async function said(root: string, ...command: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const out = folder({});
  const outputs = OUTPUTS.flatMap((format) => ["--output", `${format}=${join(out, format)}`]);
  const text = await leakreach([...command, ".", ...outputs], { cwd: root });
  assert.equal(text.code, 1, text.stderr);
  const lines = await leakreach([...command, ".", "--format", "jsonl"], { cwd: root });
  const files = OUTPUTS.map((format) => [format, readFileSync(join(out, format), "utf8")] as const);
  return new Map([...files, ["text", text.stdout + text.stderr], ["stream", lines.stdout + lines.stderr]]);
}

function namesNobody(texts: ReadonlyMap<string, string>, secret: string): void {
  for (const [format, text] of texts) {
    assert.equal(text.includes(secret.slice(secret.indexOf("_") + 1)), false, format);
    assert.match(text, /run\\?-(?:…|%E2%80%A6|&#8230;|\\u2026)/, format);
  }
}

/** A folder in which a file is called by one secret and holds this. */
function called(content: string, more: Readonly<Record<string, string>> = {}): string {
  return repository({ [`run-${token(1)}.env`]: content, ...more });
}

test("a place is named without the secrets of other findings of the same file", async () => {
  namesNobody(await said(called(leak(2) + leak(1)), "scan"), token(1));
});

test("a place of a history is named without the secrets of any finding, those in names of files alone too", async () => {
  namesNobody(await said(called(leak(2)), "history"), token(1));
});

test("a place is named without a secret that stands elsewhere, and so is a baseline", async () => {
  const root = called(leak(2), { "other.env": leak(1) });
  const texts = await said(root, "scan");
  // A stream tells matches as they come.
  namesNobody(new Map([...texts].filter(([format]) => format !== "stream")), token(1));
  assert.equal((await leakreach(["baseline", ".", "--output", "known.json"], { cwd: root })).code, 0);
  namesNobody(new Map([["baseline", readFileSync(join(root, "known.json"), "utf8")]]), token(1));
});

test("what says where the other half of a pair stands names the file without its secrets", async () => {
  const id = `AKIA${token(3)
    .slice(4, 24)
    .toUpperCase()
    .replaceAll(/[^A-Z2-7]/g, "K")
    .slice(0, 16)
    .padEnd(16, "Q")}`;
  const key = token(5).slice(4, 40) + token(6).slice(4, 8);
  const root = folder({});
  mkdirSync(join(root, "a"));
  writeFileSync(join(root, "a", "x"), `aws_access_key_id = ${id}\naws_secret_access_key = ${key}\n${leak(1)}`);
  renameSync(join(root, "a", "x"), join(root, "a", `run-${token(1)}.env`));
  const { stdout } = await leakreach(["scan", ".", "--format", "json"], { cwd: root });
  assert.match(stdout, /other half[^"]*run-…/);
  assert.equal(stdout.includes(token(1)), false);
});
