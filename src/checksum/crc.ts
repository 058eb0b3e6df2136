import { Buffer } from "node:buffer";
import { BASE36, BASE62, encodeBaseN } from "./base-n.ts";
import { crc32 } from "./crc32.ts";

/** Splits a token by a pattern of two groups: what is summed, and the checksum as written. */
function check(pattern: RegExp, sum: (body: string) => string): (secret: string) => boolean | undefined {
  return (secret) => {
    const [, body, written] = pattern.exec(secret) ?? [];
    return body === undefined ? undefined : sum(body) === written;
  };
}

const base62 = (body: string) => encodeBaseN(crc32(body), BASE62, 6);
const hex = (body: string) => crc32(body).toString(16).padStart(8, "0");

/** `ghp_`, `gho_`, `ghu_`, `ghs_`, `ghr_`: base62 of the body's CRC-32 (GitHub blog, "Behind GitHub's new authentication token formats"). */
export const github = check(/^gh[pousr]_([A-Za-z0-9]{30}(?:[A-Za-z0-9]{40})?)([A-Za-z0-9]{6})$/, base62);

/** The same scheme as GitHub's (GitHub blog, "Announcing npm's new access token format"). */
export const npm = check(/^npm_([A-Za-z0-9]{30})([A-Za-z0-9]{6})$/, base62);

/** `vcp_`, `vci_`, `vca_`, `vcr_`, `vck_`: the same scheme over 50 characters (mongodb/kingfisher, vercel.yml). */
export const vercel = check(/^vc[pirak]_([A-Za-z0-9]{50})([A-Za-z0-9]{6})$/, base62);

/** Hex of the body's CRC-32 after an underscore; shown on two public samples. */
export const zuplo = check(/^zpka_([A-Za-z0-9]{32})_([0-9a-f]{8})$/, hex);

/** 40 characters and a checksum (developers.cloudflare.com, "Token formats"); that it is their CRC-32 was found by trial on one token. */
export const cloudflare = check(/^cf(?:ut|at|k)_([A-Za-z0-9]{40})([0-9a-f]{8})$/, hex);

/** Atlassian and Bitbucket: upper-case hex of the CRC-32 of all before it, the `=` too; found by trial. */
export const atlassian = check(/^(AT[AC]TT3[\w-]{20,400}=)([0-9A-F]{8})$/, (body) => hex(body).toUpperCase());

/** Little-endian hex of the CRC-32 of all before the second `_` (grafana/grafana, pkg/components/satokengen). */
export const grafana = check(/^(glsa_[A-Za-z0-9]{32})_([0-9a-f]{8})$/, (body) => reversed(hex(body)));

/** Routable GitLab tokens: base36 of the CRC-32 of all before it, prefix included (google/osv-scalibr, `veles/secrets/gitlabpat`). */
export const gitlabRoutable = check(
  /^([\w.]{0,20}-?[a-z]{2,10}-[\w-]{27,400}\.(?:[0-9a-z]{2}\.)?[0-9a-z]{2})([0-9a-z]{7})$/,
  (body) => encodeBaseN(crc32(body), BASE36, 7),
);

function reversed(digits: string): string {
  return Buffer.from(digits, "hex").reverse().toString("hex");
}
