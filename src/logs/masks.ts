import type { LogSystem } from "../model/index.ts";

/** What systems write where a secret stood, and how far into it a piece begins with a rarer letter: it is found faster. */
const MASKS: Readonly<Partial<Record<LogSystem, readonly [mask: string, into: number]>>> = {
  github: ["***", 0],
  azure: ["***", 0],
  circleci: ["****", 0],
  jenkins: ["****", 0],
  gitlab: ["[MASKED]", 1],
  travis: ["[secure]", 0],
  buildkite: ["[REDACTED]", 1],
};

/** How much of a mask is looked for: short texts that begin with what is rare are found fastest. */
const NEEDLE = 4;

/** Most names that are kept, and most masks that are looked at, of one log. */
const MOST_NAMES = 1000;
const MOST_MASKS = 50_000;
const BEFORE = 120;

/** A name right before its value: `NAME: `, `NAME=`, `"name": "`. */
const NAME = /(?<name>[A-Za-z_][\w.-]{2,80})["']?[ \t]{0,2}[:=][ \t]{0,2}["']?\[?$/;

/** The names whose values a system masked: it knows them to be secret. */
export class Masks {
  readonly #mask: string;
  readonly #into: number;
  /** Lines by name. */
  readonly names = new Map<string, number>();
  #seen = 0;

  constructor(system: LogSystem) {
    [this.#mask, this.#into] = MASKS[system] ?? ["", 0];
  }

  /** Looks through the room's first `bytes`; `lineAt` gives the raw line of an offset. */
  read(room: Buffer, bytes: number, lineAt: (offset: number) => number): void {
    if (this.#mask === "") return;
    const needle = this.#mask.slice(this.#into, this.#into + NEEDLE);
    const next = (from: number): number => room.indexOf(needle, from, "latin1");
    for (let found = next(0); found >= 0 && found < bytes; found = next(found + needle.length)) {
      const at = found - this.#into;
      if (at < 0 || room.toString("latin1", at, at + this.#mask.length) !== this.#mask) continue;
      if (this.#seen++ >= MOST_MASKS || this.names.size >= MOST_NAMES) return;
      const before = room.toString("latin1", Math.max(0, at - BEFORE), at);
      const name = NAME.exec(before.slice(before.lastIndexOf("\n") + 1))?.groups?.name;
      if (name !== undefined && !this.names.has(name)) this.names.set(name, lineAt(at));
    }
  }
}
