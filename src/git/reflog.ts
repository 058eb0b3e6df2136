import { lines } from "./lines.ts";
import { asObjectId, type HashKind, ID_SIZE, type ObjectId } from "./object-id.ts";
import type { Reflog } from "./ref.ts";

const TAB = 0x09;

/** Both ids of each line of a log file (gitrepository-layout(5), "logs"), what the ref was and what it became, and the message behind a tab. */
export function parseReflog(name: string, bytes: Buffer, hash: HashKind): Reflog {
  const digits = 2 * ID_SIZE[hash];
  const ids = new Set<ObjectId>();
  const messages = new Set<string>();
  for (const [, line] of lines(bytes)) {
    for (const at of [0, digits + 1]) {
      const id = asObjectId(line.toString("latin1", at, at + digits), hash);
      if (id) ids.add(id);
    }
    const tab = line.indexOf(TAB);
    if (tab >= 0) messages.add(line.toString("utf8", tab + 1));
  }
  return { name, ids: [...ids], messages: [...messages] };
}
