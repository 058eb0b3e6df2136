import type { Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { zstd } from "./archive-kind.ts";
import type { Pieces } from "./reads.ts";

/** Bytes that are unpacked at once: what they become, at most a thousand times as much, waits in memory. */
const STEP = 16 * 1024;

/**
 * What compressed bytes hold: gzip (RFC 1952, members one after the other) or Zstandard. What was unpacked before the
 * data broke is given first; bytes behind the end are an error, unless they are the zeros that fill a tape's block.
 */
export async function* unpacked(kind: "gzip" | "zstd", data: Pieces): AsyncGenerator<Buffer> {
  const engine = (kind === "gzip" ? createGunzip() : zstd()!()) as Transform & { readonly bytesWritten: number };
  const ready: Buffer[] = [];
  let broken: Error | undefined;
  let ended = false;
  engine.on("data", (piece: Buffer) => ready.push(piece));
  // What breaks it leaves a write without an answer.
  const failed = new Promise<void>((resolve) => {
    engine.on("error", (error) => {
      broken = error;
      resolve();
    });
  });
  engine.on("end", () => {
    ended = true;
  });
  try {
    let before = 0;
    for await (const step of stepsOf(data)) {
      if (!ended) await Promise.race([failed, new Promise<void>((written) => engine.write(step, () => written()))]);
      yield* ready.splice(0);
      if (broken) throw broken;
      if (ended && step.subarray(Math.max(0, engine.bytesWritten - before)).some((byte) => byte !== 0))
        throw new Error("bytes behind its end were not read");
      before += step.length;
    }
    if (ended) return;
    engine.end();
    await Promise.race([failed, new Promise<void>((over) => engine.once("end", over))]);
    yield* ready.splice(0);
    if (broken) throw broken;
  } finally {
    engine.destroy();
  }
}

async function* stepsOf(data: Pieces): AsyncGenerator<Buffer> {
  for await (const piece of data) {
    for (let at = 0; at < piece.length; at += STEP) yield piece.subarray(at, at + STEP);
  }
}
