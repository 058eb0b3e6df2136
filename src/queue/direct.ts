import type { QueueAddress } from "./address.ts";
import { postgresOptions, redisOptions } from "./server.ts";

/** A connection to a queue's Redis, past BullMQ. The queue's own connection says what is wrong with the server. */
export async function redisAt(address: QueueAddress) {
  const { Redis } = await import("ioredis");
  const redis = new Redis(redisOptions(address));
  redis.on("error", () => {});
  return redis;
}

/** A connection to a queue's PostgreSQL, past BullMQ, once a table is there. */
export async function postgresAt(address: QueueAddress, table: string) {
  const { default: pg } = await import("pg");
  const { schema, migrate: _, ...options } = postgresOptions(address);
  const pool = new pg.Pool({ ...options, options: `-c search_path=${schema}`, max: 1 });
  pool.on("error", () => {});
  // Two may make it at once, and one of them is told that it is there.
  await pool.query(table).catch(() => pool.query(table));
  return pool;
}
