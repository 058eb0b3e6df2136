import type { ReachedBoundary } from "../../model/index.ts";
import type { Credential } from "./credentials.ts";

/** One token that several trust boundaries accept. */
export interface Reuse {
  readonly credential: Credential;
  readonly boundaries: readonly ReachedBoundary[];
  readonly owners: readonly string[];
  readonly sensitivities: readonly string[];
}

/** The tokens that are good for more than one trust boundary, the worst first. */
export function reuseOf(credentials: readonly Credential[]): readonly Reuse[] {
  return credentials
    .filter(({ boundaries }) => boundaries.length > 1)
    .map((credential) => {
      const { boundaries } = credential;
      return {
        credential,
        boundaries,
        owners: [...new Set(boundaries.flatMap(({ owner }) => owner ?? []))],
        sensitivities: [...new Set(boundaries.flatMap(({ sensitivity }) => sensitivity ?? []))],
      };
    });
}

/** What the token joins that should be apart: `3 trust boundaries, 2 owners, internal and regulated data`. */
export function reuseText({ boundaries, owners, sensitivities }: Reuse): string {
  const parts = [
    `${boundaries.length} trust boundaries`,
    owners.length > 1 ? `${owners.length} owners` : "",
    sensitivities.length > 1 ? `${sensitivities.join(" and ")} data` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}
