import type { Anatomy } from "../model/index.ts";
/** Fly.io tokens: macaroons in MessagePack, a permission token and its discharges. */
export declare function decodeFly(secret: string): Anatomy | undefined;
