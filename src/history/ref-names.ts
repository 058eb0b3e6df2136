import type { Listed } from "./where.ts";

/** What is listed of many. */
export const MOST_SHOWN = 20;

/** Names of refs, each entered once. Only the first few are kept: a code host has a ref for each of ten thousand requests. */
export class RefNames implements Listed<string> {
  count = 0;
  readonly shown: string[] = [];

  add(name: string): void {
    if (this.count++ < MOST_SHOWN) this.shown.push(name);
  }
}
