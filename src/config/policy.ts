import { dirname, resolve } from "node:path";
import { type Boundary, type Pattern, type Policy, ScanError } from "../model/index.ts";
import { DEFAULT_POLICY } from "./default-policy.ts";
import type { Fault } from "./document.ts";
import { nearest } from "./nearest.ts";
import type { RawPolicy, RawSettings } from "./raw.ts";
import { readText } from "./read.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: HOUR, d: DAY, w: 7 * DAY, y: 365 * DAY };

const MAX_BYTES = 1 << 20;

/** Reads a file given with --policy (a policy, or whole settings) over the policy of the settings. */
export async function loadPolicy(path: string, base: Policy = DEFAULT_POLICY): Promise<Policy> {
  const { check } = await import("./check.ts");
  const text = readText(path, { name: path, code: "policy-invalid", limit: MAX_BYTES });
  if (text === undefined) throw new ScanError("policy-invalid", `there is no policy file ${path}`);
  const file = check<RawPolicy>(text, path, "", "policy-invalid", policyAlone);
  file.refuse(policyFaults(file.value, base).map(({ path: at, text: what }) => file.fault(at, what)));
  return toPolicy(file.value, base, dirname(resolve(path)));
}

const OTHER_KEYS: ReadonlySet<string> = new Set<keyof RawSettings | "now">([
  "paths",
  "rules",
  "allow",
  "gaps",
  "salt",
  "report",
  "samples",
  "now",
]);

/** What settings say besides the policy is none of a policy's business; what nobody knows stays, to be refused. */
function policyAlone(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !OTHER_KEYS.has(key)));
}

/** A policy as written becomes the policy as used: durations in seconds, first entries first, over another policy. */
export function toPolicy(raw: RawPolicy, base: Policy, folder: string): Policy {
  return {
    defaults: { ...base.defaults, ...raw.defaults },
    boundaries: boundaries(raw, base),
    audiences: [...(raw.audiences ?? []), ...base.audiences],
    issuers: [...(raw.issuers ?? []).flatMap((issuer) => toIssuers(issuer, folder)), ...base.issuers],
    scopes: [...(raw.scopes ?? []), ...base.scopes],
    roles: [...(raw.roles ?? []), ...base.roles],
    limits: { ...base.limits, ...toLimits(raw.limits ?? {}) },
    publicByDesign: raw.publicByDesign ?? base.publicByDesign,
  };
}

// Without a prototype, so that a boundary named `constructor` is only there when somebody wrote it.
function boundaries(raw: RawPolicy, base: Policy): Policy["boundaries"] {
  const own = Object.entries(raw.boundaries ?? {}).map(([name, given]): [string, Boundary] => [
    name,
    { sensitivity: "internal", regimes: [], stores: [], ...given },
  ]);
  return Object.assign(Object.create(null), base.boundaries, Object.fromEntries(own));
}

/** The star of an issuer of many tenants stands for those that are named. */
function toIssuers(issuer: NonNullable<RawPolicy["issuers"]>[number], folder: string): Policy["issuers"] {
  const { tenants, jwks, match, ...rest } = issuer;
  const entry = { ...rest, ...(jwks === undefined ? {} : { jwks: resolve(folder, jwks) }) };
  const patterns =
    tenants && typeof match === "string" ? tenants.map((tenant) => match.replaceAll("*", tenant)) : [match];
  return patterns.map((pattern) => ({ ...entry, match: pattern }));
}

function toLimits(raw: NonNullable<RawPolicy["limits"]>): Partial<Policy["limits"]> {
  const { accessTokenTtl, refreshTokenTtl, keyAge, ...rest } = raw;
  const durations = Object.entries({ accessTokenTtl, refreshTokenTtl, keyAge }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, seconds(text)]],
  );
  return { ...rest, ...Object.fromEntries(durations) };
}

/** Seconds of `30m`, `1h`, `90d`; the schema lets nothing else through. */
function seconds(duration: string): number {
  return Number(duration.slice(0, -1)) * UNITS[duration.at(-1)!]!;
}

/** A fault at a path into the file. */
export interface PathFault extends Pick<Fault, "text"> {
  readonly path: readonly (string | number)[];
}

/** What a schema cannot say of a policy: names that name nothing, patterns that are none, entries that say nothing. */
export function policyFaults(raw: RawPolicy, base: Policy): readonly PathFault[] {
  const names = [...Object.keys(raw.boundaries ?? {}), ...Object.keys(base.boundaries)];
  const lists = ["audiences", "issuers", "scopes", "roles"] as const;
  return lists.flatMap((list) =>
    (raw[list] ?? []).flatMap((entry, at) => [
      ...patternFaults(entry.match, [list, at, "match"]),
      ...("boundary" in entry ? boundaryFaults(entry.boundary, names, [list, at, "boundary"]) : []),
      ...(list === "audiences" && Object.keys(entry).length === 1
        ? [{ path: [list, at], text: "says nothing of its audiences: add `boundary`, `reach` or `ignore: true`" }]
        : []),
      ...("tenants" in entry && !(typeof entry.match === "string" && entry.match.includes("*"))
        ? [{ path: [list, at, "tenants"], text: "needs a `*` in `match` for the tenants to stand in" }]
        : []),
    ]),
  );
}

function boundaryFaults(name: string | undefined, names: readonly string[], path: PathFault["path"]): PathFault[] {
  if (name === undefined || names.includes(name)) return [];
  const meant = nearest(name, names);
  const known = names.length > 0 ? `known are ${names.join(", ")}` : "describe it under `boundaries`";
  return [{ path, text: `there is no boundary \`${name}\`; ${meant ? `did you mean \`${meant}\`?` : known}` }];
}

function patternFaults(match: Pattern, path: PathFault["path"]): PathFault[] {
  const texts = typeof match === "string" ? [match] : Object.values(match);
  return texts.flatMap((text) => {
    const regex = /^\/(.+)\/([a-z]*)$/s.exec(text);
    return regex && !compiles(regex[1]!, regex[2]!)
      ? [{ path, text: "is not a regular expression between its slashes" }]
      : [];
  });
}

function compiles(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
