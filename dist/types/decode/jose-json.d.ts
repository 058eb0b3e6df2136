import { type Claims } from "./claims.ts";
/** A JSON object, and whether a member stands in it twice (RFC 8259, 4: parsers then differ). */
export interface JsonObject {
    readonly object: Claims;
    readonly duplicate: boolean;
}
/** Reads a JSON object of bounded depth into objects without prototype; undefined for anything else. */
export declare function parseJsonObject(json: string): JsonObject | undefined;
