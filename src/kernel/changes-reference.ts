// The slow twin of src/kernel/assembly/changes.ts: says in plain TypeScript what the WebAssembly must tell. Tests compare the two.

const RUN_BEFORE = 8;
const RUN_BEHIND = 108;
const LITERAL_BEHIND = 2;
const USERINFO = 368;
const APART = 48;

/** What `Kernel.changed` must tell, for literals that reach so far (LITERAL_REACH): what a delta changed in a text, seams between copies included. */
export function referenceChanges(
  text: Uint8Array,
  baseSize: number,
  copies: Uint32Array,
  literalReach: number,
): { runs: number[]; literals: number[] } {
  const runs: number[] = [];
  const literals: number[] = [];
  const changed = (start: number, end: number) => {
    widen(runs, runStart(text, start - RUN_BEFORE), runEnd(text, end + RUN_BEHIND));
    const from = userinfoStart(text, start);
    widen(literals, Math.max(0, Math.min(from, start - literalReach)), Math.min(text.length, end + LITERAL_BEHIND));
  };
  let end = 0;
  let baseEnd = 0;
  for (let i = 0; i < copies.length; i += 3) {
    const start = copies[i]!;
    if (start > end || copies[i + 1]! !== baseEnd) changed(end, start);
    end = start + copies[i + 2]!;
    baseEnd = copies[i + 1]! + copies[i + 2]!;
  }
  if (end < text.length || baseEnd !== baseSize) changed(end, text.length);
  return { runs, literals };
}

/** Adds a part, which does not start before the last one did, or goes on with those that it is near to. */
function widen(parts: number[], start: number, end: number): void {
  const last = parts.length - 1;
  if (last > 0 && start <= parts[last]! + APART) {
    // A wider look back may reach before what came earlier.
    while (parts.length > 2 && start <= parts[parts.length - 3]! + APART) {
      const reached = parts.pop()!;
      parts.pop();
      parts[parts.length - 1] = Math.max(parts[parts.length - 1]!, reached);
    }
    parts[parts.length - 2] = Math.min(parts[parts.length - 2]!, start);
    parts[parts.length - 1] = Math.max(parts[parts.length - 1]!, end);
  } else parts.push(start, end);
}

/** The start of the run that a place is in or right behind. */
function runStart(text: Uint8Array, place: number): number {
  let at = Math.max(0, place);
  while (at > 0 && TOKEN[text[at - 1]!]) at--;
  return at;
}

function runEnd(text: Uint8Array, place: number): number {
  let at = Math.min(text.length, place);
  while (at < text.length && TOKEN[text[at]!]) at++;
  return at;
}

/** Where `user:password@` that reaches a place may start: nothing of it is a blank or a quote. */
function userinfoStart(text: Uint8Array, place: number): number {
  const stop = Math.max(0, place - USERINFO);
  let at = place;
  while (at > stop && IN_USERINFO[text[at - 1]!]) at--;
  return at;
}

const TOKEN = Uint8Array.from({ length: 256 }, (_, c) => (/[A-Za-z0-9_\-+/=.]/.test(String.fromCharCode(c)) ? 1 : 0));
const IN_USERINFO = Uint8Array.from({ length: 256 }, (_, c) =>
  c > 0x20 && !`"'<>\``.includes(String.fromCharCode(c)) ? 1 : 0,
);
