import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import tar from "tar-stream";

/** An entry of a zip archive; `method` 8 is deflate, 0 is stored. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly method?: number;
  readonly encrypted?: boolean;
}

/** A zip archive (PKWARE APPNOTE 4.3), as plain as one can be. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method = 8, encrypted = false } of entries) {
    const raw = Buffer.from(content as Uint8Array);
    const packed = method === 8 ? deflateRawSync(raw) : raw;
    const fileName = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(encrypted ? 0x801 : 0x800, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc32(raw), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(raw.length, 18);
    shared.writeUInt16LE(fileName.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), shared, fileName, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\0", "latin1"), shared, tail, fileName]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  const size = central.reduce((sum, { length }) => sum + length, 0);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...central, Buffer.from("PK\x05\x06", "latin1"), end]);
}

/** A tar archive. */
export async function tarred(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name }, Buffer.from(content as Uint8Array));
  pack.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of pack as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A zip archive of files. */
export const zipped = (files: Readonly<Record<string, string | Uint8Array>>): Buffer =>
  zip(Object.entries(files).map(([name, content]) => ({ name, content })));

export const gz = (content: string | Uint8Array): Buffer => gzipSync(content);
