import { Buffer } from "node:buffer";

/** Most caveats that are read. */
const MOST = 64;

/** A macaroon in the v2 binary format (rescrv/libmacaroons, `doc/format.txt`). */
export interface Macaroon {
  readonly location: string;
  /** Identifiers of the first-party caveats, in order: each narrows the token further. */
  readonly caveats: readonly string[];
}

/** Reads a macaroon; undefined when the bytes are none. */
export function readMacaroon(bytes: Uint8Array): Macaroon | undefined {
  const sections = sectionsOf(bytes);
  const [head, ...caveats] = sections ?? [];
  const location = head?.find(([type]) => type === 1)?.[1];
  if (!head?.some(([type]) => type === 2) || location === undefined) return undefined;
  return { location, caveats: caveats.flatMap((caveat) => caveat.find(([type]) => type === 2)?.[1] ?? []) };
}

type Field = readonly [type: number, value: string];

/** The header and each caveat: fields up to a zero. An empty section ends them; the signature follows. */
function sectionsOf(bytes: Uint8Array): readonly (readonly Field[])[] | undefined {
  if (bytes[0] !== 2) return undefined;
  const sections: Field[][] = [[]];
  let at = 1;
  while (at < bytes.length && sections.length <= MOST) {
    const type = bytes[at++]!;
    if (type === 0) {
      if (sections.at(-1)!.length === 0) return sections.slice(0, -1);
      sections.push([]);
      continue;
    }
    const length = readVarint(bytes, at);
    if (!length || length.next + length.value > bytes.length) return undefined;
    at = length.next + length.value;
    sections.at(-1)!.push([type, Buffer.from(bytes.subarray(length.next, at)).toString("utf8")]);
  }
  return undefined;
}

/** A base-128 number, low group first (protobuf, "Base 128 Varints"), of at most 49 bits. */
function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  for (let at = start; at < bytes.length && at < start + 7; at++) {
    value += (bytes[at]! & 0x7f) * 2 ** (7 * (at - start));
    if (bytes[at]! < 0x80) return { value, next: at + 1 };
  }
  return undefined;
}
