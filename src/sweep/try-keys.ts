import { setImmediate } from "node:timers/promises";
import { Secret } from "../model/index.ts";
import { type Signer, tryKey } from "../scan/keys.ts";
import { endWithParent } from "./end-with-parent.ts";
import { memoryOfProcess } from "./memory.ts";

/** A key as it crosses. */
export interface PlainKey {
  readonly decoder: string | undefined;
  readonly secret: string;
}

/** What is to be tried: every key on every token. */
export interface Tries {
  readonly tokens: readonly string[];
  readonly keys: readonly PlainKey[];
  /** Most keys that are tried. */
  readonly most: number;
}

/** Which keys belong to a token, by their places in what was asked; at the end, whether that was all. */
export type Tried =
  | { readonly type: "fits"; readonly token: number; readonly keys: readonly number[] }
  | { readonly type: "done"; readonly isCut: boolean };

// Ctrl-C reaches this process, too; the sweep decides.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
endWithParent(memoryOfProcess());

process.on("message", async (tries: Tries) => {
  for await (const tried of triedOf(tries)) process.send!(tried);
});

async function* triedOf({ tokens, keys, most }: Tries): AsyncGenerator<Tried> {
  const signers = keys.map(toSigner);
  let left = most;
  for (const [token, text] of tokens.entries()) {
    await setImmediate();
    const secret = new Secret(text);
    const within = signers.slice(0, left);
    const fits: number[] = [];
    for (const [key, signer] of within.entries()) if (await tryKey(secret, signer)) fits.push(key);
    if (fits.length > 0) yield { type: "fits", token, keys: fits };
    left -= within.length;
    if (within.length < signers.length) return yield { type: "done", isCut: true };
  }
  yield { type: "done", isCut: false };
}

const toSigner = ({ decoder, secret }: PlainKey): Signer => ({
  rule: decoder === undefined ? {} : { decoder },
  matches: [{ secret: new Secret(secret) }],
});
