// All candidates of a text at once.
import { gate, resumeAt } from "./gate";
import { literals, literalsResumeAt } from "./literals";

/** What a scan answers when `out` did not hold what there is: it is to be done piece by piece then. */
export const TOO_MANY: i32 = -1;

/** Lists the candidates of all of a text: runs and prefixes, then literals. Returns how many there are. */
export function allCandidates(begin: usize, end: usize, out: usize, outEnd: usize): i32 {
  const first = gate(begin, begin, end, out, outEnd);
  if (resumeAt < end) return TOO_MANY;
  const second = literals(begin, begin, end, end, out + 12 * first, outEnd);
  return literalsResumeAt < end ? TOO_MANY : <i32>(first + second);
}
