import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { ScanError } from "../../model/index.ts";
import { safeJson } from "../../report/redact.ts";
import type { RepositoryReport } from "../../report/repository-report.ts";
import { makeFolder } from "../../sources/make-folder.ts";
import { readIfThere, writeWholly } from "./durable.ts";
import { migrated, STORE_SCHEMA } from "./schema.ts";

/** What a store holds of a repository. */
export interface StoredRepository extends RepositoryReport {
  readonly schema: number;
  /** The run that wrote it. */
  readonly run: string;
  /** Which of the two files of this repository says what was looked through; missing where the next run looks at everything. */
  readonly state?: StateSlot;
}

/** A state is written beside the one that counts, and counts when the record names it. */
export type StateSlot = 0 | 1;

/** A folder with one file for each repository: recording one is one rename, and a copy made at any time is whole. */
export interface Store {
  readonly folder: string;
  readonly record: (stored: Omit<StoredRepository, "schema">) => void;
  readonly read: (id: string) => StoredRepository | undefined;
  /** Removes what is held of a repository; decisions stay. */
  readonly drop: (id: string) => void;
  /** Everything in it, in no certain order, one at a time. */
  readonly all: () => Generator<StoredRepository>;
  readonly stateFile: (id: string, slot: StateSlot) => string;
}

const AGAIN = "remove it, and the next sweep looks at that repository again";

/** Opens a store, which a folder that is empty or not there becomes. */
export function openStore(path: string): Store {
  const folder = resolve(path);
  const head = join(folder, "store.json");
  const text = readIfThere(head);
  if (text === undefined) create(folder, head);
  else migrated(parsed(text, head), head);
  return storeIn(folder);
}

/** Opens a store that must be there already. */
export function openExisting(path: string): Store {
  if (!existsSync(join(path, "store.json")))
    throw new ScanError("store-invalid", `${path} is no store: leakreach sweep --store ${path} makes one`);
  return openStore(path);
}

function create(folder: string, head: string): void {
  try {
    makeFolder(folder, 0o700);
    const other = readdirSync(folder).filter((name) => !OURS.test(name));
    if (other.length > 0)
      throw new ScanError("store-invalid", `${folder} holds something else (${other[0]}): name a folder of its own`);
    for (const name of ["repositories", "states", "runs"]) makeFolder(join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw error instanceof ScanError ? error : new ScanError("store-invalid", `cannot make ${folder}: ${code}`);
  }
  writeWholly(head, [`${JSON.stringify({ schema: STORE_SCHEMA, what: "a store of leakreach sweep" })}\n`]);
}

/** What a sweep that was killed while it made its store has left. */
const OURS = /^(?:repositories|states|runs|lock|lock\..*|store\.json\..*)$/;

function storeIn(folder: string): Store {
  const fileOf = (name: string) => join(folder, "repositories", name);
  const readFile = (file: string): StoredRepository | undefined => {
    const text = readIfThere(file);
    return text === undefined ? undefined : checked(migrated(parsed(text, file), file), file);
  };
  return {
    folder,
    record: (stored) =>
      writeWholly(fileOf(`${nameOf(stored.repository.id)}.json`), [
        `${safeJson({ schema: STORE_SCHEMA, ...stored })}\n`,
      ]),
    read: (id) => readFile(fileOf(`${nameOf(id)}.json`)),
    all: function* () {
      for (const name of readdirSync(fileOf("")).sort()) {
        if (name.endsWith(".tmp")) continue;
        const stored = readFile(fileOf(name));
        if (stored) yield stored;
      }
    },
    drop: (id) => {
      rmSync(fileOf(`${nameOf(id)}.json`), { force: true });
      for (const slot of [0, 1]) rmSync(join(folder, "states", `${nameOf(id)}.${slot}`), { force: true });
    },
    stateFile: (id, slot) => join(folder, "states", `${nameOf(id)}.${slot}`),
  };
}

/** Removes what was being written when a process was killed; call it with the store's lock held. */
export function tidy({ folder }: Store): void {
  for (const part of ["", "repositories", "states", "runs"])
    for (const name of readdirSync(join(folder, part)))
      if (name.endsWith(".tmp")) rmSync(join(folder, part, name), { force: true });
}

/** The name of a repository's files. */
export const nameOf = (id: string): string => createHash("sha256").update(id).digest("hex").slice(0, 32);

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ScanError("store-invalid", `${file} is damaged: ${AGAIN}`);
  }
}

/** The form of what leakreach wrote is known; this is against files that something else changed. */
function checked(value: Readonly<Record<string, unknown>>, file: string): StoredRepository {
  const stored = value as unknown as StoredRepository;
  const isWhole =
    typeof stored.repository?.id === "string" &&
    typeof stored.run === "string" &&
    Array.isArray(stored.report?.findings) &&
    Array.isArray(stored.report.gaps) &&
    typeof stored.report.stats === "object";
  if (!isWhole) throw new ScanError("store-invalid", `${file} is damaged: ${AGAIN}`);
  return stored;
}
