export const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";
export const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
export const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Writes a whole number in the alphabet's base, most significant digit first, padded on the left with the zero digit. */
export function encodeBaseN(value: number | bigint, alphabet: string, width = 1): string {
  const base = BigInt(alphabet.length);
  let digits = "";
  for (let rest = BigInt(value); rest > 0n; rest /= base) digits = alphabet[Number(rest % base)] + digits;
  return digits.padStart(width, alphabet[0]);
}

/** Bytes of unpadded base32 text (RFC 4648, section 6), either case; undefined when a character is none of its alphabet. */
export function decodeBase32(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of text.toUpperCase()) {
    const digit = BASE32.indexOf(character);
    if (digit < 0) return undefined;
    held = ((held << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}
