import { JWTS } from "../../src/decode/families/jwt.ts";
import { KEYS } from "../../src/decode/families/keys.ts";
import { SERVICES } from "../../src/decode/families/services.ts";
import { type Decoder, decoderOf } from "../../src/decode/index.ts";

const names = Object.keys({ ...JWTS, ...KEYS, ...SERVICES });

/** Every decoder, by the name a rule gives. */
export const decoders: Readonly<Record<string, Decoder>> = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, (await decoderOf(name))!] as const)),
);
