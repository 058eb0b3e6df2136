import type { Names } from "../history/trees.ts";
import type { Unpacker } from "../kernel/history.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { type Gap, type Match, masked } from "../model/index.ts";
import type { Run } from "./options.ts";
import { type EntryName, toMatch, type UnitResult } from "./raw.ts";

/** More names of one unit than this are not kept. */
const MOST = 100_000;
const NEWLINE = 0x0a;

/** Keeps those names of trees at which the gate stops, each once. */
export class NameSieve {
  readonly #kernel: Kernel;
  readonly #unpacker: Unpacker;
  readonly #names = new Map<string, string>();
  #isFull = false;

  constructor(kernel: Kernel, unpacker: Unpacker) {
    this.#kernel = kernel;
    this.#unpacker = unpacker;
  }

  readonly look: Names = (tree, at, size) => {
    const found = this.#kernel.candidatesAt(at, at + size);
    if (found.length === 0) return;
    const text = this.#unpacker.bytes({ at, size });
    for (let i = 0; i < found.length; i += 3) {
      const end = text.indexOf(NEWLINE, found[i]!);
      const name = text.toString("utf8", text.lastIndexOf(NEWLINE, found[i]!) + 1, end < 0 ? size : end);
      if (this.#names.has(name)) continue;
      if (this.#names.size === MOST) this.#isFull = true;
      else this.#names.set(name, Buffer.from(tree).toString("hex"));
    }
  };

  names(): EntryName[] {
    return [...this.#names].map(([text, tree]) => ({ text, tree }));
  }

  gaps(): Gap[] {
    return this.#isFull
      ? [{ what: "names of files and folders", why: "there are too many: some were not looked at" }]
      : [];
  }
}

/** What stands in the names of files and folders that looking at trees gave. */
export async function scanNames(
  looked: readonly UnitResult[],
  run: Run,
  submodule?: string,
): Promise<{ readonly matches: readonly Match[]; readonly gaps: readonly Gap[] }> {
  const names = new Map<string, string>();
  for (const { text, tree } of looked.flatMap((each) => each.names)) if (!names.has(text)) names.set(text, tree);
  if (names.size === 0) return { matches: [], gaps: [] };
  const where = submodule === undefined ? "" : `${submodule}: `;
  // A name may be a secret: what could be one is not shown.
  const texts = [...names].map(([text, tree]) => ({ shown: `${where}name of ${masked(text)} in tree ${tree}`, text }));
  const { matches, gaps } = await run({ kind: "names", names: texts });
  return { matches: matches.map(toMatch), gaps };
}
