import { join } from "node:path";
import { type Gaps, Malformed } from "./malformed.ts";
import type { HashKind, ObjectId } from "./object-id.ts";
import type { Ref, Reflog } from "./ref.ts";
import { parseTable, type Table } from "./reftable.ts";
import { readSmall } from "./regular-file.ts";

const LARGEST_LIST = 1 << 20;
/** All tables together. */
const LARGEST_STACK = 256 << 20;
/** A writer that merges tables removes them while others read the list ("Readers"). */
const TRIES = 3;

/** Reads the stack of tables in a folder: the newest that knows a ref or log entry has the say. */
export function readStack(
  folder: string,
  hash: HashKind,
  gaps: Gaps,
): { readonly refs: readonly Ref[]; readonly reflogs: readonly Reflog[] } {
  const refs = new Map<string, Ref>();
  const entries = new Set<string>();
  const logs = new Map<string, { readonly ids: Set<ObjectId>; readonly messages: Set<string> }>();
  for (const table of tables(folder, hash, gaps)) {
    for (const ref of table.refs) if (!refs.has(ref.name)) refs.set(ref.name, ref);
    const seen = table.logs.filter(({ key }) => !entries.has(key));
    for (const { key, name, ids, message } of seen) {
      entries.add(key);
      const all = logs.get(name) ?? { ids: new Set(), messages: new Set() };
      logs.set(name, all);
      for (const id of ids) all.ids.add(id);
      if (message !== "") all.messages.add(message);
    }
  }
  return {
    refs: [...refs.values()].filter(({ id, target }) => id !== undefined || target !== undefined),
    reflogs: [...logs]
      .filter(([, { ids }]) => ids.size > 0)
      .map(([name, { ids, messages }]) => ({ name, ids: [...ids], messages: [...messages] })),
  };
}

/** The tables, newest first. */
function* tables(folder: string, hash: HashKind, gaps: Gaps): Generator<Table> {
  for (const { name, bytes } of filesOf(folder, gaps)) {
    const table = gaps.try(`reftable/${name}`, () => {
      if (!bytes) throw new Malformed("this table of refs is missing");
      return parseTable(bytes, hash);
    });
    if (table) yield table;
  }
}

interface TableFile {
  readonly name: string;
  readonly bytes: Buffer | undefined;
}

function filesOf(folder: string, gaps: Gaps): readonly TableFile[] {
  const read = (): readonly TableFile[] => {
    const list = readSmall(join(folder, "tables.list"), LARGEST_LIST);
    if (!list) throw new Malformed("the list of tables of refs is missing");
    let left = LARGEST_STACK;
    return [...new Set(list.toString("utf8").split("\n"))]
      .filter((name) => name !== "")
      .reverse()
      .map((name) => {
        if (/[\\/\0]/.test(name)) throw new Malformed("the list of tables names something else");
        const bytes = readSmall(join(folder, name), left);
        left -= bytes?.length ?? 0;
        return { name, bytes };
      });
  };
  let files: readonly TableFile[] | undefined;
  for (let i = 0; i < TRIES && !files?.every(({ bytes }) => bytes); i++) {
    files = gaps.try("reftable/tables.list", read);
    if (!files) return [];
  }
  return files ?? [];
}
