import { isUtf8 } from "node:buffer";

/**
 * A file name as text. A byte that is not UTF-8 becomes a lone surrogate, as in Python (PEP 383), so that no file is out
 * of reach because of how it is called; reports escape it.
 */
export function nameOf(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  if (!text.includes("\ufffd")) return text;
  let name = "";
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((n) => at + n <= bytes.length && isUtf8(bytes.subarray(at, at + n)));
    name += length ? bytes.toString("utf8", at, at + length) : String.fromCharCode(0xdc00 + bytes[at]!);
    at += length ?? 1;
  }
  return name;
}

/** What the file system calls a file whose name is this text: the way back from {@link nameOf}. */
export function onDisk(path: string): string | Buffer {
  if (!/[\udc80-\udcff]/u.test(path)) return path;
  const pieces = path.split(/([\udc80-\udcff])/u);
  return Buffer.concat(
    pieces.map((piece) =>
      /^[\udc80-\udcff]$/u.test(piece) ? Buffer.of(piece.charCodeAt(0) & 0xff) : Buffer.from(piece, "utf8"),
    ),
  );
}
