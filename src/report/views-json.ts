import type { PageOptions } from "./html/document.ts";
import { safeJson } from "./redact.ts";
import type { RepositoryReport } from "./repository-report.ts";
import { type Credential, credentialsOf } from "./views/credentials.ts";
import { identitiesOf } from "./views/identities.ts";
import { reuseOf } from "./views/reuse.ts";

/** `$id` of docs/views.schema.json. */
export const VIEWS_SCHEMA = "https://leakreach.dev/schema/views.schema.json";

/** All repositories in one document: each secret once with all its places, identities, and reuse; as docs/views.schema.json has it. */
export function* viewsPieces(
  reports: readonly RepositoryReport[],
  { minLevel, version }: Pick<PageOptions, "minLevel" | "version">,
): Generator<string> {
  const credentials = credentialsOf(reports, minLevel);
  const head = {
    schema: VIEWS_SCHEMA,
    tool: { name: "leakreach", version },
    repositories: reports.map(({ repository, finishedAt, report }) => ({
      ...repository,
      finishedAt,
      complete: report.stats.complete,
      findings: report.findings.length,
      gaps: report.gaps,
    })),
    identities: identitiesOf(credentials).map(({ credentials: all, repositories, ...identity }) => ({
      ...identity,
      level: all[0].worst.level,
      score: all[0].worst.score,
      credentials: all.map(({ fingerprint }) => fingerprint),
      repositories: repositories.map(({ id }) => id),
    })),
    reuse: reuseOf(credentials).map(({ credential, boundaries, ...rest }) => ({
      fingerprint: credential.fingerprint,
      boundaries: boundaries.map(({ name }) => name),
      ...rest,
    })),
  };
  yield `${safeJson(head).slice(0, -1)},"credentials":[`;
  for (const [at, credential] of credentials.entries())
    yield (at > 0 ? "," : "") + safeJson(credentialJson(credential));
  yield "]}\n";
}

function credentialJson(credential: Credential): object {
  const { worst, worstIn: _, exposures, repositories, fingerprint, ...rest } = credential;
  const { exposures: __, owners: ___, boundaries: ____, fingerprint: _____, history: ______, ...reach } = worst;
  return {
    fingerprint,
    ...reach,
    ...rest,
    repositories: repositories.map(({ id }) => id),
    exposures: exposures.map(({ repository, place }) => ({ repository: repository.id, ...place })),
  };
}
