import { PAUSE, type Read } from "./blocks.ts";

const PIECE = 64 * 1024;

/** Milliseconds that what has come may wait for more before it is looked at. */
const PATIENCE = 200;

/** Reads pieces as they come; undefined ends them. Pauses when something has waited for {@link PATIENCE}. */
export function live(next: () => Promise<Buffer | undefined>): Read {
  let rest: Buffer = Buffer.alloc(0);
  let pending: Promise<Buffer | undefined> | undefined;
  /** Since when something waits to be looked at. */
  let since: number | undefined;
  const pause = () => {
    since = undefined;
    return PAUSE;
  };
  return async (into) => {
    while (rest.length === 0) {
      const left = since === undefined ? Number.POSITIVE_INFINITY : since + PATIENCE - performance.now();
      if (left <= 0) return pause();
      pending ??= next();
      const got = await inTime(pending, left);
      if (got === PAUSE) return pause();
      pending = undefined;
      if (got === undefined) return 0;
      rest = got;
    }
    since ??= performance.now();
    const n = rest.copy(into);
    rest = rest.subarray(n);
    return n;
  };
}

/** What a promise gives, or PAUSE after so many milliseconds. */
async function inTime<T>(promise: Promise<T>, milliseconds: number): Promise<T | typeof PAUSE> {
  if (milliseconds === Number.POSITIVE_INFINITY) return promise;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof PAUSE>((resolve) => {
    timer = setTimeout(resolve, milliseconds, PAUSE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A text in pieces, from its start; to be gone through once. */
export type Pieces = AsyncIterable<Buffer> | Iterable<Buffer>;

/** Reads pieces as they are asked for; `seen` hears of each. */
export function pulled(data: Pieces, seen: (bytes: number) => void): Read {
  const pieces = Symbol.asyncIterator in data ? data[Symbol.asyncIterator]() : data[Symbol.iterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async (into) => {
    while (rest.length === 0) {
      const next = await pieces.next();
      if (next.done) return 0;
      rest = next.value;
      seen(rest.length);
    }
    const n = rest.copy(into);
    rest = rest.subarray(n);
    return n;
  };
}

/** Gives what was read already, then what `read` still gives. */
export function replay(start: Buffer, read: Read): Read {
  let rest = start;
  return (into) => {
    if (rest.length === 0) return read(into);
    const n = rest.copy(into);
    rest = rest.subarray(n);
    return n;
  };
}

/** Everything that `read` gives, in pieces. */
export async function* piecesFrom(read: Read): AsyncGenerator<Buffer> {
  for (;;) {
    const piece = Buffer.allocUnsafe(PIECE);
    const got = await read(piece);
    if (got === 0) return;
    if (got !== PAUSE) yield piece.subarray(0, got);
  }
}
