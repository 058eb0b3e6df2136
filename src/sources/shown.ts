import type { Provenance } from "../model/index.ts";

/** A place as one text: `outer.zip!inner.txt` for a file in an archive, as gitleaks writes it. */
export function shownAs(provenance: Provenance): string {
  return [provenance.path, ...(provenance.inner ?? [])].join("!");
}
