/** How much a token may do: 0 nothing, 1 identify or ingest, 2 read, 3 write or spend, 4 control a service or account, 5 control identities, keys, clusters. */
export type Power = 0 | 1 | 2 | 3 | 4 | 5;
/** The facts of a score, each with the closed list of its values (docs/architecture.md, "Scores"). */
export interface Traits {
    readonly power: Power;
    readonly breadth: "single" | "service" | "multi" | "cross";
    readonly reach: "none" | "secrets-likely" | "mints";
    readonly data: "public" | "internal" | "confidential" | "regulated";
    /** Time left: expired, at most 5 minutes, 1 hour, 24 hours, 30 days, 1 year; `long` beyond a year; `none` has no expiry. */
    readonly life: "expired" | "5m" | "1h" | "24h" | "30d" | "1y" | "long" | "none" | "unknown";
    readonly refresh: boolean;
    readonly possession: "bearer" | "network-bound" | "needs-client-secret" | "sender-bound" | "partial";
    readonly environment: "prod" | "unknown" | "staging" | "test" | "example";
    readonly certainty: "verified" | "checksum" | "structure" | "prefix" | "generic" | "unsigned" | "bad-checksum";
    readonly exposure: "public" | "internal" | "local";
    readonly publicByDesign: boolean;
}
/** One trait that a decoder, rule or policy sets, with the sentence a report prints for it. */
export type Hint = {
    readonly [K in keyof Traits]: {
        readonly trait: K;
        readonly value: Traits[K];
        readonly reason?: string;
    };
}[keyof Traits];
/** Something a token gives away. A checksum or signature proves; an unsigned or unverified field only claims. */
export interface Fact {
    readonly name: string;
    readonly value: string;
    readonly basis: "proved" | "claimed";
}
/** What a token says about who may use it where: the input of dictionaries and of the user's policy. Times are epoch seconds. */
export interface Authority {
    /** Which dictionary in rules/scopes/ reads the scopes and roles: `entra`, `github`, ...; `generic` when unknown. */
    readonly dictionary: string;
    /** `access`, `id`, `refresh`, `assertion`, `proof`, `unknown`, ... (docs/architecture.md, "Decoders"). */
    readonly kind: AuthorityKind;
    readonly issuer?: string;
    readonly subject?: string;
    readonly client?: string;
    /** Absent: the token has no audience at all. */
    readonly audiences?: readonly string[];
    readonly scopes: readonly string[];
    readonly roles: readonly string[];
    readonly issued?: number;
    readonly notBefore?: number;
    readonly expires?: number | "never";
}
export type AuthorityKind = "access" | "id" | "refresh" | "assertion" | "workload" | "session" | "proof" | "notice" | "key" | "unknown";
/** A weakness of the token's own making, such as `alg: none` (RFC 8725). Never a finding of its own. */
export interface Weakness {
    /** `E1` to `E18`, the check that found it. */
    readonly id: string;
    readonly text: string;
    readonly cwe: readonly number[];
    readonly references: readonly string[];
}
/** Everything one decoder reads out of one secret, offline. */
export interface Anatomy {
    readonly facts: readonly Fact[];
    /** Later hints win over earlier ones, and over the rule's default reach. */
    readonly hints: readonly Hint[];
    readonly authority?: Authority;
    readonly weaknesses: readonly Weakness[];
    /** Says why the token is a documented sample, so that its level is `none`. */
    readonly sample?: string;
}
