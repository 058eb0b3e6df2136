/** What is known of a group while its pattern is read. */
interface Group {
  /** Largest product of repeats inside. */
  weight: number;
  /** A look around takes up no text. */
  readonly around: boolean;
  /** In each alternative: whether a repeat of changing length stands there, and whether something of one length does. */
  readonly alternatives: { varies: boolean; fixed: boolean }[];
}

const open = (token = ""): Group => ({
  weight: 1,
  around: /^\(\?<?[=!]/.test(token),
  alternatives: [{ varies: false, fixed: false }],
});

/** Longest text that nested repeats may cover: the largest window of a rule. */
const MOST = 1 << 17;

/**
 * Why a pattern may take more than linear time, in sentences. It may not when every repeat of a group has a bound, the
 * bounds of nested repeats stay below the largest window, and no repeat stands in a repeat with nothing of one length
 * beside it: then a window, which has a size of its own, is gone through a bounded number of times.
 */
export function unbounded(pattern: string): string[] {
  const faults: string[] = [];
  const stack: Group[] = [open()];
  const piece = /\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?:<[=!]|[=!:]|<\w+>)|[()|]|[\s\S]/gy;
  const repeat = /(?:\{(\d+)(,?)(\d*)\}|([?*+]))[?]?/y;
  for (let found = piece.exec(pattern); found; found = piece.exec(pattern)) {
    const [token] = found;
    if (token.startsWith("(")) {
      stack.push(open(token));
      continue;
    }
    if (token === "|") {
      stack.at(-1)!.alternatives.push({ varies: false, fixed: false });
      continue;
    }
    const group = token === ")" ? stack.pop() : undefined;
    const outer = stack.at(-1);
    if (!outer) return [`it closes a group that was never opened at ${found.index}`];
    repeat.lastIndex = piece.lastIndex;
    const times = repeat.exec(pattern);
    if (times) piece.lastIndex = repeat.lastIndex;
    const [least, most] = boundsOf(times);
    const at = pattern.slice(Math.max(0, found.index - 30), piece.lastIndex);
    if (group && most === Infinity) faults.push(`it repeats a group without a bound: …${at}`);
    if (group && most > 1 && group.alternatives.some(({ varies, fixed }) => varies && !fixed))
      faults.push(`a repeat stands in a repeat with nothing beside it: …${at}`);
    // A single class without a bound ends with its window.
    const weight = (most === Infinity ? 1 : Math.max(1, most)) * (group?.weight ?? 1);
    if (weight > MOST) faults.push(`nested repeats cover ${weight} characters: …${at}`);
    outer.weight = Math.max(outer.weight, weight);
    const current = outer.alternatives.at(-1)!;
    const inner = group?.alternatives ?? [];
    if (most > least && most > 1) current.varies = true;
    if (inner.some(({ varies }) => varies)) current.varies = true;
    if (
      least > 0 &&
      !group?.around &&
      (group ? inner.every(({ fixed }) => fixed) : most === least && !/^(?:\\[bB]|[$^])$/.test(token))
    )
      current.fixed = true;
  }
  return faults;
}

function boundsOf(times: RegExpExecArray | null): [least: number, most: number] {
  if (!times) return [1, 1];
  const [, low, comma, high, sign] = times;
  if (sign) return [sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity];
  return [Number(low), comma ? (high ? Number(high) : Infinity) : Number(low)];
}
