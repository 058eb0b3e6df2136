import { Buffer } from "node:buffer";
import { bytes, type Random } from "./alphabets.ts";
import type { Format } from "./formats.ts";

/**
 * `biscuit [open|sealed|third-party] [EXPIRES] [ROLE]`: a token whose first block grants `right("/a", "read")` and, if
 * given, a role; a second block checks the time. Its signatures are noise (eclipse-biscuit/biscuit, `schema.proto`).
 */
export const biscuit: Format = ([kind = "open", expires = "1788307200", role], random) => {
  const grants = [fact(4, string(1024), string(0)), ...(role ? [fact(6, string(1025))] : [])];
  const first = [
    ...[`/a`, ...(role ? [role] : [])].map((symbol) => field(1, Buffer.from(symbol))),
    number(3, 3),
    ...grants,
  ];
  const time = field(2, Buffer.concat([number(1, 5), field(2, number(1, 1026))]));
  const ops = [
    field(1, field(1, number(1, 1026))),
    field(1, field(1, number(4, Number(expires)))),
    field(1, field(3, number(1, 2))),
  ];
  const rule = Buffer.concat([field(1, number(1, 27)), time, field(3, Buffer.concat(ops))]);
  const second = [number(3, 3), field(6, field(1, rule))];
  const proof = field(kind === "sealed" ? 2 : 1, bytes(kind === "sealed" ? 64 : 32, random));
  const outside =
    kind === "third-party" ? [field(4, Buffer.concat([field(1, bytes(64, random)), publicKey(2, random)]))] : [];
  const token = [
    number(1, 7),
    field(2, signed(first, [], random)),
    field(3, signed(second, outside, random)),
    field(4, proof),
  ];
  return Buffer.concat(token).toString("base64url");
};

function signed(block: readonly Buffer[], more: readonly Buffer[], random: Random): Buffer {
  return Buffer.concat([field(1, Buffer.concat(block)), publicKey(2, random), field(3, bytes(64, random)), ...more]);
}

const publicKey = (tag: number, random: Random) =>
  field(tag, Buffer.concat([number(1, 0), field(2, bytes(32, random))]));

const fact = (name: number, ...terms: readonly Buffer[]) =>
  field(4, field(1, Buffer.concat([number(1, name), ...terms])));

const string = (symbol: number) => field(2, number(3, symbol));

function field(tag: number, body: Buffer): Buffer {
  return Buffer.concat([varint(tag * 8 + 2), varint(body.length), body]);
}

const number = (tag: number, value: number) => Buffer.concat([varint(tag * 8), varint(value)]);

function varint(value: number): Buffer {
  const out: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...out, rest]);
    out.push((rest % 128) | 128);
  }
}
