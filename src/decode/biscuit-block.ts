import type { Buffer } from "node:buffer";
import { bytesOf, fieldsOf, numberOf } from "./protobuf.ts";

/** What one block of a Biscuit says, as far as it matters here (eclipse-biscuit/biscuit, SPECIFICATIONS.md, "Format"). */
export interface Block {
  readonly version: number | undefined;
  /** `right(resource, operation)` as `resource:operation`. */
  readonly rights: readonly string[];
  readonly roles: readonly string[];
  readonly admin: boolean;
  /** The earliest end that its checks name, epoch seconds. */
  readonly expires?: number;
}

const MOST_FACTS = 200;

/** Names that every Biscuit knows, by number (SPECIFICATIONS.md, "Symbol table"): those that matter here. */
const KNOWN: Readonly<Record<number, string>> = {
  0: "read",
  1: "write",
  2: "resource",
  3: "operation",
  4: "right",
  5: "time",
  6: "role",
  13: "admin",
};

/** The first number of a token's own symbols. */
const OWN = 1024;

/** Reads one block; undefined when it is none. Only its own symbols are known, so later blocks may leave names out. */
export function readBlock(bytes: Buffer): Block | undefined {
  const fields = fieldsOf(bytes);
  if (!fields) return undefined;
  const symbols = bytesOf(fields, 1).map((symbol) => symbol.toString("utf8"));
  const named = (number: number | undefined) =>
    number === undefined ? undefined : (KNOWN[number] ?? symbols[number - OWN]);
  const predicates = bytesOf(fields, 4)
    .slice(0, MOST_FACTS)
    .flatMap((fact) => {
      const inner = bytesOf(fieldsOf(fact) ?? [], 1)[0];
      const read = inner && fieldsOf(inner);
      const name = read && named(numberOf(read, 1) ?? 0);
      return read && name ? [{ name, terms: bytesOf(read, 2).map((term) => shown(term, named)) }] : [];
    });
  const of = (name: string) => predicates.filter((predicate) => predicate.name === name);
  const expires = bytesOf(fields, 6)
    .slice(0, MOST_FACTS)
    .flatMap((check) => endOf(check) ?? []);
  return {
    version: numberOf(fields, 3),
    rights: of("right")
      .map(({ terms }) => terms.join(":"))
      .filter(isNamed),
    roles: of("role").flatMap(({ terms }) => terms.filter(isNamed)),
    admin: of("admin").some(({ terms }) => terms.length === 0 || terms[0] === "true"),
    ...(expires.length > 0 && { expires: expires.reduce((least, end) => Math.min(least, end)) }),
  };
}

const isNamed = (text: string): boolean => /[^_:]/.test(text);

/** A term that is a string or a truth value; others say nothing about power. */
function shown(term: Buffer, named: (number: number | undefined) => string | undefined): string {
  const fields = fieldsOf(term) ?? [];
  const text = named(numberOf(fields, 3));
  const truth = numberOf(fields, 6);
  return text ?? (truth === undefined ? "_" : String(truth === 1));
}

/** `check if time($t), $t <= DATE`, with one query: the date. */
function endOf(check: Buffer): number | undefined {
  const queries = bytesOf(fieldsOf(check) ?? [], 1);
  const query = queries.length === 1 ? fieldsOf(queries[0]!) : undefined;
  const expressions = query && bytesOf(query, 3);
  if (expressions?.length !== 1 || !isTime(bytesOf(query!, 2))) return undefined;
  const [variable, date, compared, ...more] = bytesOf(fieldsOf(expressions[0]!) ?? [], 1).map(
    (op) => fieldsOf(op) ?? [],
  );
  if (!variable || !date || !compared || more.length > 0) return undefined;
  const operator = bytesOf(compared, 3)[0];
  const kind = operator && (numberOf(fieldsOf(operator) ?? [], 1) ?? LESS);
  const term = bytesOf(date, 1)[0];
  return kind === LESS || kind === LESS_OR_EQUAL ? term && numberOf(fieldsOf(term) ?? [], 4) : undefined;
}

const LESS = 0;
const LESS_OR_EQUAL = 2;
const TIME = 5;

function isTime(body: readonly Buffer[]): boolean {
  return body.length === 1 && numberOf(fieldsOf(body[0]!) ?? [], 1) === TIME;
}
