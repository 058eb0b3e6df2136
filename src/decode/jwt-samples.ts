import { type Claims, number, text } from "./claims.ts";
import type { Jose } from "./jose.ts";

interface Sample {
  readonly what: string;
  readonly knows: (claims: Claims, header: Claims) => boolean;
}

/** Key ids and token ids of the examples in RFC 7515, 7517, 7520, 9068 and 9449. */
const RFC_IDS: ReadonlySet<string> = new Set([
  "bilbo.baggins@hobbiton.example",
  "frodo.baggins@hobbiton.example",
  "2011-04-29",
  "e1j3V_bKic8-LAEB",
  "-BwC3ESc6acc2lTc",
]);

/** Documented samples, known by their claims: never by the token, which then would stand in this file. */
const SAMPLES: readonly Sample[] = [
  {
    what: "the sample of jwt.io",
    knows: (claims) =>
      text(claims, "sub") === "1234567890" &&
      text(claims, "name") === "John Doe" &&
      [undefined, 1516239022].includes(number(claims, "iat")),
  },
  {
    what: "the sample of RFC 7519",
    knows: (claims) =>
      text(claims, "iss") === "joe" &&
      number(claims, "exp") === 1300819380 &&
      claims["http://example.com/is_root"] === true,
  },
  {
    what: "made by a test without settings: its audience or issuer is nothing",
    knows: (claims) => ["aud", "iss"].some((name) => /^(?:null|undefined){1,4}$/.test(text(claims, name) ?? "")),
  },
  {
    what: "a sample of the JOSE and OAuth RFCs",
    knows: (claims, header) => RFC_IDS.has(text(header, "kid") ?? "") || RFC_IDS.has(text(claims, "jti") ?? ""),
  },
];

/** Names the documentation a token comes from, or undefined. */
export function sampleOf({ header, claims }: Jose): string | undefined {
  return SAMPLES.find(({ knows }) => knows(claims, header))?.what;
}
