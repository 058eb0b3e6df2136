import { compare } from "../../model/index.ts";
import type { SweptRepository } from "../repository-report.ts";
import type { Credential } from "./credentials.ts";

/** Issuer with subject or client, and every token of it that leaked. */
export interface Identity {
  readonly name: string;
  /** The one that reaches furthest first. */
  readonly credentials: readonly [Credential, ...Credential[]];
  readonly boundaries: readonly string[];
  readonly owners: readonly string[];
  readonly repositories: readonly SweptRepository[];
  /** When its tokens say they were issued, each time once, the earliest first. ISO 8601. */
  readonly issued: readonly string[];
  /** Whether tokens issued one after another leaked: it was renewed, and went on leaking. Undefined if they do not say. */
  readonly rotated?: boolean;
}

/** The identities of all tokens that name one, the one with the furthest reach first; equal ones by how many leaked. */
export function identitiesOf(credentials: readonly Credential[]): readonly Identity[] {
  const groups = new Map<string, [Credential, ...Credential[]]>();
  for (const credential of credentials) {
    const { identity } = credential.worst;
    if (identity === undefined) continue;
    const group = groups.get(identity);
    if (group) group.push(credential);
    else groups.set(identity, [credential]);
  }
  return [...groups].map(([name, group]) => identity(name, group)).sort(furthestFirst);
}

function furthestFirst(a: Identity, b: Identity): number {
  return (
    b.credentials[0].worst.score - a.credentials[0].worst.score ||
    b.credentials.length - a.credentials.length ||
    compare(a.name, b.name)
  );
}

function identity(name: string, credentials: readonly [Credential, ...Credential[]]): Identity {
  const each = credentials.map(issuedOf);
  const issued = [...new Set(each.flatMap((time) => time ?? []))].sort();
  const told = each.filter((time) => time !== undefined).length;
  return {
    name,
    credentials,
    boundaries: [...new Set(credentials.flatMap(({ boundaries }) => boundaries.map((boundary) => boundary.name)))],
    owners: [...new Set(credentials.flatMap(({ owners }) => owners))],
    repositories: [
      ...new Map(credentials.flatMap(({ repositories }) => repositories).map((one) => [one.id, one])).values(),
    ],
    issued,
    ...(told > 1 && { rotated: issued.length > 1 }),
  };
}

/** The claim `iat` (RFC 7519, 4.1.6) as decoding shows it. */
function issuedOf({ worst }: Credential): string | undefined {
  const value = worst.facts.find(({ name }) => name === "issued")?.value;
  return value !== undefined && /^\d{4}-\d\d-\d\dT/.test(value) ? value : undefined;
}
