import type { Document, LineCounter, Node } from "yaml";

/** Something wrong in a file, and where: `at` is an offset into its text. */
export interface Fault {
  readonly at: number;
  readonly text: string;
}

/** A YAML file as plain values, each of which can be found again. */
export interface SettingsDocument {
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** Offset of the value at a path, or of its nearest parent that is there; with `key`, of that key in it. */
  find(path: readonly (string | number)[], key?: string): number;
  /** `12:5`. */
  place(at: number): string;
}

/** More uses of anchors than this are an attack on memory ("billion laughs"), not settings. */
const MAX_ALIASES = 100;

/** Parses YAML 1.2 of the core schema. Never throws: what is wrong are faults. */
export async function parseDocument(text: string): Promise<SettingsDocument> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  try {
    // Pretty errors quote the source, which may be a secret.
    const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
    const faults = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
      at: pos[0],
      text: message,
    }));
    const value = faults.length > 0 ? undefined : withoutNulls(document.toJS({ maxAliasCount: MAX_ALIASES }));
    return { value, faults, find: (path, key) => find(document, path, key), place: (at) => place(lines, at) };
  } catch (error) {
    return broken(error, lines);
  }
}

function broken(error: unknown, lines: LineCounter): SettingsDocument {
  const aliases = error instanceof ReferenceError;
  if (!aliases && !(error instanceof RangeError)) throw error;
  const text = aliases
    ? `its anchors are used too often (more than ${MAX_ALIASES} values come of them): write the values out`
    : "it is nested too deeply: settings are a few levels deep";
  return { value: undefined, faults: [{ at: 0, text }], find: () => 0, place: (at) => place(lines, at) };
}

/** A section with everything in it commented out is null; it counts as left out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

type Walked = { readonly node: unknown; readonly at: number };

function find(document: Document, path: readonly (string | number)[], key?: string): number {
  let walked: Walked = { node: document.contents, at: start(document.contents) ?? 0 };
  for (const step of path) {
    const next = stepInto(document, walked.node, step);
    if (!next) return walked.at;
    walked = next;
  }
  return (key === undefined ? undefined : keyStart(document, walked.node, key)) ?? walked.at;
}

function stepInto(document: Document, node: unknown, step: string | number): Walked | undefined {
  const items = itemsOf(document, node);
  const item = typeof step === "number" || !items.some(isPair) ? items[Number(step)] : undefined;
  const inner = item ?? items.filter(isPair).find((pair) => keyText(pair.key) === String(step))?.value;
  const at = start(inner) ?? keyStart(document, node, String(step));
  return at === undefined ? undefined : { node: inner, at };
}

function keyStart(document: Document, node: unknown, key: string): number | undefined {
  return start(
    itemsOf(document, node)
      .filter(isPair)
      .find((pair) => keyText(pair.key) === key)?.key,
  );
}

interface Pair {
  readonly key: unknown;
  readonly value: unknown;
}

/** The entries of a map or list; an alias stands for what it names. */
function itemsOf(document: Document, node: unknown): readonly unknown[] {
  const real = isObject(node) && typeof node.source === "string" && "resolve" in node ? resolved(document, node) : node;
  return isObject(real) && Array.isArray(real.items) ? real.items : [];
}

function resolved(document: Document, alias: object): unknown {
  return (alias as { resolve(document: Document): Node | undefined }).resolve(document);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const isPair = (value: unknown): value is Pair => isObject(value) && "key" in value && "value" in value;
const keyText = (key: unknown): string => (isObject(key) ? String(key.value) : String(key));

function start(node: unknown): number | undefined {
  const range = isObject(node) ? node.range : undefined;
  return Array.isArray(range) ? (range[0] as number) : undefined;
}

function place(lines: LineCounter, at: number): string {
  const { line, col } = lines.linePos(at);
  return `${Math.max(1, line)}:${Math.max(1, col)}`;
}
