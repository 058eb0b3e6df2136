import type { ObjectContent } from "../git/loose.ts";
import { COMMIT, type ObjectId } from "../git/object-id.ts";
import { isOfCommits, type Selection } from "../history/selection.ts";
import { peel } from "../history/tips.ts";
import type { WhereFrom } from "../history/where.ts";
import type { Match } from "../model/index.ts";

type Place = Extract<Match["provenance"], { kind: "history" }>;

/**
 * Says whether a place is selected. A file's version is if a selected commit brought the secret; a commit's message if the commit is,
 * that of a tag if what it is a tag of is. What stands at no path is in no path that was asked for.
 */
export function selecting(
  selection: Selection,
  selected: (commit: ObjectId) => boolean,
  read: (id: ObjectId) => ObjectContent | undefined,
): (place: Place, from: WhereFrom | undefined) => boolean {
  const isAny = !isOfCommits(selection);
  const isSelected = (place: Place, from: WhereFrom | undefined): boolean => {
    if (isAny) return true;
    if (place.stored === "blob") return from?.selected ?? false;
    const commit = commitOf(place.object as ObjectId, read);
    return commit !== undefined && selected(commit);
  };
  return (place, from) => isSelected(place, from) && (selection.path === undefined || place.commit !== undefined);
}

function commitOf(id: ObjectId, read: (id: ObjectId) => ObjectContent | undefined): ObjectId | undefined {
  const found = peel(id, id.length === 40 ? "sha1" : "sha256", () => false, read);
  return found?.kind === COMMIT ? found.id : undefined;
}
