import type { JsonReport } from "./json.ts";

/** A repository of a sweep, as its host or its folder names it. */
export interface SweptRepository {
  /** Stable over sweeps and unique in a store: `github.com/acme/shop`, or the path of a folder. */
  readonly id: string;
  /** What people call it: `acme/shop`. */
  readonly name: string;
  /** Where a browser finds it; without credentials. */
  readonly url?: string;
  readonly visibility?: "public" | "internal" | "private";
  readonly archived?: boolean;
  readonly fork?: boolean;
}

/** What the scan of one repository came to, as a store keeps it and a worker returns it: nothing in it is secret. */
export interface RepositoryReport {
  readonly repository: SweptRepository;
  /** ISO 8601. */
  readonly finishedAt: string;
  /** By fingerprint, when the sweep began that first found it here; ISO 8601. Known to stores. */
  readonly firstSeen?: Readonly<Record<string, string>>;
  readonly report: JsonReport;
}
