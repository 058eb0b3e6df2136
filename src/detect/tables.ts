import { type Unescaped, unescaped } from "./escapes.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { secretsOfMarkdown } from "./table-markdown.ts";
import { secretsOfSql } from "./table-sql.ts";

const BAR = 0x7c;
/** How deep strings may hold a table: a notebook in JSON. */
const LEVELS = 3;
const BEFORE = 2200;
const AFTER = 8000;

/** Secrets in the telling columns of a table in SQL or Markdown, a part of which a candidate is; it may stand in a string. */
export function secretsOfTable(text: Text, matcher: Matcher, anchor: number): Hit[] {
  const markdown = text.bytes[anchor] === BAR;
  const find = markdown ? secretsOfMarkdown : secretsOfSql;
  const hits = find(text, matcher, anchor);
  if (hits.length > 0 || !inString(text, anchor, markdown)) return hits;
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

/** Whether the end of a line is written as an escape before a row of Markdown, or behind the head of a copy. */
const inString = (text: Text, anchor: number, markdown: boolean): boolean =>
  markdown
    ? /\\n[ \t]{0,8}$/.test(slice(text, anchor - 12, anchor))
    : /^from stdin;?(?:\\+r)?\\+n/i.test(slice(text, anchor, anchor + 24));
