import { cut, plain } from "../redact.ts";

/** HTML that is finished: its texts are escaped. */
export class Markup {
  constructor(readonly html: string) {}
}

type Part = Markup | string | number | undefined | false | readonly Part[];

/** The longest text that is shown, in UTF-16 units. */
const LONGEST = 600;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes a text for HTML, in elements and in quoted attributes; what a browser hides or turns around is made visible. */
export function escaped(text: string): string {
  return cut(plain(text), LONGEST).replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);
}

/** Puts HTML together: every text that stands in it is escaped, lists are joined, undefined and false are nothing. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(texts.map((text, at) => text + (at < parts.length ? written(parts[at]) : "")).join(""));
}

function written(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Markup) return part.html;
  if (typeof part === "object") return part.map(written).join("");
  return escaped(String(part));
}

/** Code of ours as it stands. */
export const raw = (text: string): Markup => new Markup(text);

/** Text of whoever wrote what was scanned: it keeps its own direction, and changes nobody else's. */
export const foreign = (text: string): Markup => html`<bdi>${text}</bdi>`;

/** The same as code. */
export const code = (text: string): Markup => html`<code><bdi>${text}</bdi></code>`;

/** A link to an address of a rule or of a repository's host, and its text alone where that is no address of the web. */
export function link(address: string, text: string | Markup): Markup {
  const shown = typeof text === "string" ? foreign(text) : text;
  const safe = webAddress(address);
  return safe === undefined ? shown : html`<a href="${raw(attribute(safe))}" rel="noopener noreferrer">${shown}</a>`;
}

const attribute = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);

/** An address of the web without login or password; undefined for all else. */
export function webAddress(address: string): string | undefined {
  const url = address.length <= 2048 && URL.canParse(address) ? new URL(address) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  return url && isWeb && url.username === "" && url.password === "" ? url.href : undefined;
}
