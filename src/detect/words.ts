/** A hash of the three characters at a place. */
const hash = (text: string, at: number): number =>
  (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) & 4095;

/** Says which words stand in a text: for each word, numbers of what it speaks for. Words have three characters or more. */
export function wordFinder(words: Readonly<Record<string, readonly number[]>>): (text: string) => readonly number[] {
  const known = Object.entries(words);
  const byHash: number[][] = Array.from({ length: 4096 }, () => []);
  known.forEach(([word], i) => {
    byHash[hash(word, 0)]!.push(i);
  });
  const isStart = Uint8Array.from(byHash, (list) => list.length);
  return (text) => {
    const found: number[] = [];
    for (let at = 0; at + 3 <= text.length; at++) {
      const key = hash(text, at);
      if (isStart[key] === 0) continue;
      for (const i of byHash[key]!) {
        const [word, numbers] = known[i]!;
        if (text.startsWith(word, at)) for (const number of numbers) if (!found.includes(number)) found.push(number);
      }
    }
    return found.sort((a, b) => a - b);
  };
}
