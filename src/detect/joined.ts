import { slice, type Text } from "./matcher.ts";
import type { View } from "./views.ts";

/** How far strings that are put together may reach on each side, and how many pieces they may have. */
const BEFORE = 240;
const AFTER = 3600;
/** A quoted piece, and what puts it to the next: `+`, `.`, `&`, `<>`, `..`, a backslash, or nothing but blanks. */
const PIECES =
  /(["'`])[A-Za-z0-9_\-+/=.:]{2,200}\1(?:\s{0,40}(?:[+&\\]|\.{1,2}|<>)?\s{0,40}\1[A-Za-z0-9_\-+/=.:]{2,200}\1){1,60}/g;
const PIECE = /(["'`])([A-Za-z0-9_\-+/=.:]{2,200})\1/g;
const MORE = /^\s{0,40}(?:[+&\\]|\.{1,2}|<>)?\s{0,40}["'`][A-Za-z0-9_\-+/=.:]{2}/;
const BEHIND = /[A-Za-z0-9_\-+/=.:]{2}(["'`])\s{0,40}(?:[+&\\]|\.{1,2}|<>)?\s{0,40}\1$/;
/** How far off the next piece may begin. */
const MARGIN = 90;
/** The shortest run that the kernel tells of. */
const RUN = 16;
/** How much of the text before goes with it: the name it is assigned to. */
const NAME = 60;

/** The text that pieces of a string around a run make together, with its name: `key = "sk_live_" + "…"`. Told once, at the first run in it. */
export function joined(text: Text, start: number, end: number): View[] {
  if (!mayBePiece(text, start, end)) return [];
  const from = Math.max(0, start - BEFORE);
  const around = slice(text, from, end + AFTER);
  for (const found of around.matchAll(PIECES)) {
    if (from + found.index > start) return [];
    const stop = found.index + found[0].length;
    if (from + stop < end) continue;
    // What is cut off is no whole.
    const cut = around.length === end + AFTER - from && stop + MARGIN > around.length;
    if (cut || MORE.test(around.slice(stop, stop + MARGIN))) return [];
    const pieces = [...found[0].matchAll(PIECE)].map((piece) => ({
      at: from + found.index + piece.index + 1,
      text: piece[2]!,
    }));
    const first = pieces.find((piece) => piece.text.length >= RUN && piece.text.split(/[_\-=.]/).some(mixes));
    return first && first.at <= start && start < first.at + first.text.length && pieces.length > 1
      ? [view(text, pieces, from + found.index)]
      : [];
  }
  return [];
}

/** Whether a quote stands at the run, and no whole string ends on both sides of it: most strings are not put to another. */
function mayBePiece(text: Text, start: number, end: number): boolean {
  const near = slice(text, start - 1, end + 1);
  const [opens, closes] = [/^["'`]/.test(near), /["'`]$/.test(near)];
  if (!opens || !closes) return opens || closes;
  return BEHIND.test(slice(text, start - MARGIN, start)) || MORE.test(slice(text, end + 1, end + 1 + MARGIN));
}

/** The kernel speaks of a run only for a stretch such as this. */
const mixes = (stretch: string): boolean => stretch.length >= 8 && /\d/.test(stretch) && /[A-Za-z]/.test(stretch);

function view(text: Text, pieces: readonly { at: number; text: string }[], opening: number): View {
  const from = Math.max(0, opening - NAME);
  const head = slice(text, from, opening + 1);
  const body = pieces.map((piece) => piece.text).join("");
  const places = [...head].map((_, i) => from + i);
  for (const piece of pieces) for (let i = 0; i < piece.text.length; i++) places.push(piece.at + i);
  const last = places[places.length - 1]!;
  return {
    encoding: "joined strings",
    bytes: Buffer.from(`${head}${body}${head.slice(-1)}\n`, "latin1"),
    span: (a, b) => ({ start: places[a] ?? last + 1, end: (places[b - 1] ?? last) + 1 }),
  };
}
