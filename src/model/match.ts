import type { HistoryFacts } from "./history.ts";
import type { LogPlace } from "./log.ts";
import type { RuleId } from "./rule.ts";
import { type Secret, TELLING } from "./secret.ts";

/** Byte offsets into a chunk or blob; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Lines and columns count from 1; columns are UTF-16 units; `endColumn` is exclusive (SARIF 2.1.0, 3.30). */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where the bytes came from. The compiler lists every place a new kind must be handled. */
export type Provenance =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly inner?: readonly string[];
      /** The file stands in a git work tree, and git does not track it. */
      readonly untracked?: true;
    }
  | { readonly kind: "stdin"; readonly path: string; readonly inner?: readonly string[] }
  | { readonly kind: "log"; readonly path: string; readonly inner?: readonly string[]; readonly log: LogPlace }
  | {
      readonly kind: "history";
      /** The path in the commit that introduced it; the object's name where no path is known. */
      readonly path: string;
      readonly inner?: readonly string[];
      /** The submodule that it stands in: its path, with which `path` begins. */
      readonly submodule?: string;
      /** Id of the object it stands in. */
      readonly object: string;
      /** What that object is: a file's version, or a commit or tag with its message. */
      readonly stored: "blob" | "commit" | "tag";
      /** The version was opened as a file is: places count in what is in it, an archive or UTF-16, or what it stands for. */
      readonly opened?: true;
      readonly commit?: string;
      /** When that commit was made, ISO 8601; of a range. */
      readonly date?: string;
      /** Of a range: whether it still stands at this path where the range ends, or was changed there, or the file is gone. */
      readonly atEnd?: "stands" | "changed" | "gone";
      /** Whether HEAD has the secret at this path; missing where that is not known. */
      readonly atHead?: boolean;
    };

/** A stable name for the content that was scanned: its path (and the path inside an archive). */
export type BlobId = string & { readonly __brand: "BlobId" };

/** What an offline checksum said about a token. `hint` is a mismatch that proves nothing (tokens of unproven algorithms). */
export type Checksum = "good" | "bad" | "none";

/** A comment in the scanned text that allows a match, and whose convention it is. */
export interface InlineAllow {
  readonly by: "leakreach" | "gitleaks" | "betterleaks" | "trufflehog" | "kingfisher" | "detect-secrets";
  readonly reason?: string;
}

/** A secret found in one place. */
export interface Match {
  readonly rule: RuleId;
  readonly secret: Secret;
  readonly provenance: Provenance;
  readonly blob: BlobId;
  readonly span: Span;
  readonly region: Region;
  /** `primaryLocationLineHash` as the CodeQL action computes it, of the line the match starts in. */
  readonly lineHash?: string;
  readonly checksum: Checksum;
  /** Says why the match is no secret (documented sample, placeholder); its level is then `none`. */
  readonly demoted?: string;
  /** The identifier the secret is assigned to, as written: `JWT_SECRET`, `db.password`. */
  readonly assignedTo?: string;
  /** Encodings the secret was wrapped in, outermost first: `["base64", "base64"]`. */
  readonly encodings: readonly string[];
  /** Other named groups of the rule's pattern, such as `host`, `user`, `id`. Shown in reports, so never secret. */
  readonly parts: Readonly<Record<string, string>>;
  /** What its rule wants beside it stands there. */
  readonly whole?: boolean;
  readonly allow?: InlineAllow;
  /** Of history: the same for all places of a secret. */
  readonly history?: HistoryFacts;
  /** Secrets of other matches that stand in the names of its place. */
  readonly named?: readonly Secret[];
  /** Of history, until its path is known: it stands only if the path is one of source code, or only if it is not. */
  readonly only?: "code" | "text";
}

/** A name of the place of a match without the secrets that a file may be called by, as that of a step in an archive of logs. */
export function toldName({ secret, named = [] }: Pick<Match, "secret" | "named">, name: string): string {
  const values = [secret, ...named].map((each) => each.reveal()).filter(({ length }) => length >= TELLING);
  // One may stand in another.
  return values.sort((a, b) => b.length - a.length).reduce((text, value) => text.replaceAll(value, "…"), name);
}

/** Something in the asked scope that could not be read: `what` names it, `why` says what happened and what to do. */
export interface Gap {
  readonly what: string;
  readonly why: string;
}
