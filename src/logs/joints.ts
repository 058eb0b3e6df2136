/** A place where something was cut out of the middle of a word: the text may also be read with the cut as a border. */
export interface Joint {
  /** Offset in the made text. */
  readonly to: number;
  /** What was cut out, as Latin-1, where it is long enough to hold a secret; else nothing. */
  readonly cut: string;
  /** Raw offset of its end, if it was one piece. */
  readonly end?: number;
}

/** Most joints that are kept: where there are more, text is left as it is. */
const MOST = 1 << 16;
/** Most characters of what was cut out. */
const MOST_CUT = 8 << 20;

/** The joints of the part of a text that is being looked at, in order. */
export class Joints {
  #list: Joint[] = [];
  #cut = 0;

  get isFull(): boolean {
    return this.#list.length >= MOST || this.#cut >= MOST_CUT;
  }

  add(joint: Joint): void {
    this.#list.push(joint);
    this.#cut += joint.cut.length;
  }

  /** Those at [from, to). */
  between(from: number, to: number): readonly Joint[] {
    return this.#list.filter((joint) => joint.to >= from && joint.to < to);
  }

  /** What was cut out there that holds a text. */
  with(to: number, text: string): Joint | undefined {
    let [low, high] = [0, this.#list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#list[middle]!.to < to) low = middle + 1;
      else high = middle;
    }
    for (; this.#list[low]?.to === to; low++) if (this.#list[low]!.cut.includes(text)) return this.#list[low];
    return undefined;
  }

  forget(before: number): void {
    if (this.#list.length === 0 || this.#list[0]!.to >= before) return;
    this.#list = this.#list.filter(({ to }) => to >= before);
    this.#cut = this.#list.reduce((sum, { cut }) => sum + cut.length, 0);
  }
}
