import { type Claims, isClaims } from "./claims.ts";

/** Deepest nesting of a header or payload that is read. */
const MAX_DEPTH = 64;

/** A JSON object, and whether a member stands in it twice (RFC 8259, 4: parsers then differ). */
export interface JsonObject {
  readonly object: Claims;
  readonly duplicate: boolean;
}

/** Reads a JSON object of bounded depth into objects without prototype; undefined for anything else. */
export function parseJsonObject(json: string): JsonObject | undefined {
  const duplicate = survey(json);
  if (duplicate === undefined) return undefined;
  try {
    const value = bare(JSON.parse(json));
    return isClaims(value) ? { object: value, duplicate } : undefined;
  } catch {
    return undefined;
  }
}

/** Walks the text once: undefined when it nests too deep, else whether any object has a member twice. */
function survey(json: string): boolean | undefined {
  const open: Set<string>[] = [];
  let duplicate = false;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (char === "{" || char === "[") {
      if (open.push(new Set()) > MAX_DEPTH) return undefined;
    } else if (char === "}" || char === "]") open.pop();
    else if (char === '"') {
      const end = endOfString(json, at);
      const name = memberName(json, at, end);
      const members = open.at(-1);
      if (name !== undefined && members) {
        duplicate ||= members.has(name);
        members.add(name);
      }
      at = end;
    }
  }
  return duplicate;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at;
}

/** The string between two quotes if a colon follows: escapes are read, as `"\u0061"` and `"a"` are one name. */
function memberName(json: string, start: number, end: number): string | undefined {
  let next = end + 1;
  while (next < json.length && " \t\r\n".includes(json[next]!)) next++;
  if (json[next] !== ":") return undefined;
  const raw = json.slice(start + 1, end);
  if (!raw.includes("\\")) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}

/** Copies a parsed value into objects without prototype; the depth is bounded by then. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isClaims(value)) return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, member] of Object.entries(value)) copy[name] = bare(member);
  return copy;
}
