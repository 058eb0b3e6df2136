import { readLoose } from "../git/loose.ts";
import { whyUnread } from "../git/malformed.ts";
import { BLOB, COMMIT, ID_SIZE, idAt, KIND_WORDS, TAG } from "../git/object-id.ts";
import { idOfRank } from "../git/pack-index.ts";
import type { HistoryData } from "../history/data.ts";
import { type Found, findInObject, findInPack, type Looked } from "../history/find.ts";
import { PackBytes } from "../history/pack-bytes.ts";
import { Walk } from "../history/walk.ts";
import { Unpacker } from "../kernel/history.ts";
import type { BlobId } from "../model/index.ts";
import type { ObjectsUnit } from "../sources/unit.ts";
import type { RawMatch, UnitResult } from "./raw.ts";
import type { UnitScanner } from "./scan-unit.ts";
import { UnitTally } from "./unit-tally.ts";

/** Packed bytes of one object that are inflated in the kernel; of more, which is rare, Node takes care. */
const INPUT = 8 << 20;

/** Scans objects of a repository in this thread. */
export type ObjectScanner = (unit: ObjectsUnit) => UnitResult;

/** Makes this thread's scanner of objects: its memory grows as it needs, up to what is allowed. */
export function openObjects({ plan, samples }: UnitScanner, data: HistoryData): ObjectScanner {
  const unpacker = new Unpacker(plan.kernel, { memory: data.memory, input: Math.min(INPUT, data.memory >> 3) });
  const { packs, loose } = data.objects;
  const bytes = packs.map((pack) => new PackBytes(pack));

  const inPack = ({ from, to }: ObjectsUnit, number: number): UnitResult => {
    const pack = packs[number]!;
    const result = new UnitTally();
    const walk = new Walk(unpacker, pack, bytes[number]!);
    const looked = findInPack(plan, samples, walk, pack, [from, to], data.engine, (rank, found) => {
      const id = idOfRank(pack.index, rank);
      result.matches.push(...found.map((one) => toRaw(one, id, pack.kinds[rank]!)));
    });
    count(result, looked);
    result.gaps.push(...walk.gaps.all());
    return result.take();
  };

  const inFolder = ({ from, to }: ObjectsUnit, number: number): UnitResult => {
    const { folder, ids, repeated } = loose[number]!;
    const result = new UnitTally();
    const looked: Looked = { objects: 0, bytes: 0, effort: { candidates: 0 }, gaps: [] };
    for (let place = from; place < to; place++) {
      if (repeated[place] === 1) continue;
      const id = idAt(ids, place * ID_SIZE[data.hash], ID_SIZE[data.hash]);
      try {
        const object = readLoose(folder, id, data.hash, data.memory >> 1);
        if (!object || ![BLOB, COMMIT, TAG].includes(object.kind as never)) continue;
        const held = unpacker.push(object.content.length);
        if (!held) throw new Error("it needs more memory than is allowed: raise --memory");
        const room = unpacker.bytes({ at: held.at, size: held.size + 64 });
        object.content.copy(room);
        room.fill(0, held.size);
        const found = findInObject(plan, samples, { ...held, bytes: unpacker.bytes(held) }, looked);
        unpacker.pop(held);
        result.matches.push(...found.map((one) => toRaw(one, id, object.kind)));
      } catch (error) {
        result.gaps.push({ what: id, why: whyUnread(error) });
      }
    }
    count(result, looked);
    return result.take();
  };

  return (unit) => (unit.pack === undefined ? inFolder(unit, unit.folder!) : inPack(unit, unit.pack));
}

function count(result: UnitTally, { objects, bytes, effort, gaps }: Looked): void {
  result.blobs += objects;
  result.bytes += bytes;
  result.candidates += effort.candidates;
  result.gaps.push(...gaps);
  if (effort.cut) result.gaps.push({ what: "objects with much encoded text", why: effort.cut });
}

/** Until its path is known, a place is named by its object. */
function toRaw({ hit, region, only }: Found, id: string, kind: number): RawMatch {
  return {
    rule: hit.matcher.id,
    secret: Buffer.from(hit.secret, "latin1").toString("utf8"),
    provenance: { kind: "history", path: `${KIND_WORDS[kind]} ${id}`, object: id },
    blob: id as BlobId,
    span: { start: hit.start, end: hit.end },
    region,
    checksum: hit.checksum,
    encodings: hit.encodings,
    parts: hit.parts,
    ...(hit.whole === undefined ? {} : { whole: hit.whole }),
    ...(hit.demoted ? { demoted: hit.demoted } : {}),
    ...(hit.assignedTo ? { assignedTo: hit.assignedTo } : {}),
    ...(only ? { only } : {}),
  };
}
