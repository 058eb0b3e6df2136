import type { Log } from "../logs/log.ts";
import { PAUSE, type Read } from "./blocks.ts";

/** Reads a log as the text that is scanned of it: first what stands in `head`, then what `read` gives. */
export function logText(log: Log, head: Buffer, read: Read): Read {
  let rest = head;
  let paused = false;
  let over = false;
  const take = (got: number): void => {
    if (got === PAUSE) {
      log.settle(false);
      paused = true;
    } else {
      log.push(got);
      over = got === 0;
    }
  };
  const next = (into: Buffer): number | Promise<number> => {
    for (;;) {
      const size = log.take(into);
      if (size > 0) return size;
      if (over) return 0;
      if (paused) {
        paused = false;
        return PAUSE;
      }
      let got: number | Promise<number>;
      if (rest.length > 0) {
        got = rest.copy(log.room);
        rest = rest.subarray(got);
      } else got = read(log.room);
      if (typeof got !== "number")
        return got.then((count) => {
          take(count);
          return next(into);
        });
      take(got);
    }
  };
  return next;
}
