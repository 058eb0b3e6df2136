import { Buffer } from "node:buffer";
import { type Anatomy, type Authority, type Fact, type Hint, printable, type Traits } from "../model/index.ts";
import type { Claims } from "./claims.ts";
import { parseJsonObject } from "./jose-json.ts";

/** Named groups of the rule's pattern that stand beside the secret. */
export type Parts = Readonly<Record<string, string>>;

/** Reads one family of tokens, offline; undefined when the secret is none of them. */
export type Decoder = (secret: string, parts: Parts) => Anatomy | undefined;

/** An anatomy from what a decoder found; what it leaves out is empty. */
export function anatomy(found: Partial<Anatomy>): Anatomy {
  return { facts: [], hints: [], weaknesses: [], ...found };
}

type Fields = Readonly<Record<string, string | number | undefined>>;

/** Facts that nothing proves; empty and undefined values are left out, long ones cut. */
export function claimed(fields: Fields): readonly Fact[] {
  return toFacts(fields, "claimed");
}

/** Facts that a checksum or the structure of the token proves. */
export function proved(fields: Fields): readonly Fact[] {
  return toFacts(fields, "proved");
}

function toFacts(fields: Fields, basis: Fact["basis"]): readonly Fact[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const shown = printable(value);
    return shown === "" ? [] : [{ name, value: shown, basis }];
  });
}

/** One trait with the sentence a report prints for it. */
export function hint<K extends keyof Traits>(trait: K, value: Traits[K], reason?: string): Hint {
  return { trait, value, ...(reason !== undefined && { reason: printable(reason) }) } as Hint;
}

/** The whole token decodes, so it is no chance match. */
export const STRUCTURE: Hint = hint("certainty", "structure");

/** The authority of a key: it has neither scopes nor audiences of its own. */
export function keyOf(fields: Partial<Authority>): { readonly authority: Authority } {
  return { authority: { dictionary: "generic", kind: "key", scopes: [], roles: [], audiences: [], ...fields } };
}

/** As {@link keyOf}, or nothing when the expiry is not known. */
export function expiring(expires: number | "never" | undefined): { readonly authority?: Authority } {
  return expires === undefined ? {} : keyOf({ expires });
}

/** Epoch seconds of a date as text (RFC 3339 or a prefix of it); a time without a zone counts as UTC. */
export function epoch(date: string | undefined): number | undefined {
  if (date === undefined || !/^\d{4}-\d\d-\d\d/.test(date)) return undefined;
  const zoned = /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(date) || !date.includes("T") ? date : `${date}Z`;
  const milliseconds = Date.parse(zoned);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/** A JSON object in base64 of either alphabet. */
export function jsonInBase64(text: string): Claims | undefined {
  return jsonOf(Buffer.from(text, "base64").toString("utf8"));
}

/** A JSON object. */
export function jsonOf(text: string): Claims | undefined {
  return parseJsonObject(text)?.object;
}
