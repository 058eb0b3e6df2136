import { inflateSync } from "node:zlib";
import type { Copied } from "../detect/versions.ts";
import { Gaps } from "../git/malformed.ts";
import { dataSpan, type Pack } from "../git/pack.ts";
import { idOfRank } from "../git/pack-index.ts";
import { faultWords } from "../kernel/faults.ts";
import { SLACK, type Stretch, TOO_LARGE, type Unpacker } from "../kernel/history.ts";
import type { PackBytes } from "./pack-bytes.ts";

/** An object in the kernel's memory, until the visit is over; 64 zeros stand behind it. */
export interface Unpacked extends Stretch {
  /** Made when asked for. */
  readonly bytes: Buffer;
}

/**
 * Is told of every object of a tree of deltas, a base before what is made from it. What it gives for the base comes back
 * with what is made from it, and what the delta copied; an object without base has neither.
 */
export type Visit<T> = (rank: number, object: Unpacked, base: T | undefined, copied: Copied | undefined) => T;

/** A visit before the object is shown. */
type Look<T> = (rank: number, object: Stretch, base: T | undefined, isDelta: boolean) => T;

/** Nothing is packed better than this by deflate (RFC 1951: 258 bytes in two bits). */
const BEST_RATIO = 1032;

/** An object on the stack: what is taken off with it, the object itself, what its visit gave, and its next delta. */
interface Frame<T> {
  readonly bottom: Stretch;
  readonly object: Stretch;
  readonly state: T;
  next: number;
}

interface Made {
  readonly bottom: Stretch;
  readonly object: Stretch;
}

/** Goes through the objects of a pack in the order of their deltas, each inflated once. What is broken is a gap. */
export class Walk {
  readonly gaps = new Gaps();
  readonly #unpacker: Unpacker;
  readonly #pack: Pack;
  readonly #bytes: PackBytes;

  constructor(unpacker: Unpacker, pack: Pack, bytes: PackBytes) {
    this.#unpacker = unpacker;
    this.#pack = pack;
    this.#bytes = bytes;
  }

  /** The objects of these kinds among the ranks [from, to) that are no deltas. */
  *roots(from: number, to: number, kinds: ReadonlySet<number>): Generator<number> {
    for (let rank = from; rank < to; rank++)
      if (this.#pack.bases[rank]! < 0 && kinds.has(this.#pack.kinds[rank]!)) yield rank;
  }

  /** Visits an object that is no delta, and everything made from it. */
  tree<T>(root: number, visit: Visit<T>): void {
    this.#tree<T>(root, (rank, object, base, isDelta) =>
      visit(rank, this.#shown(object), base, isDelta ? this.#unpacker : undefined),
    );
  }

  /** The same for who needs no more than where each object stands; what the delta copied is still in the kernel's memory. */
  places<T>(root: number, visit: (rank: number, object: Stretch, base: T | undefined) => T): void {
    this.#tree(root, visit);
  }

  #tree<T>(root: number, visit: Look<T>): void {
    // What does not fit beside all of its bases is made again with two buffers, and begins a walk of its own.
    const firsts = [root];
    for (let rank = firsts.pop(); rank !== undefined; rank = firsts.pop()) {
      const object = rank === root ? this.#whole(rank) : this.#rebuilt(rank);
      if (typeof object === "string") this.#lost(rank, object);
      else firsts.push(...this.#descend(rank, object, visit));
    }
  }

  /** The object alone, which a visit may then look at. Undefined when it is broken: its gap is then told. */
  one<T>(rank: number, look: (object: Unpacked) => T): T | undefined {
    const object = this.#pack.bases[rank]! < 0 ? this.#whole(rank) : this.#rebuilt(rank);
    if (typeof object === "string") {
      this.gaps.add(idOfRank(this.#pack.index, rank), object);
      return undefined;
    }
    const result = look(this.#shown(object));
    this.#unpacker.pop(object);
    return result;
  }

  #descend<T>(first: number, object: Stretch, visit: Look<T>): number[] {
    const { firstChild, nextSibling } = this.#pack;
    const late: number[] = [];
    const state = visit(first, object, undefined, false);
    const frames: Frame<T>[] = [{ bottom: object, object, state, next: firstChild[first]! }];
    for (let top = frames.at(-1); top; top = frames.at(-1)) {
      const rank = top.next;
      if (rank < 0) {
        frames.pop();
        this.#unpacker.pop(top.bottom);
        continue;
      }
      top.next = nextSibling[rank]!;
      const made = this.#made(rank, top.object);
      if (made === TOO_LARGE) late.push(rank);
      else if (typeof made === "string") this.#lost(rank, made);
      else {
        const given = visit(rank, made.object, top.state, true);
        frames.push({ bottom: made.bottom, object: made.object, state: given, next: firstChild[rank]! });
      }
    }
    return late;
  }

  /** An object that is stored whole, or why there is none. */
  #whole(rank: number): Stretch | string {
    const object = this.#unpacker.push(this.#pack.sizes[rank]!);
    if (!object) return TOO_LARGE;
    const why = this.#inflate(rank, object);
    if (why) this.#unpacker.pop(object);
    return why ?? object;
  }

  /** What a delta makes of its base. */
  #made(rank: number, base: Stretch): Made | string {
    const delta = this.#whole(rank);
    if (typeof delta === "string") return delta;
    const made = this.#applied(delta, base);
    if (typeof made === "string") {
      this.#unpacker.pop(delta);
      return made;
    }
    return { bottom: delta, object: made };
  }

  #applied(delta: Stretch, base: Stretch): Stretch | string {
    const sizes = this.#unpacker.deltaSizes(delta);
    if (typeof sizes === "number") return faultWords(sizes);
    const object = this.#unpacker.push(sizes.result);
    if (!object) return TOO_LARGE;
    const result = this.#unpacker.applyDelta(delta, base, object);
    return result < 0 ? faultWords(result) : object;
  }

