import type { Credential } from "../scan/group.ts";
import { startProcess } from "./apart.ts";
import { TOO_MUCH } from "./memory.ts";
import type { PlainKey, Tried, Tries } from "./try-keys.ts";

/** Tokens and the keys that are tried on them. */
export interface Pairable {
  readonly tokens: readonly Credential[];
  readonly keys: readonly Credential[];
}

/** Which keys belong to which tokens, by their places, and whether some were not tried. */
export interface Fits {
  readonly fits: readonly Extract<Tried, { readonly type: "fits" }>[];
  readonly isCut: boolean;
}

/**
 * Tries every key on every token, in a process that may take `memory` MiB and ends with it: opening keys makes a process
 * grow by more than a sweep holds. Aborted, or out of memory, it gives what was found until then.
 */
export async function tryApart(
  { tokens, keys }: Pairable,
  most: number,
  memory: number,
  signal: AbortSignal,
): Promise<Fits> {
  if (tokens.length === 0 || keys.length === 0 || signal.aborted) return { fits: [], isCut: false };
  const { child, kill } = startProcess("try-keys.js", memory);
  const stop = () => void kill();
  signal.addEventListener("abort", stop);
  const fits: Fits["fits"][number][] = [];
  try {
    const isCut = await new Promise<boolean>((resolve, reject) => {
      child.on("message", (tried: Tried) => (tried.type === "done" ? resolve(tried.isCut) : fits.push(tried)));
      child.once("error", reject);
      child.once("exit", (code, how) => {
        if (signal.aborted || how === TOO_MUCH || how === "SIGKILL") resolve(!signal.aborted);
        else reject(new Error(`the process that tried keys ended (${how ?? code})`));
      });
      const asked: Tries = { tokens: tokens.map(textOf), keys: keys.map(toPlain), most };
      child.send(asked, () => {});
    });
    return { fits, isCut };
  } finally {
    signal.removeEventListener("abort", stop);
    await kill();
  }
}

const textOf = ({ matches: [{ secret }] }: Credential): string => secret.reveal();

const toPlain = (key: Credential): PlainKey => ({ decoder: key.rule.decoder, secret: textOf(key) });
