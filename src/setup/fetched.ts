import { fetchMissing } from "../git/fetch-missing.ts";
import type { Repository } from "../git/repository.ts";
import { type Gap, grouped } from "../model/index.ts";

/** A repository after its remotes were asked for what it lacks. */
export interface Asked {
  /** Partial only if something is still missing. */
  readonly repository: Repository;
  /** Whether all came that was missing. */
  readonly whole: boolean;
  readonly gaps: readonly Gap[];
  readonly notices: readonly string[];
}

/** Fetches what a partial clone lacks. A remote that fails is a gap, and what is here is looked through. */
export async function withMissing(
  repository: Repository,
  signal: AbortSignal,
  tell: (text: string) => void = () => {},
): Promise<Asked> {
  if (!repository.partial)
    return {
      repository,
      whole: false,
      gaps: [],
      notices: ["--fetch-missing fetched nothing: this is no partial clone"],
    };
  const { fetched, left, why } = await fetchMissing(repository, signal, tell);
  const from = repository.promisors.join(", ");
  const notices = [`${grouped(fetched)} ${fetched === 1 ? "object was" : "objects were"} fetched from ${from}`];
  if (left === 0) return { repository: { ...repository, partial: false }, whole: true, gaps: [], notices };
  return {
    repository,
    whole: false,
    gaps: [{ what: `${grouped(left)} missing objects`, why: `not fetched: ${why}` }],
    notices,
  };
}
