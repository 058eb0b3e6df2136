import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { crc32 } from "node:zlib";
import { lfsFolder, lfsPath } from "../git/lfs.ts";
import { ID_SIZE } from "../git/object-id.ts";
import { finder, type Objects } from "../git/objects.ts";
import type { Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { listNewObjects } from "../history/new-objects.ts";
import { readState, type ScanState, statePieces, type UnreadVersion } from "../history/state.ts";
import { submodulePaths } from "../history/submodules.ts";
import { type Gap, type Report, ScanError } from "../model/index.ts";
import type { ScanOptions } from "../scan/options.ts";
import { byLevel, joined } from "./known.ts";
import { LookedThrough } from "./looked-through.ts";

/** A scan of what no earlier run has looked through. */
export interface Incremental {
  readonly objects: Objects;
  /** Whether that is all there is: nothing was looked through before. */
  readonly isAll: boolean;
  /** Paths of HEAD's submodules, and names of earlier ones that git keeps. */
  readonly submodules: readonly string[];
  /** What the scan is told because of the state. */
  readonly options: Pick<ScanOptions, "finished" | "earlier" | "baseline" | "notices" | "unfetched">;
  /** What earlier runs could not read, and this one does not try. */
  readonly gaps: readonly Gap[];
  /** The state as it is after a scan that came to its end. */
  readonly after: (report: Report) => Iterable<Uint8Array>;
}

const NONE = new Uint8Array(0);

/** Refs whose ids are kept, so that the repository is known again. */
const MOST_TIPS = 256;

/** What decides what is looked at again. */
export interface Looking {
  /** Hash of what decides which findings there are. */
  readonly rules: string;
  /** Every run finds all that stands there, and not only what is new. */
  readonly findAgain: boolean;
  /** Bytes that each thread has: another finds room for other objects. */
  readonly memory: number;
}

/** Opens the state that a request names, and lists what it does not know. */
export function incremental(
  path: string,
  repository: Repository,
  { refs }: Pick<Refs, "refs">,
  { baseline, notices, deadline, scanner }: Pick<ScanOptions, "baseline" | "notices" | "deadline" | "scanner">,
  { rules, findAgain, memory }: Looking,
): Incremental {
  const before = readState(path);
  const isSameRules = before?.rules === rules;
  const limits = createHash("sha256")
    .update(JSON.stringify([scanner.limits, deadline, memory]))
    .digest("hex");
  const state = before && isSameRules ? retrying(before, limits, repository) : emptyState(repository, rules);
  const isAll = state.packs.length + state.ids.length === 0;
  const { findings } = state;
  // Of millions of objects ids take as much as all else that is known of these: while they are looked through, they stay in the file.
  const knownIds = state.ids.length === 0 ? () => NONE : readAgain(path, state.ids);
  const { objects, knownPacks, unread } = listNewObjects(repository, state);
  if (before && !isSame(before, repository, objects, knownPacks))
    throw new ScanError(
      "state-invalid",
      `the state ${path} is of another repository (${before.repository}), or history was rewritten: give each its own, or remove the file`,
    );
  const submodules = submodulePaths(repository, objects, { refs }) ?? state.submodules;
  const marks = new LookedThrough(objects, ID_SIZE[repository.hash], unread, findAgain);
  const known = before?.findings.map(({ fingerprint }) => fingerprint) ?? [];
  const changed = `rules, settings or leakreach itself changed since ${path} was written: everything is looked through again`;
  return {
    objects,
    isAll,
    submodules,
    gaps: unread.flatMap(({ gaps }) => gaps),
    options: {
      unfetched: unread.filter(({ oid }) => oid !== undefined).length,
      finished: marks.finished,
      ...(!findAgain && {
        earlier: byLevel(before?.findings ?? []),
        baseline: { file: path, fingerprints: new Set([...known, ...(baseline?.fingerprints ?? [])]) },
      }),
      notices: [...(before && !isSameRules ? [changed] : []), ...notices],
    },
    after: (report) => {
      marks.reported(report);
      const ids = marks.ids(knownIds());
      const looked = marks.packs(ids);
      return statePieces({
        repository: repository.commonDir,
        hash: repository.hash,
        rules,
        tips: refs.flatMap(({ id }) => id ?? []).slice(0, MOST_TIPS),
        packs: [...knownPacks, ...looked.packs].sort(),
        unread: looked.unread.map((one) => asReported(one, report)),
        limits,
        findings: findAgain ? [] : joined(findings, report),
        submodules,
        ids,
      });
    },
  };
}

/** Gives the ids of a state once more, from its file. */
function readAgain(path: string, ids: Uint8Array): () => Uint8Array {
  const sum = crc32(ids);
  return () => {
    const { ids: again } = readState(path) ?? { ids: NONE };
    if (crc32(again) === sum) return again;
    throw new ScanError("state-invalid", `the state ${path} was changed while it was used: run this again`);
  };
}

/** Gaps as a report told them: by then it was known where the version stands. */
function asReported(unread: UnreadVersion, report: Report): UnreadVersion {
  const told = new Map(report.gaps.map(({ what, why }) => [what, why]));
  return { ...unread, gaps: unread.gaps.map(({ what, why }) => ({ what, why: told.get(what) ?? why })) };
}

const emptyState = ({ commonDir, hash }: Repository, rules: string): ScanState => ({
  repository: commonDir,
  hash,
  rules,
  tips: [],
  packs: [],
  unread: [],
  limits: "",
  findings: [],
  submodules: [],
  ids: NONE,
});

/** A state as if the packs were not known that hold what may be readable now: other limits, contents of Git LFS that were fetched. */
function retrying(state: ScanState, limits: string, repository: Repository): ScanState {
  const folder = lfsFolder(repository);
  const again = state.unread.filter(
    ({ oid }) => state.limits !== limits || (oid !== undefined && existsSync(lfsPath(folder, oid))),
  );
  const packs = new Set(again.flatMap((one) => one.packs));
  return { ...state, packs: state.packs.filter((pack) => !packs.has(pack)) };
}

/** Clones share packs or the commits that refs named; a state without any fits every repository. */
function isSame(state: ScanState, { hash }: Repository, objects: Objects, knownPacks: readonly string[]): boolean {
  if (state.hash !== hash) return false;
  if (state.tips.length === 0 || knownPacks.length > 0) return true;
  const find = finder({ ...objects, packs: objects.packs.map(unmarked), loose: objects.loose.map(unmarked) });
  return state.tips.some((id) => find(id) !== undefined);
}

const unmarked = <T extends { readonly repeated: Uint8Array }>(one: T): T => ({
  ...one,
  repeated: new Uint8Array(one.repeated.length),
});
