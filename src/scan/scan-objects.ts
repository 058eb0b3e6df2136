import { readLoose } from "../git/loose.ts";
import { Gaps } from "../git/malformed.ts";
import { ID_SIZE, idAt, KIND_WORDS } from "../git/object-id.ts";
import { idOfRank } from "../git/pack-index.ts";
import type { HistoryData } from "../history/data.ts";
import { type Found, findInObject, findInPack, LOOKED_AT, type Looked } from "../history/find.ts";
import { PackBytes } from "../history/pack-bytes.ts";
import { Walk } from "../history/walk.ts";
import { TOO_LARGE, Unpacker } from "../kernel/history.ts";
import type { BlobId } from "../model/index.ts";
import type { ObjectsUnit } from "../sources/unit.ts";
import { type RawMatch, rawMatch, type UnitResult } from "./raw.ts";
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
    const gaps = new Gaps();
    const looked: Looked = { objects: 0, bytes: 0, effort: { candidates: 0 } };
    for (let place = from; place < to; place++) {
      if (repeated[place] === 1) continue;
      const id = idAt(ids, place * ID_SIZE[data.hash], ID_SIZE[data.hash]);
      const object = gaps.try(id, () => readLoose(folder, id, data.hash, data.memory >> 1));
      if (!object || !LOOKED_AT.has(object.kind)) continue;
      const held = unpacker.hold(object.content);
      if (!held) {
        gaps.add(id, TOO_LARGE);
        continue;
      }
      const found = findInObject(plan, samples, { ...held, bytes: unpacker.bytes(held) }, looked);
      unpacker.pop(held);
      result.matches.push(...found.map((one) => toRaw(one, id, object.kind)));
    }
    count(result, looked);
    result.gaps.push(...gaps.all());
    return result.take();
  };

  return (unit) => (unit.pack === undefined ? inFolder(unit, unit.folder!) : inPack(unit, unit.pack));
}

function count(result: UnitTally, { objects, bytes, effort }: Looked): void {
  result.blobs += objects;
  result.bytes += bytes;
  result.candidates += effort.candidates;
  if (effort.cut) result.gaps.push({ what: "objects with much encoded text", why: effort.cut });
}

/** Until its path is known, a place is named by its object. */
function toRaw({ hit, region, only }: Found, object: string, kind: number): RawMatch {
  const stored = KIND_WORDS[kind] as "blob" | "commit" | "tag";
  const provenance = { kind: "history", path: `${stored} ${object}`, object, stored } as const;
  const raw = rawMatch(hit, region, { provenance, blob: object as BlobId });
  return only ? { ...raw, only } : raw;
}
