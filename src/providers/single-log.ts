import type { LogOrigin } from "../model/index.ts";
import type { RemoteLog } from "./provider.ts";
import type { Server } from "./server.ts";
import { Tail } from "./tail.ts";
import { Unread } from "./unread.ts";

/** A log that is one text at one address. One that says of itself that it is cut is read as far as it goes, and is a gap. */
export function singleLog(server: Server, name: string, address: URL, origin: LogOrigin, erased = false): RemoteLog {
  return {
    name,
    fetch: async (begin) => {
      if (erased) throw new Unread("expired", "it was erased");
      const path = `${name}/log`;
      let tail = new Tail();
      try {
        await server.download(
          () => address,
          () => {
            const take = begin(path);
            tail = new Tail();
            return (piece) => {
              tail.take(piece);
              take(piece);
            };
          },
          "text/plain",
        );
      } catch (error) {
        // The list has just named its job: then only the log is no more.
        if (error instanceof Unread && error.trouble === "missing")
          throw new Unread("expired", `it has expired, or was deleted: its job is there, and it is not (404)`);
        throw error;
      }
      const cut = tail.cut();
      return { files: [{ path, origin }], gaps: cut === undefined ? [] : [{ what: path, why: cut }] };
    },
  };
}
