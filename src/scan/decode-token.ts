import { detect } from "../detect/detector.ts";
import { type Judged, judge } from "../detect/judge.ts";
import { type BlobId, type Finding, type Match, Secret } from "../model/index.ts";
import { findingsOf } from "./judgement.ts";
import type { ScanOptions } from "./options.ts";
import { openScanner } from "./scanner.ts";

/** Explains one text as one token: the rule that reads most of it; without one, an opaque token of which nothing is known. */
export async function decodeToken(text: string, options: ScanOptions): Promise<Finding> {
  const scanner = await openScanner(options.scanner);
  const { block } = scanner.plan.kernel;
  const hits: Judged[] = [];
  // Some rules need the word that usually stands before their value.
  for (const before of ["", "token = ", "Authorization: Bearer "]) {
    const length = block.bytes.write(before + text, "utf8");
    hits.push(...judge(detect(scanner.plan, length, "stdin").hits, scanner.samples).kept);
    if (hits.length) break;
  }
  const best = hits.sort((a, b) => b.end - b.start - (a.end - a.start))[0];
  const [finding] = await findingsOf([toMatch(text, best)], options);
  if (!finding) throw new Error("one match gave no finding");
  return finding;
}

function toMatch(text: string, hit: Judged | undefined): Match {
  return {
    rule: hit?.matcher.id ?? ("generic-secret" as Match["rule"]),
    secret: new Secret(hit ? Buffer.from(hit.secret, "latin1").toString("utf8") : text),
    provenance: { kind: "stdin", path: "stdin" },
    blob: "stdin" as BlobId,
    span: { start: 0, end: text.length },
    region: { line: 1, column: 1, endLine: 1, endColumn: 1 },
    checksum: hit?.checksum ?? "none",
    encodings: hit?.encodings ?? [],
    parts: hit?.parts ?? {},
    ...(hit?.demoted ? { demoted: hit.demoted } : {}),
  };
}
