import type { Policy, Rule, ScopeDictionary } from "../model/index.ts";
import type { PoolOptions } from "./pool.ts";
import type { SuppressionInput } from "./suppress.ts";

/** Everything a scan is told; `config/` and the entries make it. */
export interface ScanOptions extends PoolOptions, Omit<SuppressionInput, "now"> {
  /** Folder that paths in the report are relative to. */
  readonly root: string;
  /** By id: what the rules mean. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly policy: Policy;
  readonly dictionaries: ReadonlyMap<string, ScopeDictionary>;
  /** A JWK set of the user, to verify signatures with. */
  readonly jwks?: unknown;
  /** The clock, in epoch seconds. */
  readonly now: number;
  readonly signal: AbortSignal;
}
