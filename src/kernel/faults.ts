/** What is wrong with a packed object, by the number that the history module answers; src/kernel/assembly/history-layout.ts holds the same. */
export const FAULTS = {
  BAD_HEADER: [-1, "its zlib header is not one"],
  BAD_BLOCK: [-2, "a block of its compressed data is of no kind that there is"],
  BAD_CODE: [-3, "a code of its compressed data stands for nothing"],
  BAD_DISTANCE: [-4, "its compressed data points before its beginning"],
  TOO_LARGE: [-5, "it is larger than it says"],
  TRUNCATED: [-6, "its compressed data ends too early"],
  BAD_CHECKSUM: [-7, "its checksum does not fit"],
  DELTA_TRUNCATED: [-8, "its delta ends too early"],
  DELTA_SIZE: [-9, "its delta names a size of 2^53 or more"],
  DELTA_BASE: [-10, "its delta was made for a base of another size"],
  DELTA_COPY: [-11, "its delta copies from behind its base"],
  DELTA_OPCODE: [-12, "its delta holds the reserved instruction"],
  DELTA_TOO_LARGE: [-13, "its delta makes more than there is room for"],
  DELTA_RESULT: [-14, "its delta makes more or less than it says"],
} as const satisfies Record<string, readonly [code: number, words: string]>;

export type Fault = keyof typeof FAULTS;

/** The words for a negative answer, to stand behind the name of an object. */
export function faultWords(code: number): string {
  const known = Object.values(FAULTS).find(([each]) => each === code);
  if (!known) throw new Error(`the kernel has no fault ${code}`);
  return known[1];
}
