import { PAUSE, type Read } from "./blocks.ts";

export type Utf16 = "utf-16le" | "utf-16be";

/** Whether a text is UTF-16, by its byte order mark or because every other byte of its beginning is zero. */
export function utf16(head: Buffer, length: number): Utf16 | undefined {
  if (length < 2) return undefined;
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (length < 16 || (head[0] !== 0 && head[1] !== 0)) return undefined;
  let even = 0;
  let odd = 0;
  const pairs = length >> 1;
  for (let i = 0; i + 1 < length; i += 2) {
    if (head[i] === 0 && head[i + 1] !== 0) even++;
    if (head[i + 1] === 0 && head[i] !== 0) odd++;
  }
  if (odd >= pairs * 0.9 && even === 0) return "utf-16le";
  return even >= pairs * 0.9 && odd === 0 ? "utf-16be" : undefined;
}

/** Reads UTF-16 and gives UTF-8: what was read already, a pause if one came behind it, then what `read` still gives. */
export function textDecoder(head: Buffer, read: Read, encoding: Utf16, paused: boolean): Read {
  const decoder = new TextDecoder(encoding);
  let ready = Buffer.from(decoder.decode(head, { stream: true }), "utf8");
  const raw = Buffer.alloc(256 * 1024);
  let ended = false;
  let pauses = paused;
  return async (into) => {
    while (ready.length === 0 && !ended) {
      if (pauses) {
        pauses = false;
        return PAUSE;
      }
      const n = await read(raw);
      if (n === PAUSE) return PAUSE;
      ended = n === 0;
      ready = Buffer.from(decoder.decode(raw.subarray(0, n), { stream: !ended }), "utf8");
    }
    const n = ready.copy(into);
    ready = ready.subarray(n);
    return n;
  };
}
