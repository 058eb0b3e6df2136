// The slow twin of src/kernel/assembly/strip.ts: says in plain TypeScript what the WebAssembly must do. Tests compare the two.
import type { Stripped } from "./strip.ts";
import { LONGEST, STRIP_ROWS, STRIP_ROWS_END } from "./strip-layout.ts";

const MOST_ROWS = (STRIP_ROWS_END - STRIP_ROWS) / 8;

/** What `Stripper.strip` must give for the bytes [at, end), and the text that it must make. */
export function referenceStrip(
  bytes: Uint8Array,
  at: number,
  end: number,
  { before, cut }: { readonly before: number; readonly cut: boolean },
): Stripped & { readonly text: Uint8Array } {
  const text: number[] = [];
  const rows: { to: number; from: number; joint: boolean; stamp: boolean }[] = [];
  const rowHere = () => rows.at(-1)?.to === text.length && !rows.at(-1)?.stamp;
  let pending = cut;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === 0x1b) {
      const control = /^\x1b\[[0-?]*[@-~]/.exec(latin1(bytes, at, Math.min(end, at + LONGEST)))?.[0];
      if (!control || control === "\x1b[8m" || rows.length === MOST_ROWS) break;
      if (rowHere()) rows.pop();
      rows.push({ to: text.length, from: at + control.length, joint: false, stamp: false });
      at += control.length - 1;
      pending = true;
      continue;
    }
    if (byte === 0x0a && (at + 2 >= end || /^\n(?:2|\[2|\xef)/.test(latin1(bytes, at, at + 3)))) {
      const stamp = at + 41 <= end ? STAMP.exec(latin1(bytes, at + 1, at + 41))?.[0] : undefined;
      if (!stamp || rows.length === MOST_ROWS) break;
      text.push(byte);
      at += stamp.length;
      rows.push({ to: text.length, from: at + 1, joint: false, stamp: true });
      pending = false;
      continue;
    }
    if (pending && isWord(byte) && isWord(text.at(-1) ?? before)) {
      if (rowHere()) rows.pop();
      else if (rows.length === MOST_ROWS) break;
      rows.push({ to: text.length, from: at, joint: true, stamp: false });
    }
    pending = false;
    text.push(byte);
  }
  return { at, made: text.length, rows, pending, text: Uint8Array.from(text) };
}

/** A stamp, unless the letter of GitLab's stream stands three places behind it. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z (?!..[OE])/s;

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));
const isWord = (byte: number): boolean => /[\w+\-./=]/.test(String.fromCharCode(byte));
