import { createHash } from "node:crypto";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { folder } from "../config/folder.ts";

/** An entry of a pack as a hostile hand may write it; `size` may differ from the data's. */
export interface Entry {
  readonly id: string;
  readonly kind: number;
  readonly data?: Uint8Array;
  readonly size?: number;
  /** The id of a base (kind 7), or the distance to it (kind 6). */
  readonly base?: string | number;
}

/** Writes a pack and its index of version 2 into a new folder; gives the pack's path. Ids and bases may be anything. */
export function makePack(entries: readonly Entry[]): string {
  const parts: Buffer[] = [head(entries.length)];
  let offset = 12;
  const placed = entries.map((entry) => {
    const bytes = entryBytes(entry);
    parts.push(bytes);
    offset += bytes.length;
    return { id: Buffer.from(entry.id, "hex"), offset: offset - bytes.length, crc: crc32(bytes) };
  });
  const pack = withChecksum(Buffer.concat(parts));
  placed.sort((a, b) => Buffer.compare(a.id, b.id));
  const fanout = Array.from({ length: 256 }, (_, first) => placed.filter(({ id }) => id[0]! <= first).length);
  const idx = withChecksum(
    Buffer.concat([
      words([0xff744f63, 2]),
      words(fanout),
      ...placed.map(({ id }) => id),
      words(placed.map(({ crc }) => crc)),
      words(placed.map(({ offset }) => offset)),
      pack.subarray(-20),
    ]),
  );
  return join(folder({ "pack-x.pack": pack, "pack-x.idx": idx }), "pack-x.pack");
}

const head = (count: number): Buffer => Buffer.concat([Buffer.from("PACK"), words([2, count])]);

function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, i * 4);
  return bytes;
}

const withChecksum = (bytes: Buffer): Buffer => Buffer.concat([bytes, createHash("sha1").update(bytes).digest()]);

function entryBytes({ kind, data = Buffer.from("x"), size = data.length, base }: Entry): Buffer {
  const header = [(kind << 4) | (size % 16)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    header[header.length - 1]! |= 0x80;
    header.push(rest % 128);
  }
  const at = typeof base === "number" ? Buffer.from([base]) : Buffer.from(base ?? "", "hex");
  return Buffer.concat([Buffer.from(header), at, deflateSync(data)]);
}
