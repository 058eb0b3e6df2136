import { Buffer } from "node:buffer";
import { X509Certificate } from "node:crypto";
import { type Claims, hostOf, list, number, text } from "./claims.ts";

/** Longest chain that is read. */
const MOST = 8;
const LONGEST = 16 * 1024;

/** What is weak about the certificates that a token carries (`x5c`: RFC 7515, 4.1.6). Who signed the last of them is not checked. */
export function certificateWeakness(header: Claims, claims: Claims): string | undefined {
  const encoded = list(header, "x5c");
  if (!("x5c" in header)) return undefined;
  const chain = encoded.slice(0, MOST).map(read);
  const [own, ...above] = chain;
  if (!own || chain.includes(undefined)) return "carries certificates that cannot be read (x5c)";
  const flaw =
    chainFlaw([own, ...(above as X509Certificate[])]) ?? timeFlaw(own, number(claims, "iat")) ?? nameFlaw(own, claims);
  return flaw && `carries its own certificates (x5c), and ${flaw}`;
}

function read(encoded: string): X509Certificate | undefined {
  if (encoded.length > LONGEST) return undefined;
  try {
    return new X509Certificate(Buffer.from(encoded, "base64"));
  } catch {
    return undefined;
  }
}

/** Each is to be issued by the next (RFC 7515, 4.1.6). */
function chainFlaw(chain: readonly X509Certificate[]): string | undefined {
  const [own] = chain;
  if (chain.length === 1 && own!.issuer === own!.subject)
    return "the only one is signed by itself: anyone can make one";
  const broken = chain.some((certificate, at) => at > 0 && !isIssued(chain[at - 1]!, certificate));
  return broken ? "they are no chain: one is not issued by the next" : undefined;
}

function isIssued(certificate: X509Certificate, by: X509Certificate): boolean {
  try {
    return certificate.checkIssued(by) && certificate.verify(by.publicKey);
  } catch {
    return false;
  }
}

function timeFlaw(certificate: X509Certificate, issued: number | undefined): string | undefined {
  if (issued === undefined) return undefined;
  const [from, until] = [certificate.validFrom, certificate.validTo].map((date) => Date.parse(date) / 1000);
  if (issued > until!) return "the token was issued after its certificate had ended";
  return issued < from! ? "the token was issued before its certificate began" : undefined;
}

/** A certificate for a host other than the issuer's proves another party; one that names no host proves nothing here. */
function nameFlaw(certificate: X509Certificate, claims: Claims): string | undefined {
  const host = hostOf(text(claims, "iss"));
  const names = /DNS:/.test(certificate.subjectAltName ?? "");
  return host !== undefined && names && certificate.checkHost(host) === undefined
    ? "its certificate is for another host than its issuer's"
    : undefined;
}
