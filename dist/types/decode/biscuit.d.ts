import type { Anatomy } from "../model/index.ts";
/**
 * A Biscuit (eclipse-biscuit/biscuit, `schema.proto`): how many blocks narrow it, whether it may be narrowed further, and
 * what its first block grants. Every block is readable; nothing is verified.
 */
export declare function decodeBiscuit(secret: string): Anatomy | undefined;
