import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, keyOf } from "./anatomy.ts";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The first second that a KSUID counts (segmentio/ksuid). */
const KSUID_EPOCH = 1_400_000_000;

/** ngrok's tokens begin with a KSUID, which holds when it was made. */
export function decodeNgrok(secret: string): Anatomy | undefined {
  const id = /^([0-9A-Za-z]{27})_/.exec(secret)?.[1];
  if (!id) return undefined;
  const value = [...id].reduce((sum, char) => sum * 62n + BigInt(BASE62.indexOf(char)), 0n);
  const seconds = value >> 128n;
  if (seconds > 0xffff_ffffn) return undefined;
  const issued = Number(seconds) + KSUID_EPOCH;
  const created = new Date(issued * 1000).toISOString().slice(0, 10);
  return anatomy({ facts: claimed({ provider: "ngrok", created }), ...keyOf({ issued, expires: "never" }) });
}
