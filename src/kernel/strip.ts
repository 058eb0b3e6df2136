import { WASM } from "../generated/strip-wasm.ts";
import { compiled } from "./compiled.ts";
import { JOINT, STAMP, STRIP_OUT, STRIP_RAW, STRIP_ROWS, STRIP_SIZE } from "./strip-layout.ts";

interface Exports {
  strip(at: number, end: number, op: number, before: number, cut: number): number;
  readonly made: WebAssembly.Global;
  readonly rowCount: WebAssembly.Global;
  readonly pending: WebAssembly.Global;
}

/** What one call did: offsets in the two rooms. */
export interface Stripped {
  /** Where it stopped in the raw text, and where the made text ends. */
  readonly at: number;
  readonly made: number;
  /** Where something was cut out: the made text goes on at `to`, the raw one at `from`. */
  readonly rows: readonly Row[];
  /** Something was cut out behind the last byte that was made. */
  readonly pending: boolean;
}

interface Row {
  readonly to: number;
  readonly from: number;
  /** The cut parts a word. */
  readonly joint: boolean;
  /** It is the stamp of a line. */
  readonly stamp: boolean;
}

/** Takes plain control sequences out of a text, with SIMD: raw bytes in one room, what is made of them in another. */
export class Stripper {
  readonly raw: Buffer;
  readonly out: Buffer;
  readonly #exports: Exports;
  readonly #rows: Uint32Array;

  constructor() {
    const memory = new WebAssembly.Memory({ initial: 40 });
    this.#exports = new WebAssembly.Instance(compiled(WASM), { env: { memory, abort } }).exports as unknown as Exports;
    this.raw = Buffer.from(memory.buffer, STRIP_RAW, STRIP_SIZE);
    this.out = Buffer.from(memory.buffer, STRIP_OUT, STRIP_SIZE);
    this.#rows = new Uint32Array(memory.buffer, STRIP_ROWS);
  }

  /** Strips the raw bytes [at, end) to `made` on; `each` is told of each row, in order. Stops at what it does not know. */
  strip(
    at: number,
    end: number,
    made: number,
    { before, cut }: { readonly before: number; readonly cut: boolean },
    each: (to: number, from: number, joint: boolean, stamp: boolean) => void,
  ): Omit<Stripped, "rows"> {
    const { strip, made: stop, rowCount, pending } = this.#exports;
    const stopped = strip(STRIP_RAW + at, STRIP_RAW + end, STRIP_OUT + made, before, Number(cut));
    const count = 2 * (rowCount.value as number);
    for (let i = 0; i < count; i += 2) {
      const to = this.#rows[i]!;
      each((to & PLACE) - STRIP_OUT, this.#rows[i + 1]! - STRIP_RAW, to >= JOINT, (to & STAMP) !== 0);
    }
    return { at: stopped - STRIP_RAW, made: (stop.value as number) - STRIP_OUT, pending: Boolean(pending.value) };
  }
}

const PLACE = STAMP - 1;

function abort(): never {
  throw new Error("the kernel stopped");
}
