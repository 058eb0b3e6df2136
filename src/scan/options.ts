import type { Policy, Rule, ScopeDictionary } from "../model/index.ts";
import type { PoolOptions } from "./pool.ts";
import type { SuppressionInput } from "./suppress.ts";

/** What rules and scopes mean, by id. */
export interface Knowledge {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly dictionaries: ReadonlyMap<string, ScopeDictionary>;
}

/** Everything a scan is told; `config/` and the entries make it. */
export interface ScanOptions extends PoolOptions, Omit<SuppressionInput, "now"> {
  /** Folder that paths in the report are relative to. */
  readonly root: string;
  /** What the rules mean; loaded when something was found, as most scans find nothing. */
  readonly knowledge: () => Promise<Knowledge>;
  readonly policy: Policy;
  /** Said in the report before anything else: settings that name what is not there. */
  readonly notices: readonly string[];
  /** A JWK set of the user, to verify signatures with. */
  readonly jwks?: unknown;
  /** The clock, in epoch seconds. */
  readonly now: number;
  readonly signal: AbortSignal;
}
