import type { Weakness } from "../model/index.ts";
/** A key that only its passphrase opens. */
export declare const LOCKED: import("../model/traits.ts").Hint;
/** Keys that are too small to be kept (NIST SP 800-131A, 3: 2048 bits for RSA and DSA). */
export declare function weakSize(family: string, bits: number | undefined): readonly Weakness[];
/** A passphrase that a single round of MD5 guards (OpenSSL's PEM encryption: RFC 1421 headers). */
export declare const MD5_GUARDED: Weakness;
