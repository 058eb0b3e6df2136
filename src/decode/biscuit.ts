import { Buffer } from "node:buffer";
import type { Anatomy, Authority } from "../model/index.ts";
import { anatomy, claimed, hint, STRUCTURE } from "./anatomy.ts";
import { type Block, readBlock } from "./biscuit-block.ts";
import { bytesOf, type Field, fieldsOf, numberOf } from "./protobuf.ts";

/** Most blocks whose checks are read. */
const MOST = 64;

/**
 * A Biscuit (eclipse-biscuit/biscuit, `schema.proto`): how many blocks narrow it, whether it may be narrowed further, and
 * what its first block grants. Every block is readable; nothing is verified.
 */
export function decodeBiscuit(secret: string): Anatomy | undefined {
  const text = /^(?:biscuit:)?([A-Za-z0-9_+/-]{80,90000}={0,2})$/.exec(secret)?.[1];
  const token = text && fieldsOf(Buffer.from(text, "base64url"));
  if (!token) return undefined;
  const signed = [...bytesOf(token, AUTHORITY), ...bytesOf(token, BLOCKS)].slice(0, MOST).map(fieldsOf);
  const proof = bytesOf(token, PROOF)[0];
  const ending = proof && fieldsOf(proof);
  if (bytesOf(token, AUTHORITY).length !== 1 || !ending?.length || !signed.every(isSigned)) return undefined;
  const blocks = signed.map((fields) => readBlock(bytesOf(fields, 1)[0]!));
  const thirdParty = signed.filter((fields) => bytesOf(fields, EXTERNAL).length > 0).length;
  const sealed = bytesOf(ending, FINAL).length > 0;
  return anatomy({
    facts: claimed({
      type: "Biscuit",
      "root key": numberOf(token, ROOT_KEY),
      blocks: signed.length,
      "third-party blocks": thirdParty || undefined,
      sealed: sealed ? "yes" : "no: whoever holds it can narrow it further",
      version: blocks[0]?.version,
    }),
    hints: [STRUCTURE, ...(blocks[0]?.admin ? [hint("power", 4, "its first block says admin")] : [])],
    authority: authorityOf(blocks),
  });
}

const ROOT_KEY = 1;
const AUTHORITY = 2;
const BLOCKS = 3;
const PROOF = 4;
/** Of a signed block: who else signed it. */
const EXTERNAL = 4;
/** Of a proof: a signature instead of the key for the next block. */
const FINAL = 2;

/** A block, its next key and a signature of some length. */
function isSigned(fields: readonly Field[] | undefined): fields is readonly Field[] {
  return (
    fields !== undefined &&
    [1, 2, 3].every((number) => bytesOf(fields, number).length === 1) &&
    bytesOf(fields, 3)[0]!.length >= 60
  );
}

/** The first block grants; every block's checks narrow, so the earliest end counts. */
function authorityOf(blocks: readonly (Block | undefined)[]): Authority {
  const ends = blocks.flatMap((block) => block?.expires ?? []);
  const [first] = blocks;
  return {
    dictionary: "generic",
    // It names no audience; its checks say where it is good.
    kind: "key",
    scopes: first?.rights ?? [],
    roles: first?.roles ?? [],
    audiences: [],
    expires: ends.length > 0 ? ends.reduce((least, end) => Math.min(least, end)) : "never",
  };
}
