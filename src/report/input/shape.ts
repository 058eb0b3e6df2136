import { ScanError } from "../../model/index.ts";
import { cut } from "../redact.ts";

/** Reads a value that may be anything as a T, or throws {@link Unfit}; `at` is its path in the document. */
export type Shape<T> = (value: unknown, at: string) => T;

/** Marks what may be missing. */
interface Maybe<T> {
  readonly maybe: Shape<T>;
}

type Read<S> = S extends Shape<infer T> ? T : never;
type Fields = Readonly<Record<string, Shape<unknown> | Maybe<unknown>>>;
type Needed<F extends Fields> = { [K in keyof F as F[K] extends Maybe<unknown> ? never : K]: Read<F[K]> };
type Possible<F extends Fields> = { [K in keyof F as F[K] extends Maybe<unknown> ? K : never]?: MaybeRead<F[K]> };
type MaybeRead<M> = M extends Maybe<infer T> ? T : never;

/** The longest text that is kept of a report, in UTF-16 units; the rest is cut off with an ellipsis. */
const LONGEST = 16_384;

/** Says which part of a report is not what it has to be. */
export class Unfit extends ScanError {
  constructor(at: string, what: string) {
    super("report-invalid", `${at === "" ? "it" : cut(at, 200)} is ${what}`);
  }
}

export const text: Shape<string> = (value, at) => {
  if (typeof value !== "string") throw new Unfit(at, "no text");
  return once(cut(value, LONGEST));
};

/** Texts that were read lately: a parser makes each anew, and most of a report says the same of many findings and places. */
const lately = new Map<string, string>();
const MOST = 20_000;

function once(read: string): string {
  const known = lately.get(read);
  if (known !== undefined) return known;
  if (lately.size === MOST) lately.clear();
  lately.set(read, read);
  return read;
}

export const flag: Shape<boolean> = (value, at) => {
  if (typeof value !== "boolean") throw new Unfit(at, "neither true nor false");
  return value;
};

export const number: Shape<number> = (value, at) => {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) throw new Unfit(at, "no number from 0 up");
  return value;
};

/** A time as ISO 8601 writes it. */
export const time: Shape<string> = (value, at) => {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT[\d:.]{5,12}Z$/.test(value) || Number.isNaN(Date.parse(value)))
    throw new Unfit(at, "no time such as 2026-09-01T00:00:00Z");
  return once(value);
};

/** A text of a certain form. */
export const matching =
  (pattern: RegExp, what: string): Shape<string> =>
  (value, at) => {
    if (typeof value !== "string" || !pattern.test(value)) throw new Unfit(at, `no ${what}`);
    return value;
  };

export const oneOf =
  <const T extends string>(...words: readonly T[]): Shape<T> =>
  (value, at) => {
    const word = words.find((each) => each === value);
    if (word === undefined) throw new Unfit(at, `none of ${words.join(", ")}`);
    return word;
  };

export const list =
  <T>(item: Shape<T>): Shape<readonly T[]> =>
  (value, at) => {
    if (!Array.isArray(value)) throw new Unfit(at, "no list");
    return value.map((each, index) => item(each, `${at}[${index}]`));
  };

/** A list with at least one item. */
export const some =
  <T>(item: Shape<T>): Shape<readonly [T, ...T[]]> =>
  (value, at) => {
    const read = list(item)(value, at);
    if (read.length === 0) throw new Unfit(at, "empty");
    return read as readonly [T, ...T[]];
  };

export const maybe = <T>(shape: Shape<T>): Maybe<T> => ({ maybe: shape });

/** An object of these fields; others are left out. */
export const record =
  <const F extends Fields>(fields: F): Shape<Needed<F> & Possible<F>> =>
  (value, at) => {
    const given = fieldsOf(value, at);
    const read: [string, unknown][] = [];
    for (const [name, field] of Object.entries(fields)) {
      const own = Object.hasOwn(given, name) ? given[name] : undefined;
      const where = at === "" ? name : `${at}.${name}`;
      if (typeof field === "function") read.push([name, field(own, where)]);
      else if (own !== undefined) read.push([name, field.maybe(own, where)]);
    }
    return Object.fromEntries(read) as Needed<F> & Possible<F>;
  };

/** An object with any names. */
export const counts =
  <T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value, at) =>
    Object.fromEntries(
      Object.entries(fieldsOf(value, at)).map(([name, each]) => [cut(name, LONGEST), shape(each, `${at}.${name}`)]),
    );

function fieldsOf(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Unfit(at, "no object");
  return value as Readonly<Record<string, unknown>>;
}
