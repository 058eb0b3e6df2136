import { Overdue } from "../sources/failure.ts";
import { timed, untimed } from "../sources/in-time.ts";
import type { ChangesUnit } from "../sources/unit.ts";
import type { UnitResult } from "./raw.ts";
import type { Listener, UnitScanner } from "./scan-unit.ts";
import { UnitTally } from "./unit-tally.ts";
import { type StoredFiles, Versions } from "./versions.ts";

/** Scans what commits, or the index, add. */
export type ChangesScanner = (unit: ChangesUnit, listener: Listener) => Promise<UnitResult>;

/** Makes this thread's scanner of changes; `deadline` as a `Listener` has it. */
export function openChanges(scanner: UnitScanner, stored: StoredFiles, deadline: number | null): ChangesScanner {
  const inTime = deadline === null ? untimed : timed(deadline);
  const versions = new Versions(scanner, stored, inTime);
  return async ({ sets }, listener) => {
    const result = new UnitTally();
    const texts = sets.flatMap((set) => set.texts.map((text) => ({ text, set })));
    let next = 0;
    // Texts without a find, as most are, are looked at one after the other without a pause.
    const lookOn = (): Promise<void> | undefined => {
      while (next < texts.length) {
        const { text, set } = texts[next]!;
        listener.at(next++);
        const found = versions.look(text, set.commit, result);
        if (found instanceof Promise) return found.then((late) => versions.addNew(late, text, set, result));
        if (found.length > 0) return versions.addNew(found, text, set, result);
      }
      return undefined;
    };
    while (next < texts.length) {
      try {
        await inTime(lookOn);
      } catch (error) {
        if (!(error instanceof Overdue)) throw error;
        result.gaps.push({ what: texts[next - 1]!.text.path, why: error.message });
      }
    }
    return result.take();
  };
}
