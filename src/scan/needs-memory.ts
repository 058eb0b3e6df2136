import { saysTooLarge } from "../git/malformed.ts";
import { TOO_LARGE } from "../kernel/history.ts";
import type { Gap } from "../model/index.ts";
import { OVERFULL } from "./match-gatherer.ts";

/** Whether an object was left out that takes more memory than a thread has. */
export const isTooLarge = ({ why }: Gap): boolean => why === TOO_LARGE || saysTooLarge(why);

/** Whether something was left out for want of memory. */
export const needsMemory = (gap: Gap): boolean => isTooLarge(gap) || gap.why === OVERFULL;
