import type { Anatomy } from "../model/index.ts";
/** Reads a JWT, or any other JOSE object, offline; undefined when it is none. Nothing it claims is verified. */
export declare function decodeJwt(secret: string): Anatomy | undefined;
