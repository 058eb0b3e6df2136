import { statSync } from "node:fs";
import { resolve } from "node:path";
import { compare, type Gap, ScanError } from "../../model/index.ts";
import type { Listing, Target } from "../target.ts";
import { addressTarget, isAddress } from "./address.ts";
import { folderListing, isFolder } from "./folders.ts";
import type { Asking } from "./hosted.ts";
import { fileListing } from "./list.ts";

/** Lists what sources name, each repository once, in the order of their ids. */
export async function listingOf(sources: readonly string[], asking: Asking): Promise<Listing> {
  const targets = new Map<string, Target>();
  const gaps: Gap[] = [];
  for (const source of sources) {
    const listing = await listed(source, asking);
    for (const target of listing.targets)
      if (!targets.has(target.repository.id)) targets.set(target.repository.id, target);
    gaps.push(...listing.gaps);
    if (listing.targets.length === 0 && listing.gaps.length === 0)
      gaps.push({ what: source, why: "there is no repository in it" });
  }
  return { targets: [...targets.values()].sort((a, b) => compare(a.repository.id, b.repository.id)), gaps };
}

/** Sources as they were given in a folder, for whoever is in another. */
export const sourcesFrom = (folder: string, sources: readonly string[]): readonly string[] =>
  sources.map((source) => {
    if (HOSTED.test(source) || isAddress(source)) return source;
    return source.startsWith("@") ? `@${resolve(folder, source.slice(1))}` : resolve(folder, source);
  });

const HOSTED = /^(?:github|gitlab|gitea|bitbucket):/;

async function listed(source: string, asking: Asking): Promise<Listing> {
  if (HOSTED.test(source)) return (await import("./hosted.ts")).hostedListing(source, asking);
  if (source.startsWith("@")) return fileListing(source.slice(1));
  if (isAddress(source)) {
    const target = addressTarget(source);
    if ("fault" in target) throw new ScanError("list-failed", `one of the addresses cannot be used: ${target.fault}`);
    return { targets: [target], gaps: [] };
  }
  if (isFolder(source)) return folderListing(source);
  if (statSync(source, { throwIfNoEntry: false })?.isFile()) return fileListing(source);
  throw new ScanError(
    "path-missing",
    `${source} is no folder, no list and no address; see leakreach sweep --help for what may be swept`,
  );
}
