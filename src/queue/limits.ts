import type { QueueAddress } from "./address.ts";
import { postgresAt, redisAt } from "./direct.ts";

/** Turns that all workers of a queue take at a host, by the clock of the queue's server. */
export interface Turns {
  /** Takes the next turn at a host, of which one comes every so many milliseconds; how many milliseconds it is away. */
  readonly take: (host: string, every: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Opens the turns of a queue: a connection of their own, made only where a sweep has a rate. */
export async function openTurns(address: QueueAddress): Promise<Turns> {
  return address.kind === "redis" ? redisTurns(address) : postgresTurns(address);
}

/** Milliseconds that a turn is remembered after it was. */
const KEPT = 60_000;

const SCRIPT = `
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local turn = math.max(now, tonumber(redis.call("GET", KEYS[1]) or 0))
redis.call("SET", KEYS[1], turn + ARGV[1], "PX", turn + ARGV[1] - now + ${KEPT})
return turn - now`;

async function redisTurns(address: QueueAddress): Promise<Turns> {
  const redis = await redisAt(address);
  return {
    take: async (host, every) => Number(await redis.eval(SCRIPT, 1, `leakreach:turn:${host}`, Math.ceil(every))),
    close: async () => redis.disconnect(),
  };
}

const TABLE = "CREATE TABLE IF NOT EXISTS host_turn (host text PRIMARY KEY, next timestamptz NOT NULL)";
const TAKE = `
INSERT INTO host_turn AS mine (host, next) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
ON CONFLICT (host) DO UPDATE SET next = greatest(mine.next, clock_timestamp()) + $2 * interval '1 millisecond'
RETURNING greatest(0, extract(epoch FROM next - clock_timestamp()) * 1000 - $2) AS wait`;

async function postgresTurns(address: QueueAddress): Promise<Turns> {
  const pool = await postgresAt(address, TABLE);
  return {
    take: async (host, every) => Number((await pool.query(TAKE, [host, every])).rows[0]!.wait),
    close: () => pool.end(),
  };
}
