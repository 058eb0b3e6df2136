import { lstatSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { Malformed } from "./malformed.ts";
import { asObjectId, type HashKind } from "./object-id.ts";
import type { Ref } from "./ref.ts";
import { readSmall } from "./regular-file.ts";

/** Some pseudo-refs have a line for each of many branches. */
const LARGEST = 16 << 20;

/**
 * Reads a ref that has a file of its own; a pseudo-ref such as `FETCH_HEAD` has one id a line (gitglossary(7)).
 * Gives nothing if there is no such file.
 */
export function readLooseRef(folder: string, path: string, name: string, hash: HashKind): readonly Ref[] {
  const file = join(folder, path);
  const linked = linkTarget(file);
  if (linked) return [{ name, target: linked }];
  const text = readSmall(file, LARGEST)?.toString("utf8");
  if (text === undefined) return [];
  const target = /^ref:\s*(\S[^\n]*)/.exec(text)?.[1]?.trimEnd();
  if (target) return [{ name, target }];
  const ids = text.split("\n").flatMap((line) => asObjectId(/^\w*/.exec(line)![0], hash) ?? []);
  if (ids.length === 0 && !/^0+\s*$/.test(text) && !isEmptyPseudoRef(name, text))
    throw new Malformed("is no ref: what only it names was not reached");
  return ids.map((id) => ({ name, id }));
}

/** A fetch that got nothing leaves an empty `FETCH_HEAD`. */
const isEmptyPseudoRef = (name: string, text: string): boolean =>
  /(?:^|\/)FETCH_HEAD$/.test(name) && text.trim() === "";

/** Very old repositories have a link for a symbolic ref. */
function linkTarget(file: string): string | undefined {
  if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
  const target = readlinkSync(file);
  return target.startsWith("refs/") ? target : undefined;
}
