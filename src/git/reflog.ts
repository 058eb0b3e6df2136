import { lines } from "./lines.ts";
import { asObjectId, type HashKind, ID_SIZE, type ObjectId } from "./object-id.ts";
import type { Reflog } from "./ref.ts";

/** Both ids of each line of a log file (gitrepository-layout(5), "logs"): what the ref was and what it became. */
export function parseReflog(name: string, bytes: Buffer, hash: HashKind): Reflog {
  const digits = 2 * ID_SIZE[hash];
  const ids = new Set<ObjectId>();
  for (const [, line] of lines(bytes)) {
    for (const at of [0, digits + 1]) {
      const id = asObjectId(line.toString("latin1", at, at + digits), hash);
      if (id) ids.add(id);
    }
  }
  return { name, ids: [...ids] };
}
