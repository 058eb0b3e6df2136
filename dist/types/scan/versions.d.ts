import { type Stored } from "../git/lookup.ts";
import type { CommitName } from "../model/index.ts";
import type { InTime } from "../sources/in-time.ts";
import type { ChangedText, ChangeSet, FileVersion } from "../sources/unit.ts";
import type { RawMatch } from "./raw.ts";
import { type UnitScanner } from "./scan-unit.ts";
import { UnitTally } from "./unit-tally.ts";
/** Where a repository's objects are, and its contents in Git LFS. */
export interface StoredFiles extends Stored {
    readonly lfs: string;
}
/** Texts of a repository, looked at one at a time. */
export declare class Versions {
    #private;
    constructor(scanner: UnitScanner, stored: StoredFiles, inTime: InTime);
    /** Everything that is found in a text; all but the matches is added to `result`. Waits only for archives. */
    look(text: ChangedText, commit: CommitName | undefined, result: UnitTally): RawMatch[] | Promise<RawMatch[]>;
    /** Adds those matches of a text that are new in it. */
    addNew(found: readonly RawMatch[], text: ChangedText, set: ChangeSet, result: UnitTally): Promise<void>;
    /** The secrets of a version. One that cannot be read has none: what is made from it is then all new. */
    keys({ path, object }: FileVersion): Promise<ReadonlySet<string>>;
}
/** What makes two matches the same secret, under whatever rule. A sample that became a real secret is new. */
export declare const keyOf: ({ secret, demoted }: Pick<RawMatch, "secret" | "demoted">) => string;
