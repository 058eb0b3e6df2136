import type { Anatomy } from "../model/index.ts";
/** What the prefixes stand for. */
export declare const KINDS: Readonly<Record<string, string>>;
/** GitHub tokens. */
export declare function decodeGithub(secret: string): Anatomy | undefined;
