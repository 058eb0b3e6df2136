import { finder, listObjects } from "../git/objects.ts";
import { readRefs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { submoduleRepository, workTree } from "../git/submodule.ts";
import { earlierSubmodules, submodulesOf } from "../history/submodules.ts";
import type { Gap } from "../model/index.ts";
import { gapsOf, type Part } from "./places.ts";

/** The submodules of a repository that are here, those in them included, and what of them is not. */
export interface FoundSubmodules {
  readonly parts: readonly Part[];
  readonly gaps: readonly Gap[];
}

/** Submodules in submodules are followed so deep, and so many are looked through. */
const DEEPEST = 10;
const MOST = 1000;

const ELSEWHERE = "the commit that HEAD has of it is not here: git submodule update brings it";
const TOO_MANY = "submodules are nested too deep, or there are too many: leakreach history looks through it on its own";

/** Opens all submodules that HEAD has, those that git keeps of earlier commits, and theirs. */
export function openSubmodules(top: Part): FoundSubmodules {
  const parts: Part[] = [];
  const gaps: Gap[] = [];
  const seen = new Set([top.repository.gitDir]);
  const open = [{ part: top, root: workTree(top.repository), depth: 0 }];
  for (const { part: outer, root, depth } of open) {
    const ofHead = submodulesOf(outer.repository, outer.objects, outer.refs) ?? [];
    for (const submodule of [...ofHead, ...earlierSubmodules(outer.repository, ofHead)]) {
      const path = outer.submodule === undefined ? submodule.path : `${outer.submodule}/${submodule.path}`;
      const gap = (why: string) => gaps.push({ what: `submodule ${path}`, why });
      const found = submoduleRepository(outer.repository, root, submodule);
      if (typeof found === "string") gap(found);
      else if (seen.has(found.repository.gitDir)) continue;
      else if (parts.length === MOST || depth === DEEPEST) gap(TOO_MANY);
      else {
        seen.add(found.repository.gitDir);
        const part = partAt(found.repository, path);
        parts.push(part);
        if (submodule.commit && !finder(part.objects)(submodule.commit)) gap(ELSEWHERE);
        gaps.push(...gapsOf(part).map(({ what, why }) => ({ what: `${path}: ${what}`, why })));
        open.push({ part, root: found.root, depth: depth + 1 });
      }
    }
  }
  return { parts, gaps };
}

function partAt(repository: Repository, submodule: string): Part {
  return { repository, objects: listObjects(repository), refs: readRefs(repository), submodule };
}
