import { type Claims, isClaims } from "./claims.ts";
import { parseJose } from "./jose.ts";

/** Most values of one payload that are looked at. */
const MOST = 2_000;

const SHORTEST_TOKEN = 16;

/** Names of claims whose value nobody but its owner should read, and what they hold. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[_.-])(?:passwords?|passwd|pwd|passphrase)$/, "a password"],
  [/(?:^|[_.-])(?:secret|client_?secret|secret_?key|signing_?key)$/, "a secret"],
  [/(?:^|[_.-])(?:api_?key|access_?key|private_?key|encryption_?key)$/, "a key"],
  [/(?:^|[_.-])(?:access|refresh|auth|session|bearer)_?token$/, "another token"],
  [/(?:^|[_.-])(?:cc|pan|cvv|cvc|card_?number|credit_?card|iban)$/, "payment data"],
  [/(?:^|[_.-])(?:ssn|social_?security_?number|passport_?number|national_?id)$/, "a national id"],
];

/** What a payload carries that a signature does not hide (RFC 7519, 12): kinds only, never a name or value of the token. */
export function carriedSecrets(claims: Claims): readonly string[] {
  const found = new Set<string>();
  const open: (readonly [string, unknown])[] = Object.entries(claims);
  for (let looked = 0; looked < MOST && looked < open.length; looked++) {
    const [name, value] = open[looked]!;
    if (typeof value === "string" || typeof value === "number") {
      const kind = kindOf(name, String(value));
      if (kind !== undefined) found.add(kind);
    } else if (Array.isArray(value)) open.push(...value.slice(0, MOST).map((item) => [name, item] as const));
    else if (isClaims(value)) open.push(...Object.entries(value).slice(0, MOST));
  }
  return [...found];
}

function kindOf(name: string, value: string): string | undefined {
  if (/-----BEGIN [A-Z ]{0,30}PRIVATE KEY/.test(value)) return "a private key";
  if (value.length > 20 && /^ey\w/.test(value) && parseJose(value)) return "another token";
  const words = snake(name.slice(-64));
  const kind = NAMES.find(([pattern]) => pattern.test(words))?.[1];
  // `"token": "access"` names a kind of token.
  return value.length < (kind === "another token" ? SHORTEST_TOKEN : 3) ? undefined : kind;
}

/** `apiKey`, `api-key` and `https://acme.com/apiKey` are one name. */
function snake(name: string): string {
  return name
    .replace(/^.*[/:]/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
