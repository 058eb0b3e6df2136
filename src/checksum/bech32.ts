export const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** The five-bit values of lower-case bech32 characters. */
export function valuesOf(text: string): readonly number[] {
  return [...text].map((character) => BECH32.indexOf(character));
}

/** The remainder of a bech32 text; 1 when its last six characters are its checksum (BIP 173, "Checksum"). */
export function bech32Remainder(prefix: string, values: readonly number[]): number {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  const expanded = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  return [...expanded, ...values].reduce(step, 1);
}

function step(remainder: number, value: number): number {
  const top = remainder >>> 25;
  const shifted = ((remainder & 0x1ffffff) << 5) ^ value;
  return GENERATOR.reduce((sum, term, bit) => ((top >>> bit) & 1 ? sum ^ term : sum), shifted);
}
