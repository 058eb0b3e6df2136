import { git } from "../sources/repository.ts";

/** What git says of one key, commit by commit. */
export interface SlowFacts {
  readonly introduced: readonly string[];
  readonly removed: readonly string[];
  /** How many merges dropped what one side had brought. */
  readonly dropped: number;
  readonly paths: Readonly<
    Record<string, { readonly introduced: readonly string[]; readonly removed: readonly string[] }>
  >;
  readonly names: readonly string[];
  readonly inHistoryOf: readonly string[];
  readonly head: readonly string[];
  readonly from: number | undefined;
}

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");

/** Lists every tree of every commit with git, and holds them against each other. */
export function slowProvenance(root: string, blobs: ReadonlyMap<string, readonly string[]>): Map<string, SlowFacts> {
  const commits = lines(git(root, "log", "--all", "--reflog", "--format=%H %ct %P")).map((line) => {
    const [id, time, ...parents] = line.trim().split(" ");
    return { id: id!, time: Number(time), parents };
  });
  const times = new Map(commits.map(({ id, time }) => [id, time]));
  const held = new Map<string, Map<string, string>>();
  const placesOf = (id: string): Map<string, string> => {
    const places = held.get(id) ?? new Map<string, string>();
    if (held.has(id)) return places;
    held.set(id, places);
    for (const entry of git(root, "ls-tree", "-r", "-z", id).split("\0")) {
      const [head, path] = entry.split("\t");
      for (const key of blobs.get(head!.split(" ")[2] ?? "") ?? []) places.set(`${key}\t${path}`, key);
    }
    return places;
  };
  const refs = lines(git(root, "for-each-ref", "--format=%(refname)")).filter((name) => name !== "refs/stash");
  const names = [...refs, "HEAD"];
  const answer = new Map<string, SlowFacts>();
  for (const key of new Set([...blobs.values()].flat())) {
    const paths = new Set(
      [...commits].flatMap(({ id }) =>
        [...placesOf(id)].filter(([, of]) => of === key).map(([at]) => at.split("\t")[1]!),
      ),
    );
    const hasKey = (id: string): boolean => [...placesOf(id).values()].includes(key);
    const events = (has: (id: string) => boolean) => ({
      introduced: commits
        .filter(({ id, parents }) => has(id) && !parents.some(has))
        .map(({ id }) => id)
        .sort(),
      removed: commits
        .filter(({ id, parents }) => !has(id) && parents.length > 0 && parents.every(has))
        .map(({ id }) => id)
        .sort(),
    });
    const all = events(hasKey);
    const byPath = Object.fromEntries(
      [...paths].sort().map((path) => [path, events((id) => placesOf(id).has(`${key}\t${path}`))]),
    );
    // What the sides of a merge have at different paths, none of them loses at a path that all had.
    const atPaths = new Set(Object.values(byPath).flatMap(({ removed }) => removed));
    const ofKey = { ...all, removed: all.removed.filter((id) => atPaths.has(id)) };
    // A merge drops what one side has and the other never had.
    const hadIt = (id: string): boolean => lines(git(root, "rev-list", id)).some(hasKey);
    const dropped = commits.filter(({ id, parents }) => {
      const without = parents.filter((parent) => !hasKey(parent));
      return !hasKey(id) && 0 < without.length && without.length < parents.length && !without.some(hadIt);
    });
    ofKey.removed.push(...dropped.map(({ id }) => id));
    const isIn = (name: string) => lines(git(root, "rev-list", `${name}^{commit}`)).some(hasKey);
    answer.set(key, {
      ...ofKey,
      dropped: dropped.length,
      paths: byPath,
      names: names.filter((name) => hasKey(git(root, "rev-parse", `${name}^{commit}`).trim())).sort(),
      inHistoryOf: names.filter(isIn).sort(),
      head: [...placesOf(git(root, "rev-parse", "HEAD").trim())]
        .filter(([, of]) => of === key)
        .map(([at]) => at.split("\t")[1]!)
        .sort(),
      from: ofKey.introduced.length === 0 ? undefined : Math.min(...ofKey.introduced.map((id) => times.get(id)!)),
    });
  }
  return answer;
}
