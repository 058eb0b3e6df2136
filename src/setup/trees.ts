import { relative } from "node:path";
import { type GitleaksIgnore, loadGitleaksIgnore } from "../config/gitleaks-ignore.ts";
import { loadSettings, type Settings } from "../config/settings.ts";
import { posix } from "../sources/files.ts";

/** Settings of what is scanned, what may be ignored in it, and what is to be said of the settings. */
export interface TreeSettings {
  readonly settings: Settings;
  readonly ignore: GitleaksIgnore | undefined;
  readonly notices: readonly string[];
}

/** Keys that say something of places; every other one is about the whole scan. */
const OF_PLACES = new Set(["version", "paths", "allow", "gaps"]);

/**
 * Adds what each of several trees says of its own places (paths, allow, gaps, .gitleaksignore) to the settings of the
 * folder around them. What a tree says of a whole scan (rules, policy, report) cannot hold for the others, and is named.
 */
export async function withTrees(root: string, trees: readonly string[], common: TreeSettings): Promise<TreeSettings> {
  let all = common;
  for (const tree of trees.filter((each) => each !== root)) {
    const prefix = `${posix(relative(root, tree))}/`;
    const [settings, ignore] = [await loadSettings(tree, undefined), await loadGitleaksIgnore(tree)];
    all = joined(all, prefix, settings, ignore);
  }
  return all;
}

function joined(all: TreeSettings, prefix: string, own: Settings, ignore: GitleaksIgnore | undefined): TreeSettings {
  const inside = (path: string): string | undefined =>
    path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
  const within = (path: string, test: (inner: string) => boolean): boolean => {
    const inner = inside(path);
    return inner !== undefined && test(inner);
  };
  const unused = own.keys.filter((key) => !OF_PLACES.has(key));
  return {
    settings: {
      ...all.settings,
      wanted: (path) => all.settings.wanted(path) && (inside(path) === undefined || own.wanted(inside(path)!)),
      holds: (folder) => all.settings.holds(folder) && (inside(folder) === undefined || own.holds(inside(folder)!)),
      allow: [
        ...all.settings.allow,
        ...own.allow.map((entry) => ({
          ...entry,
          where: prefix + entry.where,
          allows: (place: Parameters<typeof entry.allows>[0]) =>
            within(place.path, (path) => entry.allows({ ...place, path })),
        })),
      ],
      gaps: [
        ...all.settings.gaps,
        ...own.gaps.map((entry) => ({
          ...entry,
          where: prefix + entry.where,
          accepts: (what: string) => within(what, entry.accepts),
        })),
      ],
    },
    ignore: ignore
      ? {
          places: [
            ...(all.ignore?.places ?? []),
            ...ignore.places.map((place) => ({ ...place, path: prefix + place.path })),
          ],
          commits: (all.ignore?.commits ?? 0) + ignore.commits,
          malformed: [...(all.ignore?.malformed ?? []), ...ignore.malformed],
          name: ignore.name,
          ignores: ignore.ignores,
        }
      : all.ignore,
    notices: unused.length
      ? [
          ...all.notices,
          `not used: ${unused.join(", ")} in the settings of ${prefix}, since several trees are scanned together; scan it on its own, or give --config`,
        ]
      : all.notices,
  };
}
