/** A hash of the three characters at a place. */
const hash = (text: string, at: number): number =>
  (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) & 4095;

/** Says which words stand in a text: for each word, numbers of what it speaks for. Words have three characters or more. */
export function wordFinder(words: Readonly<Record<string, readonly number[]>>): (text: string) => readonly number[] {
  const known = Object.entries(words);
  // Words with the same hash are chained; 0 ends a chain.
  const heads = new Uint16Array(4096);
  const nexts = new Uint16Array(known.length + 1);
  for (let i = known.length; i > 0; i--) {
    const key = hash(known[i - 1]![0], 0);
    nexts[i] = heads[key]!;
    heads[key] = i;
  }
  return (text) => {
    const found: number[] = [];
    for (let at = 0; at + 3 <= text.length; at++) {
      for (let i = heads[hash(text, at)]!; i > 0; i = nexts[i]!) {
        const [word, numbers] = known[i - 1]!;
        if (text.startsWith(word, at)) for (const number of numbers) if (!found.includes(number)) found.push(number);
      }
    }
    return found.sort((a, b) => a - b);
  };
}
