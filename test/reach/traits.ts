import type { Traits } from "../../src/model/index.ts";

/** Every value of every trait, in the order in which the score may not fall. */
export const ORDERS: { readonly [K in keyof Traits]: readonly Traits[K][] } = {
  power: [0, 1, 2, 3, 4, 5],
  breadth: ["single", "service", "multi", "cross"],
  reach: ["none", "secrets-likely", "mints"],
  data: ["public", "internal", "confidential", "regulated"],
  life: ["expired", "5m", "1h", "24h", "30d", "1y", "unknown", "long", "none"],
  refresh: [false, true],
  possession: ["partial", "sender-bound", "needs-client-secret", "network-bound", "bearer"],
  environment: ["example", "test", "staging", "unknown", "prod"],
  certainty: ["bad-checksum", "unsigned", "generic", "prefix", "structure", "checksum", "verified"],
  exposure: ["local", "internal", "public"],
  publicByDesign: [true, false],
};

/** Every combination of traits. One object is changed in place, so keep none. */
export function* everyTraits(): Generator<Traits> {
  const names = Object.keys(ORDERS) as (keyof Traits)[];
  const traits: Record<string, unknown> = {};
  const fill = function* (at: number): Generator<Traits> {
    const name = names[at];
    if (name === undefined) return yield traits as unknown as Traits;
    for (const value of ORDERS[name]) {
      traits[name] = value;
      yield* fill(at + 1);
    }
  };
  yield* fill(0);
}
