import type { ObjectId } from "../git/object-id.ts";
import type { Gap } from "../model/index.ts";
import type { UnitResult } from "./raw.ts";

/** A version that could not be read all of: the submodule it is in, if it is in one, and its id. */
export interface Unread {
  readonly submodule?: string;
  readonly id: ObjectId;
}

/** More are not looked for. */
const MOST = 1000;

const NAMED = /^(?:(.*): )?blob ([0-9a-f]{40}|[0-9a-f]{64})(?=!|$)/s;

/** The versions that looking through something left unread. */
export class UnreadVersions {
  readonly #all = new Map<string, Unread>();

  hear({ gaps, blobs }: UnitResult): void {
    // What an earlier run told is told again without being looked at.
    if (blobs === 0) return;
    for (const { what } of gaps) {
      const [name, submodule, id] = NAMED.exec(what) ?? [];
      if (name && id && this.#all.size < MOST)
        this.#all.set(name, { id: id as ObjectId, ...(submodule !== undefined && { submodule }) });
    }
  }

  of(submodule: string | undefined): readonly ObjectId[] {
    return [...this.#all.values()].filter((one) => one.submodule === submodule).map(({ id }) => id);
  }
}

/** Where versions stand, by how gaps name them. */
export type PlacesOfUnread = ReadonlyMap<string, string>;

/** Adds to gaps of versions where those stand. */
export const placedGaps = (gaps: readonly Gap[], places: PlacesOfUnread = new Map()): readonly Gap[] =>
  gaps.map(({ what, why }) => {
    const place = places.get(NAMED.exec(what)?.[0] ?? "");
    return { what, why: place === undefined || why.endsWith(place) ? why : `${why} ${place}` };
  });
