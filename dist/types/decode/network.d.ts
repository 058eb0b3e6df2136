import type { Anatomy } from "../model/index.ts";
/** ngrok's tokens begin with a KSUID, which holds when it was made. */
export declare function decodeNgrok(secret: string): Anatomy | undefined;
