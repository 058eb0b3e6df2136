import { Buffer } from "node:buffer";

/** A field of a libmacaroons v2 packet: type, length, bytes. */
function packet(type: number, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type]), varint(value.length), value]);
}

/** A macaroon in the v2 binary format (libmacaroons, doc/format.txt) with first-party caveats. */
export function macaroon(location: string, id: string, caveats: readonly unknown[], signature: Uint8Array): Buffer {
  const end = Buffer.from([0]);
  const head = [Buffer.from([2]), packet(1, Buffer.from(location)), packet(2, Buffer.from(id)), end];
  const stated = caveats.flatMap((caveat) => [packet(2, Buffer.from(JSON.stringify(caveat))), end]);
  return Buffer.concat([...head, ...stated, end, packet(6, signature)]);
}

/** A base-128 number, low group first (protobuf, "Base 128 Varints"). */
export function varint(value: number): Buffer {
  const groups: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) groups.push((rest % 128) | 128);
  return Buffer.from([...groups, rest]);
}

/** A protobuf field: numbers as varints, bytes with their length. */
export function protobufField(number: number, value: number | Uint8Array): Buffer {
  if (typeof value === "number") return Buffer.concat([varint(number << 3), varint(value)]);
  return Buffer.concat([varint((number << 3) | 2), varint(value.length), value]);
}

export type Msgpack =
  | number
  | string
  | Uint8Array
  | null
  | boolean
  | readonly Msgpack[]
  | ReadonlyMap<Msgpack, Msgpack>;

/** MessagePack in its widest forms of each type (msgpack/spec.md). */
export function msgpack(value: Msgpack): Buffer {
  if (value === null) return Buffer.from([0xc0]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return Buffer.concat([sized(0xdb, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([sized(0xc6, value.length), value]);
  if (value instanceof Map) return Buffer.concat([sized(0xdf, value.size), ...[...value].flat().map(msgpack)]);
  const list = value as readonly Msgpack[];
  return Buffer.concat([sized(0xdd, list.length), ...list.map(msgpack)]);
}

function number(value: number): Buffer {
  if (value >= 0 && value < 128) return Buffer.from([value]);
  const wide = Buffer.alloc(9, 0xcf);
  wide.writeBigUInt64BE(BigInt(value), 1);
  return wide;
}

function sized(type: number, length: number): Buffer {
  const head = Buffer.alloc(5, type);
  head.writeUInt32BE(length, 1);
  return head;
}

/** A DER element (X.690, 8.1). */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** A certificate (RFC 5280, 4.1) with the given subject names, whose signature is noise. */
export function certificate(
  subject: readonly (readonly [oid: string, value: string])[],
  from: number,
  to: number,
  noise: Buffer,
): Buffer {
  const algorithm = der(0x30, Buffer.from("06032b6570", "hex"));
  const name = (names: typeof subject) =>
    der(
      0x30,
      ...names.map(([oid, value]) => der(0x31, der(0x30, Buffer.from(oid, "hex"), der(0x0c, Buffer.from(value))))),
    );
  const time = (seconds: number) =>
    der(0x18, Buffer.from(`${new Date(seconds * 1000).toISOString().replaceAll(/[-:T]|\.\d+/g, "")}`));
  const body = der(
    0x30,
    Buffer.from("a003020102", "hex"),
    der(0x02, Buffer.from([1]), noise.subarray(0, 8)),
    algorithm,
    name([[COMMON_NAME, "kubernetes"]]),
    der(0x30, time(from), time(to)),
    name(subject),
    der(0x30, algorithm, der(0x03, Buffer.from([0]), noise.subarray(0, 32))),
  );
  return der(0x30, body, algorithm, der(0x03, Buffer.from([0]), noise.subarray(0, 64)));
}

export const COMMON_NAME = "0603550403";
export const ORGANIZATION = "060355040a";
