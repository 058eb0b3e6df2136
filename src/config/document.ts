import { type Document, LineCounter, type Node, parseDocument as parseYaml, visit } from "yaml";

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
export function parseDocument(text: string): SettingsDocument {
  const lines = new LineCounter();
  try {
    // Pretty errors quote the source, which may be a secret.
    const options = { lineCounter: lines, prettyErrors: false, logLevel: "error", uniqueKeys: false } as const;
    const document = parseYaml(text, options);
    const told = [...document.errors, ...document.warnings].map(({ pos, message }) => ({ at: pos[0], text: message }));
    const faults = [...told, ...duplicates(document)];
    const value = faults.length > 0 ? undefined : withoutNulls(document.toJS({ maxAliasCount: MAX_ALIASES }));
    return { value, faults, find: (path, key) => find(document, path, key), place: (at) => place(lines, at) };
  } catch (error) {
    return broken(error, text, lines);
  }
}

/** The package's own check compares every key with every other: minutes for a megabyte. */
function duplicates(document: Document): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (seen.has(keyText(key))) faults.push({ at: start(key) ?? 0, text: "this key stands here twice: keep one" });
        seen.add(keyText(key));
      }
    },
  });
  return faults;
}

function broken(error: unknown, source: string, lines: LineCounter): SettingsDocument {
  if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
  const fault =
    error instanceof ReferenceError ? aliasFault(error, source) : { at: 0, text: "it is nested too deeply" };
  return { value: undefined, faults: [fault], find: () => 0, place: (at) => place(lines, at) };
}

function aliasFault({ message }: ReferenceError, source: string): Fault {
  const unknown = /^Unresolved alias .*: (.+)$/.exec(message)?.[1];
  if (unknown !== undefined) {
    return { at: Math.max(0, source.indexOf(`*${unknown}`)), text: `the alias *${unknown} has no anchor before it` };
  }
  return { at: 0, text: `its anchors are used too often, or in themselves: write the values out` };
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
