/** Says which words stand in a text: for each word, numbers of what it speaks for. Words have three characters or more. */
export function wordFinder(words: Readonly<Record<string, readonly number[]>>): (text: string) => readonly number[] {
  const byStart = new Map<string, [word: string, numbers: readonly number[]][]>();
  for (const [word, numbers] of Object.entries(words)) {
    const start = word.slice(0, 3);
    const list = byStart.get(start);
    if (list) list.push([word, numbers]);
    else byStart.set(start, [[word, numbers]]);
  }
  return (text) => {
    const found = new Set<number>();
    for (let at = 0; at + 3 <= text.length; at++) {
      for (const [word, numbers] of byStart.get(text.slice(at, at + 3)) ?? []) {
        if (text.startsWith(word, at)) for (const number of numbers) found.add(number);
      }
    }
    return [...found].sort((a, b) => a - b);
  };
}
