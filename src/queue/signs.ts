import type { QueueAddress } from "./address.ts";
import { postgresAt, redisAt } from "./direct.ts";

/** Signs of life that sweeps and workers leave in a queue, by the clock of its server. */
export interface Signs {
  /** Says that somebody is here, for so many milliseconds. */
  readonly give: (who: string, milliseconds: number) => Promise<void>;
  readonly isHere: (who: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** Who gives signs: the sweep of a run, and workers that have the same settings. */
export const sweepOf = (run: string): string => `sweep:${run}`;
export const workersWith = (settings: string): string => `workers:${settings}`;

/** Opens the signs of a queue: a connection of their own. */
export async function openSigns(address: QueueAddress): Promise<Signs> {
  return address.kind === "redis" ? redisSigns(address) : postgresSigns(address);
}

async function redisSigns(address: QueueAddress): Promise<Signs> {
  const redis = await redisAt(address);
  const keyOf = (who: string) => `leakreach:sign:${who}`;
  return {
    give: async (who, milliseconds) => void (await redis.set(keyOf(who), "", "PX", milliseconds)),
    isHere: async (who) => (await redis.exists(keyOf(who))) === 1,
    close: async () => redis.disconnect(),
  };
}

const TABLE = "CREATE TABLE IF NOT EXISTS sign_of_life (who text PRIMARY KEY, until timestamptz NOT NULL)";
const CLEAN = `
DELETE FROM sign_of_life
WHERE who IN (SELECT who FROM sign_of_life WHERE until < clock_timestamp() - interval '1 day' FOR UPDATE SKIP LOCKED)`;
const GIVE = `
INSERT INTO sign_of_life (who, until) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
ON CONFLICT (who) DO UPDATE SET until = excluded.until`;
const IS_HERE = "SELECT FROM sign_of_life WHERE who = $1 AND until > clock_timestamp()";

async function postgresSigns(address: QueueAddress): Promise<Signs> {
  const pool = await postgresAt(address, TABLE);
  await pool.query(CLEAN);
  return {
    give: async (who, milliseconds) => void (await pool.query(GIVE, [who, milliseconds])),
    isHere: async (who) => (await pool.query(IS_HERE, [who])).rows.length === 1,
    close: () => pool.end(),
  };
}
