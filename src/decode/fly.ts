import { Buffer } from "node:buffer";
import type { Anatomy, Hint } from "../model/index.ts";
import { anatomy, claimed, expiring, hint, STRUCTURE } from "./anatomy.ts";
import { type Msgpack, readMsgpack } from "./msgpack.ts";

/** Caveat types that say something of reach (superfly/macaroon, `caveat.go`). */
const ORGANIZATION = 0;
const APPS = 3;
const VALIDITY = 4;
const CONFINE_USER = 8;
const IF_PRESENT = 13;
const NO_ADMIN = 22;

/** Write, create, delete, control; the lowest bit reads. */
const WRITES = 0b11110;

interface Caveat {
  readonly type: number;
  readonly body: readonly Msgpack[];
}

/** Fly.io tokens: macaroons in MessagePack, a permission token and its discharges. */
export function decodeFly(secret: string): Anatomy | undefined {
  const tokens = secret.replace(/^FlyV1\s+/, "").split(",", 16);
  const caveats = tokens.flatMap(caveatsOf);
  if (caveats.length === 0) return undefined;
  const organizations = caveats.filter(({ type }) => type === ORGANIZATION).flatMap(({ body }) => numbers(body[0]));
  const apps = caveats.filter(({ type }) => type === APPS).flatMap(({ body }) => keysOf(body[0]));
  const user = caveats.filter(({ type }) => type === CONFINE_USER).flatMap(({ body }) => numbers(body[0]))[0];
  const facts = claimed({ provider: "fly", org: organizations.join(", "), apps: apps.join(", "), user });
  const ends = caveats.filter(({ type }) => type === VALIDITY).flatMap(({ body }) => numbers(body[1]));
  return anatomy({
    facts,
    hints: [STRUCTURE, ...scope(caveats, apps)],
    ...expiring(ends.length > 0 ? Math.min(...ends) : undefined),
  });
}

/** An organization with no app named is all of it; without write permission it reads. */
function scope(caveats: readonly Caveat[], apps: readonly number[]): readonly Hint[] {
  const masks = caveats.filter(({ type }) => type === ORGANIZATION).flatMap(({ body }) => numbers(body[1]));
  const appMasks = caveats.filter(({ type }) => type === APPS).flatMap(({ body }) => valuesOf(body[0]));
  const granted = [...masks, ...appMasks];
  const writes = granted.length === 0 || granted.some((mask) => (mask & WRITES) !== 0);
  if (!writes)
    return [
      hint("power", 2, "may only read"),
      hint("breadth", apps.length > 0 ? "single" : "multi"),
      hint("reach", "secrets-likely"),
    ];
  const admin = caveats.some(({ type }) => type === NO_ADMIN)
    ? []
    : [hint("reach", "mints" as const, "deploys, and reads the apps' secrets")];
  const many = apps.length === 0;
  const breadth = many
    ? hint("breadth", "multi", "good for the whole organization")
    : hint("breadth", "single", `limited to ${apps.length === 1 ? "one app" : `${apps.length} apps`}`);
  return [hint("power", many ? 4 : 3), breadth, ...admin];
}

/** `[nonce, location, [type, body, type, body, …], signature]`. */
function caveatsOf(token: string): readonly Caveat[] {
  const body = /^fm(?:1[ra]|2)_([\w+/=-]{20,40000})$/.exec(token.trim())?.[1];
  const macaroon = body === undefined ? undefined : readMsgpack(Buffer.from(body, "base64"));
  const list = Array.isArray(macaroon) ? macaroon[2] : undefined;
  return Array.isArray(list) ? pairsOf(list, 0) : [];
}

function pairsOf(list: readonly Msgpack[], depth: number): readonly Caveat[] {
  const caveats: Caveat[] = [];
  for (let at = 0; at + 1 < list.length; at += 2) {
    const [type, body] = [list[at], list[at + 1]];
    if (typeof type !== "number") continue;
    const fields = Array.isArray(body) ? body : [body ?? null];
    const inner = type === IF_PRESENT && depth < 2 && Array.isArray(fields[0]) ? pairsOf(fields[0], depth + 1) : [];
    caveats.push({ type, body: fields }, ...inner);
  }
  return caveats;
}

function numbers(value: Msgpack | undefined): readonly number[] {
  return typeof value === "number" ? [value] : [];
}

function keysOf(value: Msgpack | undefined): readonly number[] {
  return value instanceof Map ? [...value.keys()].flatMap(numbers) : [];
}

function valuesOf(value: Msgpack | undefined): readonly number[] {
  return value instanceof Map ? [...value.values()].flatMap(numbers) : [];
}
