/** A JSON object without prototype, so that `__proto__` and `constructor` are names like any other. */
export type Claims = Readonly<Record<string, unknown>>;

export const NO_CLAIMS: Claims = Object.freeze(Object.create(null));

/** A claim that is a non-empty string; numbers are not turned into text. */
export function text(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A claim that is a finite number (RFC 7519, 2: NumericDate is one). */
export function number(claims: Claims, name: string): number | undefined {
  const value = claims[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A string or number as text, for ids that some issuers write unquoted. */
export function id(claims: Claims, name: string): string | undefined {
  const value = number(claims, name);
  return value === undefined ? text(claims, name) : String(value);
}

/** A claim that is a string or an array of strings, as `aud` is (RFC 7519, 4.1.3). Other members are left out. */
export function list(claims: Claims, name: string): readonly string[] {
  const value = claims[name];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A claim that is a list of words parted by white space (RFC 8693, 4.2: `scope`), or an array of such lists. */
export function words(claims: Claims, name: string): readonly string[] {
  return list(claims, name).flatMap((item) => item.split(/\s+/).filter((word) => word !== ""));
}

/** A claim that is an object; an empty one when it is anything else. */
export function object(claims: Claims, name: string): Claims {
  const value = claims[name];
  return isClaims(value) ? value : NO_CLAIMS;
}

/** A claim that is an array of objects. Other members are left out. */
export function objects(claims: Claims, name: string): readonly Claims[] {
  const value = claims[name];
  return Array.isArray(value) ? value.filter(isClaims) : [];
}

/** What a table of our own holds under a name of the token's: `constructor` and `__proto__` are in none. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Says whether the claim is there, whatever its value. */
export function has(claims: Claims, ...names: readonly string[]): boolean {
  return names.some((name) => name in claims);
}

/** Says whether the object holds these claims at most. */
export function holdsOnly(claims: Claims, ...names: readonly string[]): boolean {
  return Object.keys(claims).every((name) => names.includes(name));
}

/** The host of an issuer or audience, lower case; undefined for what is no URL with a host. */
export function hostOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return hostname === "" ? undefined : hostname.toLowerCase();
}

/** Says whether a host is the domain or lies under it. */
export function isUnder(host: string | undefined, ...domains: readonly string[]): boolean {
  return host !== undefined && domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

export function isClaims(value: unknown): value is Claims {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
