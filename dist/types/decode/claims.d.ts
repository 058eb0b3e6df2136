/** A JSON object without prototype, so that `__proto__` and `constructor` are names like any other. */
export type Claims = Readonly<Record<string, unknown>>;
export declare const NO_CLAIMS: Claims;
/** A claim that is a non-empty string; numbers are not turned into text. */
export declare function text(claims: Claims, name: string): string | undefined;
/** A claim that is a finite number (RFC 7519, 2: NumericDate is one). */
export declare function number(claims: Claims, name: string): number | undefined;
/** A string or number as text, for ids that some issuers write unquoted. */
export declare function id(claims: Claims, name: string): string | undefined;
/** A claim that is a string or an array of strings, as `aud` is (RFC 7519, 4.1.3). Other members are left out. */
export declare function list(claims: Claims, name: string): readonly string[];
/** A claim that is a list of words parted by white space (RFC 8693, 4.2: `scope`), or an array of such lists. */
export declare function words(claims: Claims, name: string): readonly string[];
/** A claim that is an object; an empty one when it is anything else. */
export declare function object(claims: Claims, name: string): Claims;
/** A claim that is an array of objects. Other members are left out. */
export declare function objects(claims: Claims, name: string): readonly Claims[];
/** What a table of our own holds under a name of the token's: `constructor` and `__proto__` are in none. */
export declare function entryOf<T>(table: Readonly<Record<string, T>>, name: string | undefined): T | undefined;
/** Says whether the claim is there, whatever its value. */
export declare function has(claims: Claims, ...names: readonly string[]): boolean;
/** Says whether the object holds these claims at most. */
export declare function holdsOnly(claims: Claims, ...names: readonly string[]): boolean;
/** The host of an issuer or audience, lower case; undefined for what is no URL with a host. */
export declare function hostOf(url: string | undefined): string | undefined;
/** Says whether a host is the domain or lies under it. */
export declare function isUnder(host: string | undefined, ...domains: readonly string[]): boolean;
export declare function isClaims(value: unknown): value is Claims;
