/** Writes a text so that a terminal shows it in a way. */
export type Paint = (text: string) => string;

/** The ways there are: codes that begin and end them (ECMA-48, 8.3.117; `gray` is aixterm's). */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  white: [37, 39],
  gray: [90, 39],
  bgRed: [41, 49],
} as const;

export type Colors = Readonly<Record<keyof typeof CODES, Paint>>;

/** Ways of showing text; without colour each leaves it as it is. */
export function colorsOf(wanted: boolean): Colors {
  const paint = ([begin, end]: readonly [number, number]): Paint =>
    wanted ? (text) => `\x1b[${begin}m${text}\x1b[${end}m` : (text) => text;
  return Object.fromEntries(Object.entries(CODES).map(([name, codes]) => [name, paint(codes)])) as Colors;
}
