import { type Authority, type Hint, type Policy, type Power, printable, type Traits } from "../model/index.ts";
import { DATA, type Dictionaries, type Grant, isOwn, most, REACHES, roleGrant, scopeGrant } from "./dictionary.ts";
import { type Extent, issuerOf, list, policyGrant } from "./policy.ts";

/** More scopes than any issuer puts into one token; the rest of a hostile list is not looked up. */
const GRANTS_MOST = 1000;

/** What a token of this kind can do at least, when nothing in it says more (docs/architecture.md, "Scores"). */
const LEAST: Readonly<Partial<Record<Authority["kind"], Power>>> = { refresh: 3, session: 3 };

const VERBS: readonly string[] = [
  "do nothing",
  "identify a user or send data in",
  "read",
  "write and spend",
  "control a whole service",
  "control identities, keys or clusters",
];

/** What each scope and role of a token means: the policy's word first, then the dictionaries'. */
export function grantsOf(
  authority: Authority | undefined,
  policy: Policy,
  dictionaries: Dictionaries,
): readonly Grant[] {
  if (!authority) return [];
  const { scopes, roles } = authority;
  const dictionary = issuerOf(authority, policy)?.kind ?? authority.dictionary;
  const distinct = (names: readonly string[]) => [...new Set(names)].slice(0, GRANTS_MOST);
  const grants = [
    ...distinct(scopes).map((name) => policyGrant(name, policy.scopes) ?? scopeGrant(name, dictionary, dictionaries)),
    ...distinct(roles).map((name) => policyGrant(name, policy.roles) ?? roleGrant(name, dictionary, dictionaries)),
  ];
  return grants.map((grant) => ({ ...grant, name: printable(grant.name) }));
}

/** The traits that follow from the kind, audiences, scopes and roles of a token. */
export function authorityHints(
  authority: Authority,
  extent: Extent,
  grants: readonly Grant[],
  data: Traits["data"],
): readonly Hint[] {
  if (authority.kind === "proof" || authority.kind === "notice")
    return [{ trait: "power", value: 0, reason: "proves or announces something; nobody can act with it" }];
  if (authority.kind === "id") return identityHints();
  return [
    ...powerHints(authority, extent, grants),
    // A key has no audience to go by; its rule says how broad its kind is.
    ...(authority.kind === "key" ? [] : breadthHints(authority, extent, grants)),
    ...grantHints(authority, grants, data),
  ];
}

/** `lets the holder write and spend in payments (scope `ledger:post`)`. */
export function powerSentence(grant: Grant, power: Power, authority: Authority, { reached }: Extent): string {
  const mapped = reached.filter(({ boundary }) => boundary).map(({ name }) => name);
  const where = mapped.length > 0 ? ` in ${list(mapped)}` : "";
  const word = authority.scopes.some((scope) => printable(scope) === grant.name) ? "scope" : "role";
  return `lets the holder ${VERBS[power]}${where} (${word} \`${grant.name}\`)`;
}

/** OpenID Connect Core 2: an ID token tells one client who someone is. */
function identityHints(): readonly Hint[] {
  return [
    { trait: "power", value: 1, reason: "is an identity token: says who someone is, and opens no API by itself" },
    { trait: "breadth", value: "single", reason: "is about one person" },
    { trait: "reach", value: "none" },
    { trait: "data", value: "confidential", reason: "holds personal data" },
  ];
}

function powerHints(authority: Authority, extent: Extent, grants: readonly Grant[]): readonly Hint[] {
  const least = LEAST[authority.kind];
  const strongest = grants.reduce<Grant | undefined>(
    (best, grant) => (best && best.power >= grant.power ? best : grant),
    undefined,
  );
  if (strongest && strongest.power >= (least ?? 1))
    return [
      { trait: "power", value: strongest.power, reason: powerSentence(strongest, strongest.power, authority, extent) },
    ];
  if (least)
    return [{ trait: "power", value: least, reason: `is a ${authority.kind} token: lets the holder act as its owner` }];
  // Scopes that grant nothing by themselves, such as `offline_access`, still stand in a token that opens something.
  return strongest ? [{ trait: "power", value: 1, reason: powerSentence(strongest, 1, authority, extent) }] : [];
}

/**
 * How many boundaries: more than one, or no bound at all, is cross; several APIs of one boundary are multi; scopes about
 * the holder alone are single. That a token of unknown kind has no audience says nothing: sessions of one server have none.
 */
function breadthHints(
  { kind, scopes, roles, audiences }: Authority,
  extent: Extent,
  grants: readonly Grant[],
): readonly Hint[] {
  const { unbounded, reached } = extent;
  if (reached.length > 1) return [{ trait: "breadth", value: "cross", reason: boundariesSentence(extent) }];
  if (kind === "refresh")
    // A refresh token is for its issuer, which is therefore an audience like any other.
    return [
      {
        trait: "breadth",
        value: audiences ? "multi" : "cross",
        reason: audiences ? "can be exchanged for tokens of every API its client may call" : unbounded!,
      },
    ];
  if (unbounded && kind !== "unknown") return [{ trait: "breadth", value: "cross", reason: unbounded }];
  if (grants.length > 0 && roles.length === 0 && scopes.every(isOwn))
    return [{ trait: "breadth", value: "single", reason: "reaches the holder's own profile only" }];
  if (extent.audiences > 1)
    return [{ trait: "breadth", value: "multi", reason: `reaches ${extent.audiences} APIs of ${reached[0]!.name}` }];
  return [{ trait: "breadth", value: "service" }];
}

/** `reaches 3 trust boundaries: shop, payments, hr`. */
export function boundariesSentence({ reached, derived }: Extent): string {
  const names = reached.map(({ name }) => name).join(", ");
  return `reaches ${reached.length} trust boundaries: ${names}${derived ? " (unmapped; told apart by domain and account)" : ""}`;
}

function grantHints({ kind }: Authority, grants: readonly Grant[], fallback: Traits["data"]): readonly Hint[] {
  const renewable = kind === "refresh" || grants.some(({ refresh }) => refresh);
  const personal = kind === "refresh" ? "confidential" : undefined;
  const data = most(DATA, personal, ...grants.map((grant) => grant.data ?? fallback));
  const reach = most(REACHES, ...grants.map((grant) => grant.reach ?? "none"));
  const minting = grants.find((grant) => grant.reach === "mints");
  return [
    ...(reach
      ? [
          {
            trait: "reach",
            value: reach,
            ...(minting && { reason: `can read or create other credentials (\`${minting.name}\`)` }),
          } as const,
        ]
      : []),
    ...(data ? [{ trait: "data", value: data } as const] : []),
    ...(renewable ? [{ trait: "refresh", value: true } as const] : []),
  ];
}
