/** SHA-256 (FIPS 180-4) and HMAC (RFC 2104) of short texts: Node's crypto gives the same, and costs a start 9 ms. */

const ROUNDS = 64;
const BLOCK = 64;

/** The first 32 bits of the fractional parts of a root of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
function constants(count: number, root: (prime: number) => number): Int32Array {
  const made = new Int32Array(count);
  for (let at = 0, number = 2; at < count; number++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) prime = false;
    if (prime) made[at++] = ((root(number) % 1) * 2 ** 32) | 0;
  }
  return made;
}

const START = constants(8, Math.sqrt);
const KEYS = constants(ROUNDS, Math.cbrt);
const words = new Int32Array(ROUNDS);

/** The 32 bytes of a SHA-256. */
export function sha256(message: Uint8Array): Buffer {
  const state = Int32Array.from(START);
  const padded = new Uint8Array(Math.ceil((message.length + 9) / BLOCK) * BLOCK);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(padded.length - 4, message.length << 3);
  for (let at = 0; at < padded.length; at += BLOCK) compress(state, view, at);
  const digest = Buffer.alloc(32);
  for (const [at, word] of state.entries()) digest.writeInt32BE(word, at * 4);
  return digest;
}

/** One block (FIPS 180-4, 6.2.2). */
function compress(state: Int32Array, view: DataView, at: number): void {
  for (let t = 0; t < 16; t++) words[t] = view.getInt32(at + t * 4);
  for (let t = 16; t < ROUNDS; t++) {
    const early = words[t - 15]!;
    const late = words[t - 2]!;
    const s0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const s1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[t] = words[t - 16]! + s0 + words[t - 7]! + s1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as Eight;
  for (let t = 0; t < ROUNDS; t++) {
    const one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + KEYS[t]! + words[t]!;
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = state[i]! + word;
}

type Eight = [number, number, number, number, number, number, number, number];

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** HMAC-SHA-256 of a message under a key. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Buffer {
  const short = key.length > BLOCK ? sha256(key) : key;
  const pad = (filler: number): Buffer => {
    const padded = Buffer.alloc(BLOCK, filler);
    for (const [at, byte] of short.entries()) padded[at] = byte ^ filler;
    return padded;
  };
  return sha256(Buffer.concat([pad(0x5c), sha256(Buffer.concat([pad(0x36), message]))]));
}
