import { setImmediate } from "node:timers/promises";
import { CommitWalk, type RangeCommit } from "../git/commit-walk.ts";
import type { Lookup } from "../git/lookup.ts";
import { whyUnread } from "../git/malformed.ts";
import { COMMIT, type ObjectId, TREE } from "../git/object-id.ts";
import { commitBehind, peeled } from "../git/peel.ts";
import { type CommitName, type Gap, grouped } from "../model/index.ts";
import { addedBy, type Comparing, unitsOf } from "./changes.ts";
import type { ChangedText, ChangeSet, Source, SourceEvent } from "./unit.ts";

/** A range of commits: what the tips lead to and `hidden` does not. */
export interface Range {
  readonly name: string;
  readonly lookup: Lookup;
  readonly shallow: readonly ObjectId[];
  readonly tips: readonly ObjectId[];
  readonly hidden: readonly ObjectId[];
  /** A commit that should lead to the tips; where it does not, that is said. */
  readonly base?: ObjectId | undefined;
  /** Says whether a path is looked at; everything is when left out. */
  readonly wanted?: ((path: string) => boolean) | undefined;
  readonly gaps: readonly Gap[];
  readonly notices: readonly string[];
}

/** A source of what commits add, and what each of them adds, parents first, as far as it has been named. */
export interface RangeSource extends Source {
  readonly sets: readonly ChangeSet[];
  /** Commits that the tips stand for. */
  readonly ends: readonly ObjectId[];
}

/** Everything that the commits of a range add: files, and the messages of commits and tags. */
export function rangeSource(range: Range): RangeSource {
  const sets: ChangeSet[] = [];
  const ends: ObjectId[] = [];
  return { name: range.name, sets, ends, units: (signal) => eventsOf(range, sets, ends, signal) };
}

async function* eventsOf(
  range: Range,
  sets: ChangeSet[],
  ends: ObjectId[],
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  const said: SourceEvent[] = [];
  const comparing: Comparing = {
    lookup: range.lookup,
    wanted: range.wanted,
    gap: (gap) => said.push({ type: "gap", gap }),
    skipped: (reason, count) => said.push({ type: "skipped", reason, count }),
  };
  for (const gap of range.gaps) comparing.gap(gap);
  sets.push(...range.tips.flatMap((id) => tipSets(comparing, id, ends)));
  const { commits, notices } = await walked(range, ends, comparing.gap, signal);
  for (const text of [...range.notices, ...notices]) yield { type: "notice", text };
  function* added(): Generator<ChangeSet> {
    yield* [...sets];
    for (const commit of commits) {
      const set = commitSet(comparing, commit);
      sets.push(set);
      yield set;
    }
  }
  for (const unit of unitsOf(added())) {
    await setImmediate();
    if (signal.aborted) return;
    yield unit;
    yield* said.splice(0);
  }
  for (const gap of range.lookup.gaps.all()) comparing.gap(gap);
  yield* said;
}

/** What a tip adds beside its commits: annotated tags on the way, or a file or a folder that a tag names. */
function tipSets(comparing: Comparing, tip: ObjectId, ends: ObjectId[]): ChangeSet[] {
  try {
    const { id, kind, tags } = peeled(comparing.lookup, tip);
    const texts = tags.map((tag) => message("tag", tag));
    if (kind === COMMIT) ends.push(id);
    else if (kind === TREE) return [{ texts, moved: [], gone: [] }, addedBy(comparing, id, [])];
    else texts.push({ path: `blob ${id}`, object: id, before: [] });
    return [{ texts, moved: [], gone: [] }];
  } catch (error) {
    comparing.gap({ what: tip, why: whyUnread(error) });
    return [];
  }
}

const message = (kind: "commit" | "tag", object: string): ChangedText => ({
  path: `${kind} ${object}`,
  object,
  before: kind,
});

interface Walked {
  readonly commits: readonly RangeCommit[];
  readonly notices: readonly string[];
}

/** Commits are walked in steps, between which the scan may be stopped, by its time limit, too. */
async function walked(
  { lookup, shallow, hidden, base }: Range,
  ends: readonly ObjectId[],
  gap: Comparing["gap"],
  signal: AbortSignal,
): Promise<Walked> {
  const walk = new CommitWalk({ lookup, shallow, unread: (id, why) => gap({ what: `commit ${id}`, why }) });
  const steps = walk.steps(
    ends,
    // What is missing hides nothing.
    hidden.flatMap((id) => commitBehind(lookup, id) ?? []),
  );
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    await setImmediate();
    if (signal.aborted) return { commits: [], notices: [] };
  }
  const commits = step.value;
  const cut = new Set(shallow);
  for (const { id } of commits) if (cut.has(id)) gap({ what: `what commit ${id} adds`, why: CUT });
  const count = `${grouped(commits.length)} ${commits.length === 1 ? "commit" : "commits"} in the range`;
  const parted = base !== undefined && commits.length > 0 && !walk.leadsTo(base);
  return {
    commits,
    notices: [
      commits.length === 0 ? "no commit is in the range: nothing to look at" : count,
      ...(parted ? [PARTED] : []),
    ],
  };
}

const CUT =
  "the shallow clone ends there, so all of its files were looked at: git fetch --unshallow brings what came before, git fetch --deepen=100 some of it";
const PARTED =
  "the base does not lead to the end of the range (a forced push, or branches that parted): looked at was what the end has and the base has not";

function commitSet(comparing: Comparing, commit: RangeCommit): ChangeSet {
  const { id, parents, time, tree, before } = commit;
  const set = tree ? addedBy(comparing, tree, before) : { texts: [], moved: [], gone: [] };
  const date = new Date(time * 1000);
  const name: CommitName = { id, ...(Number.isNaN(date.getTime()) ? {} : { date: date.toISOString() }) };
  return { commit: name, isMerge: parents.length > 1, ...set, texts: [message("commit", id), ...set.texts] };
}
