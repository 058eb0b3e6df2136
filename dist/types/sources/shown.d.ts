import type { Provenance } from "../model/index.ts";
/** A place as one text: `outer.zip!inner.txt` for a file in an archive, as gitleaks writes it. */
export declare function shownAs(provenance: Provenance): string;
