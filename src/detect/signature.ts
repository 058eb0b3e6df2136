import { slice, type Text } from "./matcher.ts";

/** Bytes before a place in which its block begins: an RSA signature of 16,384 bits takes 2,800 (RFC 9580, 6.2; OpenSSH, PROTOCOL.sshsig). */
const LONGEST = 4096;
/** A line of a block, which a header of a commit begins with a blank. */
const LINE = 78;
const ARMOUR = /^ ?[A-Za-z0-9+/=]{1,76}\r?$/;
const SIGNATURE = /^-----BEGIN (?:PGP|SSH) SIGNATURE-----/;

/** Whether [start, end) stands in a line of an armoured signature: random letters, which now and then look like a token. */
export function inSignature(text: Text, start: number, end: number): boolean {
  const [before, hit, after] = [
    slice(text, start - LINE, start),
    slice(text, start, end),
    slice(text, end, end + LINE),
  ];
  const line = before.slice(before.lastIndexOf("\n") + 1) + hit + after.split("\n", 1)[0];
  if (!ARMOUR.test(line)) return false;
  const block = slice(text, start - LONGEST, start);
  const begin = block.lastIndexOf("-----BEGIN ");
  return begin >= 0 && SIGNATURE.test(block.slice(begin)) && !block.includes("-----END", begin);
}
