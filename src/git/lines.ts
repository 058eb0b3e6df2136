const NEWLINE = 0x0a;

/** The lines of some bytes with their numbers from 1, without their ends. */
export function* lines(bytes: Buffer): Generator<readonly [number: number, line: Buffer]> {
  for (let at = 0, number = 1; at < bytes.length; number++) {
    const found = bytes.indexOf(NEWLINE, at);
    const end = found < 0 ? bytes.length : found;
    yield [number, bytes.subarray(at, end)];
    at = end + 1;
  }
}
