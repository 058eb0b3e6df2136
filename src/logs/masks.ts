import type { LogSystem } from "../model/index.ts";

/** What systems write where a secret stood; of `[secure]` the rarer letters, which are found faster. */
const MASKS: Readonly<Partial<Record<LogSystem, string>>> = {
  github: "***",
  azure: "***",
  circleci: "****",
  jenkins: "****",
  gitlab: "[MASKED]",
  travis: "secure]",
  buildkite: "[REDACTED]",
};

/** Most names that are kept, and most masks that are looked at, of one log. */
const MOST_NAMES = 1000;
const MOST_MASKS = 50_000;
const BEFORE = 120;

/** A name right before its value: `NAME: `, `NAME=`, `"name": "`. */
const NAME = /(?<name>[A-Za-z_][\w.-]{2,80})["']?[ \t]{0,2}[:=][ \t]{0,2}["']?\[?$/;

/** The names whose values a system masked: it knows them to be secret. */
export class Masks {
  readonly #mask: string | undefined;
  /** Lines by name. */
  readonly names = new Map<string, number>();
  #seen = 0;

  constructor(system: LogSystem) {
    this.#mask = MASKS[system];
  }

  /** Looks through the room's first `bytes`; `lineAt` gives the raw line of an offset. */
  read(room: Buffer, bytes: number, lineAt: (offset: number) => number): void {
    if (this.#mask === undefined) return;
    let at = room.indexOf(this.#mask, 0, "latin1");
    while (at >= 0 && at < bytes && this.#seen++ < MOST_MASKS && this.names.size < MOST_NAMES) {
      const before = room.toString("latin1", Math.max(0, at - BEFORE), at);
      const name = NAME.exec(before.slice(before.lastIndexOf("\n") + 1))?.groups?.name;
      if (name !== undefined && !this.names.has(name)) this.names.set(name, lineAt(at));
      at = room.indexOf(this.#mask, at + this.#mask.length, "latin1");
    }
  }
}
