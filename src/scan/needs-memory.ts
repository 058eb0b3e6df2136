import { TOO_LARGE } from "../kernel/history.ts";
import type { Gap } from "../model/index.ts";

/** Whether something was left out for want of memory. */
export const needsMemory = ({ why }: Gap): boolean => why === TOO_LARGE;
