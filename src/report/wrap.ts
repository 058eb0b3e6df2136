/** Columns a text takes on a terminal: East Asian wide characters and emoji take two, combining marks none. */
export function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let total = 0;
  for (const character of text) total += columnsOf(character);
  return total;
}

function columnsOf(character: string): number {
  const code = character.codePointAt(0)!;
  // Latin, dashes, quotes, arrows: no marks and nothing wide. Classes of Unicode are dear to compile.
  if (code < 0x300 || (code >= 0x2010 && code < 0x20d0) || (code >= 0x2100 && code < 0x2300)) return 1;
  if (/[\p{Mn}\p{Me}\u200c\u200d]/u.test(character)) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x20000 && code <= 0x3fffd) ||
    /\p{Emoji_Presentation}/u.test(character);
  return wide ? 2 : 1;
}

/** Lines of texts that were wrapped before: what is said of one secret of a kind is said of all of them. */
const wrapped = new Map<string, readonly string[]>();
const MOST_KEPT = 1000;

/** Breaks a text into lines of at most `width` columns: at spaces, and inside a word only if it is longer than a line. */
export function wrap(text: string, width: number): readonly string[] {
  const key = `${width} ${text}`;
  const known = wrapped.get(key);
  if (known) return known;
  if (wrapped.size >= MOST_KEPT) wrapped.clear();
  const lines = toLines(text, width);
  wrapped.set(key, lines);
  return lines;
}

function toLines(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let filled = 0;
  for (const word of text.split(" ").flatMap((word) => broken(word, width))) {
    const size = columns(word);
    if (line !== "" && filled + 1 + size > width) {
      lines.push(line);
      line = "";
    }
    filled = line === "" ? size : filled + 1 + size;
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Breaks a word that is too long, after its last `/` in reach if there is one. */
function broken(word: string, width: number): string[] {
  if (columns(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = "";
  let filled = 0;
  for (const character of word) {
    const size = columns(character);
    if (filled + size > width) {
      const slash = piece.lastIndexOf("/") + 1;
      const end = slash > piece.length / 2 ? slash : piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
      filled = columns(piece);
    }
    piece += character;
    filled += size;
  }
  return [...pieces, piece];
}

/** Breaks a shell command between its words, with a backslash where it goes on; a word is never broken, so it can be copied. */
export function wrapCommand(command: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of shellWords(command)) {
    const last = lines.at(-1);
    if (last !== undefined && columns(`${last} ${word}`) <= width - 2) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `  ${word}`);
  }
  return lines.map((line, at) => (at < lines.length - 1 ? `${line} \\` : line));
}

/** The words of a command, quoted ones whole, an option together with its value. */
function shellWords(command: string): string[] {
  const words = command.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\]|['"\\])+/g) ?? [];
  const grouped: string[] = [];
  let option = false;
  for (const word of words) {
    if (option && !word.startsWith("-")) grouped.push(`${grouped.pop()} ${word}`);
    else grouped.push(word);
    option = word.startsWith("-") && !word.includes("=");
  }
  return grouped;
}
