import type { Pool, PoolOptions, Started } from "./pool.ts";
/** Starts threads that help with packs until it is known what they are to scan. */
export declare function startThreads(jobs: number): Started;
/** A pool of worker threads, each ended and replaced when a file takes longer than the deadline. */
export declare function openThreads(options: PoolOptions): Pool;
