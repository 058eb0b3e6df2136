import { saysTooLarge } from "../git/malformed.ts";
import { TOO_LARGE } from "../kernel/history.ts";
import type { Gap } from "../model/index.ts";
import { OVERFULL } from "./match-gatherer.ts";

/** Whether something was left out for want of memory. */
export const needsMemory = ({ why }: Gap): boolean => why === TOO_LARGE || why === OVERFULL || saysTooLarge(why);
