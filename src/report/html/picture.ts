import { grouped, type Level, rank } from "../../model/index.ts";
import type { Credential } from "../views/credentials.ts";
import type { Names } from "./names.ts";
import { type Bundle, bundlesOf, keyOf, someOfEach } from "./picture-bundles.ts";
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
  /** Of tokens: where the report tells of the worst. */
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
  /** Tokens in boxes of their own, or of their kind. */
  readonly shown: number;
  /** Further tokens, which share one box for each level. */
  readonly gathered: number;
  /** Tokens that reach too little to be drawn. */
  readonly leftOut: number;
}

/** How many boxes there are in each column, and of what is left one more, or one for each level. */
const MOST = { tokens: 22, identities: 18, audiences: 18 };

/** How wide a box is at most, in tokens: four times as many are twice as wide. */
const WIDEST = 3;
const widthOf = (tokens: number): number => Math.min(WIDEST, Math.sqrt(tokens));

/** Lays out which identities' tokens reach which audiences: some of each level by themselves, the others of a level together. */
export function pictureOf(credentials: readonly Credential[], names: Names): Picture {
  const open = credentials.filter(({ status }) => status === "open");
  const grave = open.filter(({ worst }) => rank(worst.level) >= rank("medium"));
  const drawn = grave.length > 0 ? grave : open;
  const bundles = bundlesOf(drawn, names);
  const chosen = someOfEach(bundles, MOST.tokens);
  const isChosen = (bundle: Bundle) => chosen.has(bundle);
  const others = bundles.filter((bundle) => !isChosen(bundle));
  const inOrderOfNames = [...bundles.filter(isChosen), ...others];
  const identity = gathering(
    inOrderOfNames.map((bundle) => bundle.identity),
    MOST.identities,
    "other identities",
  );
  const audience = gathering(
    inOrderOfNames.flatMap(({ targets }) => targets.map(keyOf)),
    MOST.audiences,
    keyOf({ boundary: "others", audience: "other audiences" }),
  );
  const drawing = new Drawing();
  const boundaries = new Map<string, string>();
  const left = countsOf(others);
  for (const bundle of bundles) {
    const { level, targets, tokens } = bundle;
    const all = left.get(level) ?? 0;
    const token: End = isChosen(bundle)
      ? ["t", tokens[0].fingerprint, bundle.label]
      : ["t", `${GATHERED} ${level}`, `${grouped(all)} more of level ${level}`];
    const value = isChosen(bundle) ? widthOf(tokens.length) : (widthOf(all) * tokens.length) / all;
    drawing.link(["i", identity(bundle.identity)], token, value, level);
    for (const target of targets) {
      const key = audience(keyOf(target));
      const [boundary = "", name = ""] = key.split("\0");
      if (!boundaries.get(boundary)) boundaries.set(boundary, boundary === target.boundary ? target.note : "");
      drawing.link(token, ["a", key, name, boundary], value / targets.length, level);
    }
  }
  const gathered = [...left.values()].reduce((sum, count) => sum + count, 0);
  return {
    nodes: inOrder([...drawing.boxes.values()], [...drawing.links.values()]),
    links: [...drawing.links.values()],
    boundaries,
    shown: drawn.length - gathered,
    gathered,
    leftOut: open.length - drawn.length,
  };
}

/** The box of the tokens of a level that have none of their own; fingerprints have no blanks. */
const GATHERED = "more of";

/** How many tokens there are of each level. */
function countsOf(bundles: readonly Bundle[]): ReadonlyMap<Level, number> {
  const counts = new Map<Level, number>();
  for (const { level, tokens } of bundles) counts.set(level, (counts.get(level) ?? 0) + tokens.length);
  return counts;
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
      ...(kind === "t" && !key.startsWith(GATHERED) && { fingerprint: key }),
      ...(boundary !== undefined && { boundary }),
    });
    return id;
  }
}

const worst = (before: Level | undefined, level: Level): Level =>
  before !== undefined && rank(before) > rank(level) ? before : level;
