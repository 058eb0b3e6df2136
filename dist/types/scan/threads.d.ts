import type { Pool, PoolOptions } from "./pool.ts";
/** A pool of worker threads, each ended and replaced when a file takes longer than the deadline. */
export declare function openThreads(options: PoolOptions): Pool;
