import type { Authority, Hint, Traits } from "../model/index.ts";
import { boundariesSentence, powerSentence } from "./authority.ts";
import { DATA, type Grant, most, REACHES } from "./dictionary.ts";
import type { Extent, Reached } from "./policy.ts";

const ENVIRONMENTS: readonly Traits["environment"][] = ["example", "test", "staging", "unknown", "prod"];

/** The user's word over everything a token says: boundaries and the policy's own scopes and roles. */
export function policyHints(
  authority: Authority | undefined,
  extent: Extent,
  grants: readonly Grant[],
  traits: Traits,
): readonly Hint[] {
  if (traits.power === 0) return [];
  const own = grants.filter(({ by }) => by === "policy");
  const power = authority && authority.kind !== "id" ? powerHints(authority, extent, grants, own, traits) : [];
  const acting = Math.max(traits.power, ...power.map(({ value }) => value as number)) > 1;
  return [
    ...power,
    ...breadthHints(extent),
    ...dataHints(extent, own, traits),
    ...(acting ? reachHints(extent, own, traits) : []),
    ...environmentHints(extent, traits),
  ];
}

/** Where the policy knows every scope and role, its power holds; where it knows some, it can only raise. */
function powerHints(
  authority: Authority,
  extent: Extent,
  grants: readonly Grant[],
  own: readonly Grant[],
  traits: Traits,
): readonly Hint[] {
  const [first, ...rest] = own;
  if (!first) return [];
  const strongest = rest.reduce((best, grant) => (grant.power > best.power ? grant : best), first);
  const settled = own.length === grants.length && authority.kind !== "refresh" && authority.kind !== "session";
  if (!settled && strongest.power <= traits.power) return [];
  return [
    { trait: "power", value: strongest.power, reason: powerSentence(strongest, strongest.power, authority, extent) },
  ];
}

function breadthHints(extent: Extent): readonly Hint[] {
  if (extent.derived || extent.reached.length < 2) return [];
  return [{ trait: "breadth", value: "cross", reason: boundariesSentence(extent) }];
}

/** The most sensitive of all boundaries; one that nothing maps is as sensitive as its kind of token. */
function dataHints({ reached }: Extent, own: readonly Grant[], traits: Traits): readonly Hint[] {
  const mapped = reached.some(({ boundary }) => boundary);
  const sensitivities = mapped ? reached.map(({ boundary }) => boundary?.sensitivity ?? traits.data) : [traits.data];
  const data = most(DATA, ...sensitivities, ...own.map((grant) => grant.data));
  const because = reached.find(({ boundary }) => boundary?.sensitivity === data);
  if (!data || (!mapped && data === traits.data)) return [];
  return [{ trait: "data", value: data, ...(because && { reason: sensitivitySentence(because) }) }];
}

function sensitivitySentence({ name, boundary }: Reached): string {
  const regimes = boundary?.regimes ?? [];
  return `${name} holds ${boundary?.sensitivity} data${regimes.length > 0 ? ` (${regimes.join(", ")})` : ""}`;
}

/** A boundary that keeps secrets, identities or pipelines makes whatever acts in it a maker of credentials. */
function reachHints({ reached }: Extent, own: readonly Grant[], traits: Traits): readonly Hint[] {
  const reach = most(REACHES, traits.reach, ...reached.map((one) => one.reach), ...own.map((grant) => grant.reach));
  if (!reach || reach === traits.reach) return [];
  const through = reached.find((one) => one.reach === reach);
  const stores = through?.boundary?.stores ?? [];
  const where = stores.length > 0 ? `${through!.name} keeps ${stores.join(", ")}` : through?.name;
  const what = reach === "mints" ? "can read or create other credentials" : "reads places where people leave secrets";
  return [{ trait: "reach", value: reach, reason: where ? `${what} (${where})` : what }];
}

/**
 * The gravest environment of all boundaries. It beats what a host name seems to mean; a token that is for tests by its
 * own making (known by facts, not by audience) stays so.
 */
function environmentHints({ reached }: Extent, traits: Traits): readonly Hint[] {
  const certain = traits.environment !== "unknown" && traits.environment !== "prod";
  const environmentOf = ({ boundary, by }: Reached) =>
    (by === "facts" && certain ? undefined : boundary?.environment) ?? traits.environment;
  const environment = most(ENVIRONMENTS, ...reached.map(environmentOf));
  if (!environment || environment === traits.environment) return [];
  const because = reached.find((one) => environmentOf(one) === environment);
  return [
    { trait: "environment", value: environment, ...(because && { reason: `${because.name} is ${environment}` }) },
  ];
}