  /** An object made of its bases one after the other, of which only two are held at a time. */
  #rebuilt(rank: number): Stretch | string {
    const chain: number[] = [];
    for (let at = rank; at >= 0; at = this.#pack.bases[at]!) chain.push(at);
    let object = this.#whole(chain.pop()!);
    for (let at = chain.pop(); at !== undefined && typeof object !== "string"; at = chain.pop()) {
      const made = this.#made(at, object);
      if (typeof made === "string") this.#unpacker.pop(object);
      object = typeof made === "string" ? made : this.#moved(made.object, object);
    }
    return object;
  }

  /** Puts an object where another one stands, which is given up. */
  #moved(object: Stretch, over: Stretch): Stretch {
    const room = { at: over.at, size: object.at + object.size + SLACK - over.at };
    this.#unpacker.bytes(room).copyWithin(0, object.at - over.at);
    this.#unpacker.pop(over);
    const moved = this.#unpacker.push(object.size);
    if (!moved) throw new Error("an object that was held is held no more");
    return moved;
  }

  /** Inflates an entry's data; gives why that failed. */
  #inflate(rank: number, into: Stretch): string | undefined {
    const { start, end } = dataSpan(this.#pack, rank);
    const size = end - start;
    if (into.size > size * BEST_RATIO + 64) return "it claims to be larger than its packed bytes can hold";
    const { input } = this.#unpacker;
    if (size > input.size) return this.#inflateLarge(start, size, into);
    const at = this.#bytes.at(start, size);
    if (at < 0) return "the pack ends before it does";
    const count = this.#unpacker.inflate({ at, size }, into);
    if (count < 0) return faultWords(count);
    return count === into.size ? undefined : "it is smaller than it says";
  }

  /** What is too large for the input's room is left to Node. */
  #inflateLarge(start: number, size: number, into: Stretch): string | undefined {
    const packed = Buffer.allocUnsafe(size);
    if (!this.#bytes.read(start, size, packed)) return "the pack ends before it does";
    try {
      const data = inflateSync(packed, { maxOutputLength: Math.max(1, into.size) });
      if (data.length !== into.size) return "it is smaller than it says";
      this.#unpacker.put(data, into);
      return undefined;
    } catch (error) {
      return `its compressed data cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"})`;
    }
  }

  #shown(object: Stretch): Unpacked {
    return new InMemory(this.#unpacker, object);
  }

  /** A broken object takes with it what is made from it. */
  #lost(rank: number, why: string): void {
    const { firstChild, nextSibling, index } = this.#pack;
    let more = 0;
    const open = [firstChild[rank]!];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (let child = at; child >= 0; child = nextSibling[child]!) {
        more++;
        open.push(firstChild[child]!);
      }
    }
    const others = more === 0 ? "" : `; ${more} objects that are made from it are lost with it`;
    this.gaps.add(idOfRank(index, rank), why + others);
  }
}

class InMemory implements Unpacked {
  readonly at: number;
  readonly size: number;
  readonly #unpacker: Unpacker;

  constructor(unpacker: Unpacker, { at, size }: Stretch) {
    this.at = at;
    this.size = size;
    this.#unpacker = unpacker;
  }

  get bytes(): Buffer {
    return this.#unpacker.bytes(this);
  }
}
