import { Lookup } from "../git/lookup.ts";
import { Malformed } from "../git/malformed.ts";
import type { ObjectId } from "../git/object-id.ts";
import { fileAt } from "../git/path-lookup.ts";
import type { Repository } from "../git/repository.ts";
import type { Match, Region } from "../model/index.ts";
import type { CommitId } from "./event.ts";

/** A place in a file as a reader has it before them; without a region where only the file is known. */
export interface Shown {
  readonly path: string;
  readonly region?: Region;
}

/** Says where a match stands at the end of what was looked at; nothing if it stands there no more. */
export type AtEnd = (match: Match) => Shown | undefined;

const LARGEST = 16 << 20;

/** Lines of a commit in the middle are not those of the last one: a secret is looked for again in the file as it ended. */
export function atEndOf(repository: Repository, end: CommitId | undefined): AtEnd {
  const lookup = new Lookup(repository);
  return (match) => {
    const { provenance, region } = match;
    if (provenance.kind === "file")
      return provenance.inner?.length ? { path: provenance.path } : { path: provenance.path, region };
    if (provenance.kind !== "history" || provenance.stored !== "blob" || end === undefined) return undefined;
    const { path, inner = [], object } = provenance;
    const file = versionAt(lookup, end, path);
    if (file?.id === object) return inner.length > 0 ? { path } : { path, region };
    const at = file === undefined ? -1 : file.text.indexOf(match.secret.reveal());
    return at < 0 ? undefined : { path, region: regionAt(file!.text, at, match.secret.length) };
  };
}

function versionAt(
  lookup: Lookup,
  end: CommitId,
  path: string,
): { readonly id: string; readonly text: string } | undefined {
  try {
    const id = fileAt(lookup, end as string as ObjectId, Buffer.from(path));
    return id && { id, text: Buffer.from(lookup.read(id, LARGEST).content).toString("utf8") };
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function regionAt(text: string, start: number, length: number): Region {
  const place = (at: number): [line: number, column: number] => {
    const lines = text.slice(0, at).split(/\r\n|\r|\n/);
    return [lines.length, lines.at(-1)!.length + 1];
  };
  const [[line, column], [endLine, endColumn]] = [place(start), place(start + length)];
  return { line, column, endLine, endColumn };
}
