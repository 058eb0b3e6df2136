/**
 * How common each pair of letters is in the words of source code and its documentation, a row for the first letter and a column for
 * the second: twice as common as by chance is 7, half as common 5 (21,000 words of seven open-source projects, each by the logarithm of its count).
 */
const PAIRS = `
  48874573725979272989665564
  75447321643842731664621141
  84648428607743941758632040
  75569432822544740664642241
  86897764534879575998576753
  63446632821633732555511140
  62328355701546630763521132
  73338211702443730545521040
  76877772224879863788270517
  50225010301101520140402011
  53237332601423331364423030
  84469432904834840366642171
  85348221703563771264621140
  84888694735546753489663142
  66774563635789771977767443
  83448435604733761867613041
  00100000000311100111601000
  85679563815566850687654160
  73749437815654774489734152
  83649548912654850887634373
  67656551602768470777210423
  71318221700222520132231021
  62336215602315620553202100
  42445302500341260235201430
  43435320401444460354223032
  50117001400111300120200023
`
  .trim()
  .split(/\s+/)
  .map((row) => Array.from(row, (digit) => Number(digit) - 6));

/** How much more a text's letters follow each other as in words than by chance: the sum over all pairs, below zero for random letters. */
export function wordLikeness(text: string): number {
  let sum = 0;
  const letters = text.toLowerCase();
  for (let i = 1; i < letters.length; i++)
    sum += PAIRS[letters.charCodeAt(i - 1) - 97]?.[letters.charCodeAt(i) - 97] ?? 0;
  return sum;
}

/** Whether a text's letters follow each other as in no word: the likeness to words in units of what chance would make of so many pairs. */
export function isUnlikeWords(text: string, units: number): boolean {
  const pairs = text.match(/[A-Za-z](?=[A-Za-z])/g)?.length ?? 0;
  return wordLikeness(text) < -units * Math.sqrt(Math.max(1, pairs));
}
