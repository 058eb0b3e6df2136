import { checkLfs, type LfsPointer, lfsPath, readPointer } from "../git/lfs.ts";
import { Lookup, type Stored } from "../git/lookup.ts";
import { Malformed, whyUnread } from "../git/malformed.ts";
import { BLOB, type ObjectId } from "../git/object-id.ts";
import { isAbsent } from "../git/regular-file.ts";
import type { BlobId, CommitName, Provenance } from "../model/index.ts";
import type { Target, Visit } from "../sources/blocks.ts";
import { Overdue } from "../sources/failure.ts";
import type { InTime } from "../sources/in-time.ts";
import { openStored } from "../sources/open.ts";
import { openContent } from "../sources/open-content.ts";
import type { ChangedText, ChangeSet, FileVersion } from "../sources/unit.ts";
import type { RawMatch, UnitResult } from "./raw.ts";
import { targetOf, type UnitScanner } from "./scan-unit.ts";
import { UnitTally } from "./unit-tally.ts";

/** Texts whose secrets are remembered: the version before is mostly one that was looked at a moment ago. */
const REMEMBERED = 4096;

const NOTHING: ReadonlySet<string> = new Set();

/** Where a repository's objects are, and its contents in Git LFS. */
export interface StoredFiles extends Stored {
  readonly lfs: string;
}

/** Texts of a repository, looked at one at a time. */
export class Versions {
  readonly #scanner: UnitScanner;
  readonly #lookup: Lookup;
  readonly #lfs: string;
  readonly #inTime: InTime;
  readonly #keys = new Map<string, ReadonlySet<string>>();

  constructor(scanner: UnitScanner, stored: StoredFiles, inTime: InTime) {
    this.#scanner = scanner;
    this.#lookup = new Lookup(stored);
    this.#lfs = stored.lfs;
    this.#inTime = inTime;
  }

  /** Everything that is found in a text; all but the matches is added to `result`. Waits only for archives. */
  look(text: ChangedText, commit: CommitName | undefined, result: UnitTally): RawMatch[] | Promise<RawMatch[]> {
    const { path, object, before } = text;
    const bytes = this.#read(text, result);
    if (!bytes) return [];
    const own = new UnitTally();
    if (!commit) own.files++;
    const matches: RawMatch[] = [];
    const take = (part: UnitResult) => {
      result.merge({ ...part, matches: [], ...(commit && { unused: [] }) });
      matches.push(...part.matches);
    };
    const ended = () => {
      take(own.take());
      this.#remember(text, matches);
      return matches;
    };
    const provenance: Provenance =
      commit || isMessage(before)
        ? { kind: "history", path, object, stored: isMessage(before) ? before : "blob", ...origin(commit) }
        : { kind: "file", path };
    const target = targetOf(this.#scanner, own, { at: () => {}, part: take, deadline: null });
    const content = { bytes, blob: object as BlobId, provenance };
    const pointer = isMessage(before) ? undefined : readPointer(bytes);
    const opened = openContent(content, target, this.#scanner.limits, this.#inTime);
    const pending = pointer ? this.#followed(pointer, text, provenance, target, result) : opened;
    return pending ? pending.then(ended) : ended();
  }

  /** Looks at what a pointer of Git LFS stands for, too; that it is not here is counted. */
  async #followed(
    pointer: LfsPointer,
    { path, object }: FileVersion,
    provenance: Provenance,
    target: Target,
    result: UnitTally,
  ): Promise<void> {
    const file = lfsPath(this.#lfs, pointer.oid);
    const place: Provenance = provenance.kind === "history" ? { ...provenance, opened: true } : provenance;
    const visit: Visit = (item) => this.#inTime(() => target.visit(item));
    try {
      checkLfs(file, pointer);
      await openStored(file, place, { ...target, visit }, this.#scanner.limits);
    } catch (error) {
      if (error instanceof Overdue) result.gaps.push({ what: path, why: error.message });
      else if (isAbsent(error)) result.unfetched.push({ id: object, oid: pointer.oid });
      else result.gaps.push({ what: path, why: whyUnread(error) });
    }
  }

  /** Adds those matches of a text that are new in it. */
  async addNew(found: readonly RawMatch[], text: ChangedText, set: ChangeSet, result: UnitTally): Promise<void> {
    const old = found.length === 0 || isMessage(text.before) ? NOTHING : await this.#old(found, text, set.gone);
    for (const match of found) {
      if (!old.has(keyOf(match))) result.matches.push(match);
      else if (this.#scanner.explain) result.traces.push(notNew(match));
    }
  }

  /** The secrets of a version. One that cannot be read has none: what is made from it is then all new. */
  async keys({ path, object }: FileVersion): Promise<ReadonlySet<string>> {
    const known = this.#keys.get(`${object} ${path}`);
    if (known) return known;
    const matches = await this.look({ path, object, before: [] }, undefined, new UnitTally());
    return this.#remember({ path, object }, matches);
  }

  /** What stood in the versions that a text was made from, or at paths that are no more, as far as it matters. */
  async #old(
    found: readonly RawMatch[],
    { path, before }: ChangedText,
    gone: readonly FileVersion[],
  ): Promise<Set<string>> {
    const old = new Set<string>();
    const own = isMessage(before) ? [] : before.map((object) => ({ path, object }));
    for (const version of [...own, ...gone]) {
      if (found.every((match) => old.has(keyOf(match)))) break;
      for (const key of await this.keys(version)) old.add(key);
    }
    return old;
  }

  #read({ path, object, before }: ChangedText, result: UnitTally): Buffer | undefined {
    try {
      const { kind, content } = this.#lookup.read(object as ObjectId);
      if (!isMessage(before) && kind !== BLOB) throw new Malformed("it stands where a file should be, and is none");
      return content;
    } catch (error) {
      result.gaps.push({ what: path.endsWith(object) ? path : `${path} (${object})`, why: whyUnread(error) });
      return undefined;
    }
  }

  #remember({ path, object }: FileVersion, matches: readonly RawMatch[]): ReadonlySet<string> {
    const keys = matches.length === 0 ? NOTHING : new Set(matches.map(keyOf));
    const [oldest] = this.#keys.size >= REMEMBERED ? this.#keys.keys() : [];
    if (oldest !== undefined) this.#keys.delete(oldest);
    this.#keys.set(`${object} ${path}`, keys);
    return keys;
  }
}

/** The message of a commit or tag is a text of its own. */
const isMessage = (before: ChangedText["before"]): before is "commit" | "tag" => typeof before === "string";

const origin = (commit: CommitName | undefined) =>
  commit ? { commit: commit.id, ...(commit.date && { date: commit.date }) } : {};

/** What makes two matches the same secret, under whatever rule. A sample that became a real secret is new. */
export const keyOf = ({ secret, demoted }: Pick<RawMatch, "secret" | "demoted">): string =>
  `${demoted === undefined ? "" : "none "}${secret}`;

const notNew = ({ provenance, region, rule }: RawMatch) => ({
  path: provenance.path,
  line: region.line,
  rule,
  verdict: "dropped: it is not new there",
});
