import type { Index } from "../git/index-file.ts";
import { indexTree } from "../git/index-tree.ts";
import type { Lookup } from "../git/lookup.ts";
import type { ObjectId } from "../git/object-id.ts";
import { type Gap, grouped } from "../model/index.ts";
import { addedBy, unitsOf } from "./changes.ts";
import type { Source, SourceEvent } from "./unit.ts";

/** What is staged: the index, and the trees of what it will be committed on (none before the first commit, two in a merge). */
export interface Staged {
  /** Missing where it cannot be read, which is a gap. */
  readonly index: Index | undefined;
  readonly lookup: Lookup;
  readonly heads: readonly ObjectId[];
  readonly wanted?: ((path: string) => boolean) | undefined;
  /** Everything in files that changed, not only what is new in them. */
  readonly wholeFiles: boolean;
  readonly gaps: readonly Gap[];
}

/** The files of the index that no head has as they are; their bytes are the index's own, never the work tree's. */
export function stagedSource(staged: Staged): Source {
  return { name: "the index", units: () => eventsOf(staged) };
}

async function* eventsOf({ index, lookup, heads, wanted, wholeFiles, gaps }: Staged): AsyncGenerator<SourceEvent> {
  const said: SourceEvent[] = gaps.map((gap) => ({ type: "gap", gap }));
  if (!index) {
    yield* said;
    return;
  }
  const { root, trees, unmerged } = indexTree(index, lookup.hash);
  const set = addedBy(
    {
      lookup,
      made: trees,
      wanted,
      gap: (gap) => said.push({ type: "gap", gap }),
      skipped: (reason, count) => said.push({ type: "skipped", reason, count }),
    },
    root,
    heads,
  );
  const texts = wholeFiles ? set.texts.map((text) => ({ ...text, before: [] })) : set.texts;
  yield* unitsOf([{ texts, moved: [], gone: wholeFiles ? [] : set.gone }]);
  if (texts.length === 0) yield { type: "notice", text: "nothing is staged that the last commit does not have" };
  if (unmerged.length > 0)
    yield {
      type: "notice",
      text: `${grouped(unmerged.length)} ${unmerged.length === 1 ? "file is" : "files are"} not merged yet, and not looked at: nothing of them can be committed`,
    };
  for (const gap of lookup.gaps.all()) said.push({ type: "gap", gap });
  yield* said;
}
