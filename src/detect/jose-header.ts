import { parseJsonObject } from "../decode/jose-json.ts";

/** Members of which a JOSE header has one at least (RFC 7515, 4.1; RFC 7516, 4.1). */
const MEMBERS = ["alg", "enc", "typ", "kid", "cty", "jwk", "jku", "x5c", "x5t"];

/** Whether a header names what it is the header of. */
export function isJoseHeader(header: object): boolean {
  return MEMBERS.some((member) => member in header);
}

/**
 * Whether a text can be the beginning of a JOSE object: what stands before its first dot decodes to a header, or, while
 * there is no dot, to the beginning of a JSON object. Asked before more is read: a run may hold a start at every fourth
 * character, and few of them stay possible for long.
 */
export function mayBeJose(text: string): boolean {
  if (!objectIn(decoded(text.slice(0, 64)).toString("latin1"))) return false;
  const bytes = decoded(text);
  const object = objectIn(bytes.toString("latin1"));
  if (!object || !/^[A-Za-z0-9_\-+/]*={0,2}\./.test(text)) return object !== undefined;
  if (object === "begun") return false;
  const header = parseJsonObject(bytes.toString("utf8"))?.object;
  return header !== undefined && isJoseHeader(header);
}

function decoded(text: string): Buffer {
  return Buffer.from(/^[A-Za-z0-9_\-+/]*/.exec(text)![0], "base64");
}

/** Deepest nesting that a header is read with. */
const MAX_DEPTH = 64;
/** A string, closed or at the end of the text; a sign; a number or word; the end. Blanks may stand before it. */
const TOKEN = /[ \t\r\n]*(?:"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*(?:"|\\?$)|[{}[\]:,]|[\w.+-]+|$)/y;
/** What may follow what: signs, a name, a string and a word (RFC 8259, 2). */
const FOLLOWS: Readonly<Record<string, string>> = {
  "": "{",
  "{": "n}",
  "[": "sw{[]",
  n: ":",
  ":": "sw{[",
  ",": "nsw{[",
  s: ",}]",
  w: ",}]",
  "}": ",}]",
  "]": ",}]",
};

/** Whether a text can be the beginning of a JSON object, or all of one; undefined when it is neither. */
export function objectIn(json: string): "begun" | "whole" | undefined {
  const open: string[] = [];
  let last = "";
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(json); found; found = TOKEN.exec(json)) {
    const token = found[0].trimStart();
    if (token === "") return last !== "" && open.length === 0 ? "whole" : "begun";
    const kind = kindOf(token, open.at(-1) === "{" && last !== ":");
    if ((last !== "" && open.length === 0) || !FOLLOWS[last]!.includes(kind)) return undefined;
    if (kind === "{" || kind === "[") open.push(kind);
    if (kind === "}" || kind === "]") open.pop();
    if (open.length > MAX_DEPTH) return undefined;
    last = kind;
  }
  return undefined;
}

function kindOf(token: string, names: boolean): string {
  if (token[0] === '"') return names ? "n" : "s";
  return /^[{}[\]:,]/.test(token) ? token[0]! : "w";
}
