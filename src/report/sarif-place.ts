import type { Location, LogicalLocation, Region as SarifRegion } from "sarif";
import type { Match } from "../model/index.ts";
import { type Place, placeOf } from "./listing.ts";
import { cut, plain } from "./redact.ts";
import { MOST_MESSAGE, MOST_PART } from "./sarif-limits.ts";

/** The SARIF location of an exposure (3.28). The URI of what is inside an archive is the archive's. */
export function locationOf(match: Match): Location {
  const place = placeOf(match);
  const logical = [...(place.inner.length > 0 ? [innerLocation(place.inner)] : []), ...stepOf(match)];
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(place.path) }, region: regionOf(place) },
    ...(logical.length > 0 ? { logicalLocations: logical } : {}),
  };
}

/**
 * A relative URI reference of a path, percent-encoded (RFC 3986 4.2; SARIF 3.10.1). A colon is encoded, so no path looks
 * like a scheme; a backslash is a character of a name. An absolute path, of a file outside the root, gives a file URI.
 */
export function uriOf(path: string): string {
  const relative = path.replace(/^(?:\.\/+)+/, "").replace(/\p{Surrogate}/gu, "\ufffd");
  const encoded = relative.split("/").map(encodeSegment).join("/");
  return encoded.startsWith("/") ? `file://${encoded}` : encoded;
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/%40/g, "@");
}

function regionOf({ inner, region }: Place): SarifRegion {
  // Lines inside an archive are no lines of the archive, and GitHub wants a line.
  if (inner.length > 0) return { startLine: 1 };
  return { startLine: region.line, startColumn: region.column, endLine: region.endLine, endColumn: region.endColumn };
}

function innerLocation(inner: readonly string[]): { name: string; fullyQualifiedName: string; kind: string } {
  const name = cut(plain(inner.at(-1)!), MOST_PART);
  return { name, fullyQualifiedName: cut(inner.map(plain).join("!/"), MOST_MESSAGE), kind: "resource" };
}

/** The step of a CI log that it was printed in (SARIF 3.33). */
function stepOf({ provenance }: Match): LogicalLocation[] {
  if (provenance.kind !== "log") return [];
  const { run, job, step } = provenance.log;
  const names = [run, job, step].filter((name) => name !== undefined).map((name) => cut(plain(name), MOST_PART));
  const name = names.at(-1);
  return name === undefined ? [] : [{ name, fullyQualifiedName: cut(names.join("/"), MOST_MESSAGE), kind: "function" }];
}

/** A place in words: `src/a.env:3`, `backup.zip!/home/.netrc:2`. */
export function placeText(match: Match): string {
  const { path, inner, region } = placeOf(match);
  return `${cut(plain([path, ...inner].join("!/")), MOST_PART)}:${region.line}`;
}

/** A link of a message to a related location (SARIF 3.11.6): brackets and backslashes of its text are escaped. */
export function link(text: string, id: number): string {
  return `[${text.replace(/[\\[\]]/g, "\\$&")}](${id})`;
}

/** Scanned text in a message: what would read as a link does not. */
export function unlinked(text: string): string {
  return plain(text).replace(/\]\(/g, "] (");
}
