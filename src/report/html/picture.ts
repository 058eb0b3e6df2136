import { type Level, rank } from "../../model/index.ts";
import type { Credential } from "../views/credentials.ts";
import type { Names } from "./names.ts";
import { inOrder } from "./picture-order.ts";

/** One box of the picture: an identity, a token or an audience. */
export interface PictureNode {
  readonly id: string;
  readonly column: 0 | 1 | 2;
  readonly label: string;
  /** Of the worst token that goes through it. */
  readonly level: Level;
  /** Its place in its column, from the top. */
  readonly order: number;
  /** Of a token: where the report tells of it. */
  readonly fingerprint?: string;
  /** Of an audience: the trust boundary it lies in. */
  readonly boundary?: string;
}

/** A ribbon between two boxes; of a token, all its ribbons together are as wide as one token. */
export interface PictureLink {
  readonly source: string;
  readonly target: string;
  readonly value: number;
  readonly level: Level;
}

/** A box that has no place yet. */
export type Box = Omit<PictureNode, "order">;

/** What the picture shows, and what it does not. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly links: readonly PictureLink[];
  /** Owner and sensitivity of each boundary, by its name. */
  readonly boundaries: ReadonlyMap<string, string>;
  /** Tokens with a box of their own. */
  readonly alone: number;
  /** Further tokens that share one box. */
  readonly gathered: number;
  /** Tokens that reach too little to be drawn. */
  readonly leftOut: number;
}

/** How much is drawn one by one; what reaches less is drawn together. */
const MOST = { tokens: 24, identities: 12, audiences: 18 };

/** The token box of all that have none of their own. */
const GATHERED = "gathered";
/** How wide that box is at most, in tokens. */
const WIDEST = 4;

interface Target {
  readonly boundary: string;
  readonly note: string;
  readonly audience: string;
}

/** Lays out which identities' tokens reach which audiences: the worst one by one, the others together. */
export function pictureOf(credentials: readonly Credential[], names: Names): Picture {
  const open = credentials.filter(({ status }) => status === "open");
  const grave = open.filter(({ worst }) => rank(worst.level) >= rank("medium"));
  const drawn = grave.length > 0 ? grave : open;
  const alone = drawn.slice(0, MOST.tokens);
  const routes = drawn.map((credential, at) => ({
    token: at < alone.length ? credential.fingerprint : GATHERED,
    credential,
    identity: turned(names.identity(credential)),
    targets: targetsOf(credential, names),
    value: at < alone.length ? 1 : Math.min(WIDEST, drawn.length - alone.length) / (drawn.length - alone.length),
  }));
  const identity = gathering(
    routes.map((route) => route.identity),
    MOST.identities,
    "other identities",
  );
  const audience = gathering(
    routes.flatMap(({ targets }) => targets.map((target) => keyOf(target))),
    MOST.audiences,
    keyOf({ boundary: "others", note: "", audience: "other audiences" }),
  );
  const drawing = new Drawing();
  const boundaries = new Map<string, string>();
  for (const { token, credential, identity: who, targets, value } of routes) {
    const { level } = credential.worst;
    const label = token === GATHERED ? `${drawn.length - alone.length} more tokens` : names.token(credential);
    drawing.link(["i", identity(who)], ["t", token, label], value, level);
    for (const target of targets) {
      const key = audience(keyOf(target));
      const [boundary = "", name = ""] = key.split("\0");
      if (!boundaries.get(boundary)) boundaries.set(boundary, boundary === target.boundary ? target.note : "");
      drawing.link(["t", token, label], ["a", key, name, boundary], value / targets.length, level);
    }
  }
  return {
    nodes: inOrder([...drawing.boxes.values()], [...drawing.links.values()]),
    links: [...drawing.links.values()],
    boundaries,
    alone: alone.length,
    gathered: drawn.length - alone.length,
    leftOut: open.length - drawn.length,
  };
}

const keyOf = ({ boundary, audience }: Target): string => `${boundary}\0${audience}`;

/** `svc at issuer`: what tells identities apart comes first, as little of it fits. */
function turned(identity: string): string {
  const at = identity.indexOf(" ");
  return /^[a-z]+:\/\//.test(identity) && at > 0 ? `${identity.slice(at + 1)} at ${identity.slice(0, at)}` : identity;
}

/** Where a token is accepted; one that names no audience works at its provider. */
function targetsOf({ boundaries, worst }: Credential, names: Names): readonly Target[] {
  const provider = names.provider(worst.rule);
  if (boundaries.length === 0) return [{ boundary: provider, note: "", audience: names.account(worst) ?? provider }];
  return boundaries.flatMap(({ name, owner, sensitivity, mapped, audiences }) => {
    const note = [owner, sensitivity, mapped ? "" : "unmapped"].filter(Boolean).join(", ");
    return (audiences.length > 0 ? audiences : [name]).map((audience) => ({ boundary: name, note, audience }));
  });
}

/** Keeps the first so many different names as they are, and calls all later ones by one. */
function gathering(all: readonly string[], most: number, other: string): (name: string) => string {
  const distinct = [...new Set(all)];
  const kept = new Set(distinct.length <= most ? distinct : distinct.slice(0, most - 1));
  const left = distinct.length - kept.size;
  const [boundary, audience] = other.split("\0");
  const rest = audience === undefined ? `${left} ${boundary}` : `${boundary}\0${left} ${audience}`;
  return (name) => (kept.has(name) ? name : rest);
}

type End = readonly [kind: "i" | "t" | "a", key: string, label?: string, boundary?: string];
const COLUMNS = { i: 0, t: 1, a: 2 } as const;

/** Gathers boxes and ribbons; what is linked twice is one, as bad as the worst. */
class Drawing {
  readonly boxes = new Map<string, Box>();
  readonly links = new Map<string, PictureLink>();

  link(from: End, to: End, value: number, level: Level): void {
    const [source, target] = [this.#box(from, level), this.#box(to, level)];
    const key = `${source}\n${target}`;
    const before = this.links.get(key);
    const worse = worst(before?.level, level);
    this.links.set(key, { source, target, value: (before?.value ?? 0) + value, level: worse });
  }

  #box([kind, key, label = key, boundary]: End, level: Level): string {
    const id = `${kind}:${key}`;
    this.boxes.set(id, {
      id,
      column: COLUMNS[kind],
      label,
      level: worst(this.boxes.get(id)?.level, level),
      ...(kind === "t" && key !== GATHERED && { fingerprint: key }),
      ...(boundary !== undefined && { boundary }),
    });
    return id;
  }
}

const worst = (before: Level | undefined, level: Level): Level =>
  before !== undefined && rank(before) > rank(level) ? before : level;
