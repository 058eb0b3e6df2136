import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonSweepReport } from "../../src/report/sweep-report.ts";
import { type How, leakreach, type Ran } from "../cli/leakreach.ts";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { git } from "../sources/repository.ts";

/** A clock that stands still. */
export const NOW = "2026-11-21T12:00:00.000Z";

/** A folder of repositories; each name with the files of its first commit. */
export function clones(files: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const root = folder(
    Object.fromEntries(
      Object.entries(files).flatMap(([name, own]) =>
        Object.entries(own).map(([path, content]) => [`${name}/${path}`, content]),
      ),
    ),
  );
  for (const name of Object.keys(files)) {
    git(join(root, name), "init", "-q");
    commit(join(root, name), {});
  }
  return root;
}

/** So many small repositories; every third one leaks something of its own, and all leak the same key. */
export const many = (count: number): string =>
  clones(
    Object.fromEntries(
      Array.from({ length: count }, (_, i): [string, Record<string, string>] => [
        `team/r${String(i).padStart(3, "0")}`,
        { "a.txt": `text ${i}\n`, "shared.env": leak(0), ...(i % 3 === 0 ? { ".env": leak(i + 1) } : {}) },
      ]),
    ),
  );

/** Commits files to a repository. */
export function commit(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content);
  git(root, "add", "-A");
  git(root, "commit", "-qm", `add ${Object.keys(files).join()}`, "--allow-empty");
}

/** Sweeps with a clock that stands still, and clones of its own. */
export const sweeping = (store: string, ...args: readonly string[]): Promise<Ran> => sweepingSo({}, store, ...args);

/** The same, run in some way. */
export const sweepingSo = (how: How, store: string, ...args: readonly string[]): Promise<Ran> =>
  leakreach(["sweep", "--store", store, "--cache", `${store}.cache`, "--now", NOW, ...args], how);

/** The same, and what it reports. */
export async function swept(store: string, ...args: readonly string[]): Promise<JsonSweepReport> {
  const ran = await sweeping(store, ...args, "--format", "json");
  assert.equal(ran.stderr, "");
  return JSON.parse(ran.stdout) as JsonSweepReport;
}

/** A place for a store. */
export const place = (): string => join(folder({}), "store");

/** What was found in each repository: its name and the paths. */
export const foundIn = ({ repositories }: JsonSweepReport): Record<string, string[]> =>
  Object.fromEntries(
    repositories.map(({ repository, report }) => [
      repository.name,
      report.findings.flatMap(({ exposures }) => exposures.map(({ path }) => path)).sort(),
    ]),
  );

/** Gaps of all repositories. */
export const gapsIn = ({ repositories, gaps }: JsonSweepReport): string[] => [
  ...gaps.map(({ what, why }) => `${what}: ${why}`),
  ...repositories.flatMap(({ repository, report }) =>
    report.gaps.map(({ what, why }) => `${repository.name}: ${what}: ${why}`),
  ),
];

/** Characters that are neither letters nor digits. */
const SIGNS = Array.from({ length: 127 }, (_, code) => String.fromCharCode(code))
  .filter((sign) => !/[\0A-Za-z0-9]/.test(sign))
  .slice(0, 64)
  .join("");

/** Text that does not pack to less than 16 MiB, and in which nothing could be a secret by chance. */
export function noise(): string {
  const bytes = randomBytes(24 << 20);
  for (const [at, byte] of bytes.entries()) bytes[at] = SIGNS.charCodeAt(byte & 63);
  return bytes.toString("latin1");
}
