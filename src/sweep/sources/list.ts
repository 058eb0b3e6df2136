import { readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { type Gap, ScanError } from "../../model/index.ts";
import type { Listing, Target } from "../target.ts";
import { addressTarget, isAddress } from "./address.ts";
import { folderListing, isFolder } from "./folders.ts";

const LARGEST = 64 << 20;

/** Reads a list: a path or an address a line, `#` for remarks. Paths are relative to the list. */
export function fileListing(file: string): Listing {
  const targets: Target[] = [];
  const gaps: Gap[] = [];
  for (const [at, line] of textOf(file).split(/\r?\n/).entries()) {
    const entry = line.replace(/(?:^|\s)#.*$/, "").trim();
    if (entry === "") continue;
    const found = listed(entry, dirname(resolve(file)));
    targets.push(...found.targets);
    gaps.push(...found.gaps.map(({ what, why }) => ({ what: what || `line ${at + 1} of ${file}`, why })));
  }
  return { targets: shortened(targets), gaps };
}

/** Whole paths are long names, and all alike in front: what all of them have there is left out. */
function shortened(targets: readonly Target[]): Target[] {
  const folders = targets.flatMap(({ repository: { name } }) => (isAbsolute(name) ? [dirname(name)] : []));
  const common = folders.reduce((a, b) => {
    let folder = a;
    while (folder !== dirname(folder) && b !== folder && !b.startsWith(folder + sep)) folder = dirname(folder);
    return folder;
  }, folders[0] ?? "");
  return targets.map((target) => {
    const { repository } = target;
    if (!isAbsolute(repository.name)) return target;
    const name = relative(common, repository.name).split(sep).join("/");
    return { ...target, repository: { ...repository, name } };
  });
}

/** A gap without a name is of the line itself: what stands there is not repeated, since a login may. */
function listed(entry: string, folder: string): Listing {
  if (isAddress(entry)) {
    const target = addressTarget(entry);
    return "fault" in target
      ? { targets: [], gaps: [{ what: "", why: target.fault }] }
      : { targets: [target], gaps: [] };
  }
  const path = resolve(folder, entry);
  if (!isFolder(path)) return { targets: [], gaps: [{ what: "", why: "there is no such folder" }] };
  const { targets: found, gaps } = folderListing(path);
  const targets = found.map((target) => namedAfter(entry, target, path));
  return targets.length > 0 ? { targets, gaps } : { targets, gaps: [...gaps, { what: path, why: NONE }] };
}

/** A list is what tells its folders apart: `acme/shop/repo` and `acme/web/repo`. */
function namedAfter(entry: string, target: Target, path: string): Target {
  const { repository } = target;
  const folder = entry.replace(/[\\/]+$/, "");
  const name = repository.id === path ? folder : `${folder}/${repository.name}`;
  return { ...target, repository: { ...repository, name } };
}

const NONE = "no git repository is in it";

function textOf(file: string): string {
  try {
    if (statSync(file).size > LARGEST) throw new ScanError("list-failed", `${file} is too long for a list`);
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw error instanceof ScanError ? error : new ScanError("list-failed", `cannot read the list ${file}: ${code}`);
  }
}
