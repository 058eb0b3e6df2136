/**
 * Bytes of byte code that V8's optimizing compiler joins into one function at most; Node 20 has 920, and a scan meets so many
 * kinds of candidates that what was joined is thrown away and joined again, a tenth of all its CPU (bench/README.md).
 */
const JOINED = 200;

/** Sets a flag of V8 for the whole process: for programs that are leakreach's own, before a scan that is not small. */
export function joinLess(): void {
  process.getBuiltinModule("node:v8").setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${JOINED}`);
}
