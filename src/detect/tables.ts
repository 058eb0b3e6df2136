import { type Unescaped, unescaped } from "./escapes.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { secretsOfMarkdown } from "./table-markdown.ts";
import { secretsOfSql } from "./table-sql.ts";

const FEED = 0x0a;
const BACKSLASH = 0x5c;
/** How deep strings may hold a table: a notebook in JSON. */
const LEVELS = 3;
const BEFORE = 2200;
const AFTER = 8000;

/** Secrets in the telling columns of a table in SQL or Markdown, a part of which a candidate is; it may stand in a string. */
export function secretsOfTable(text: Text, matcher: Matcher, anchor: number): Hit[] {
  const first = text.bytes[anchor];
  if (first === FEED) return secretsOfMarkdown(text, matcher, anchor + 1);
  if (first === BACKSLASH) return inStrings(text, matcher, anchor + 2, secretsOfMarkdown);
  const hits = secretsOfSql(text, matcher, anchor);
  return hits.length > 0 || !ESCAPED_END.test(slice(text, anchor, anchor + 24))
    ? hits
    : inStrings(text, matcher, anchor, secretsOfSql);
}

/** The head of a copy in a string. */
const ESCAPED_END = /^from stdin;?(?:\\+r)?\\+n/i;

function inStrings(text: Text, matcher: Matcher, anchor: number, find: typeof secretsOfSql): Hit[] {
  const start = Math.max(0, anchor - BEFORE);
  let plain = slice(text, start, anchor + AFTER);
  const levels: Unescaped[] = [];
  while (levels.length < LEVELS) {
    const level = unescaped(plain);
    if (!level) break;
    levels.push(level);
    plain = level.text;
    const bytes = Buffer.from(plain, "latin1");
    const place = levels.reduce((at, each) => each.inward(at), anchor - start);
    const found = find({ bytes, length: bytes.length, path: text.path }, matcher, place);
    const outward = (at: number) => start + levels.reduceRight((inner, each) => each.outward(inner), at);
    if (found.length > 0) return found.map((hit) => ({ ...hit, start: outward(hit.start), end: outward(hit.end) }));
  }
  return [];
}
