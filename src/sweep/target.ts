import type { Gap } from "../model/index.ts";
import type { ProviderName } from "../providers/provider.ts";
import type { SweptRepository } from "../report/repository-report.ts";

/** A repository that is to be looked at, and where it is. */
export interface Target {
  readonly repository: SweptRepository;
  readonly at: Place;
  /** As its host says. */
  readonly bytes?: number;
  /** ISO 8601. */
  readonly pushedAt?: string;
}

/** On this machine, or with a host that it is cloned from, or the logs that a provider has of it. An address never holds a login. */
export type Place =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "remote"; readonly url: string }
  | { readonly kind: "logs"; readonly provider: ProviderName; readonly project: string };

/** What a source names, and what of it could not be listed. */
export interface Listing {
  readonly targets: readonly Target[];
  readonly gaps: readonly Gap[];
}
