import { Malformed } from "./malformed.ts";

/** Values by name: `core.bare`, `remote.origin.promisor`; section and key in lower case, the part between as written. */
export type GitConfig = ReadonlyMap<string, string>;

const SPACE = /[ \t\r\n\f\v]*(?:[#;][^\n]*)?/y;
const SECTION = /\[[ \t]*([\w.-]+)(?:[ \t]+"((?:[^"\\\n]|\\[^\n])*)")?[ \t]*\]/y;
const KEY = /([A-Za-z][\w-]*)[ \t]*/y;
const EQUALS = /=[ \t]*/y;
const PLAIN = /[^"\\\n#;]+/y;
const QUOTED = /"((?:[^"\\\n]|\\.|\\\n)*)"/y;
const ESCAPED = /\\(?:\n|.)/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b", "\n": "", '"': '"', "\\": "\\" };

/**
 * Reads a configuration file as git does when it asks what kind of repository this is: without includes, the last
 * value wins (git-config(1), "Syntax"). A key without a value is `true`.
 */
export function parseConfig(source: string): GitConfig {
  const text = source.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const values = new Map<string, string>();
  let section = "";
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const value = (): string => {
    let read = "";
    let kept = 0; // white space at the end is dropped, unless it was quoted
    for (let part = take(PLAIN); ; part = take(PLAIN)) {
      read += part?.[0] ?? "";
      if (part) kept = Math.max(kept, read.trimEnd().length);
      const quoted = take(QUOTED) ?? take(ESCAPED);
      if (!quoted) return read.slice(0, kept);
      read += unescaped(quoted[1] ?? quoted[0]);
      kept = read.length;
    }
  };
  for (;;) {
    const before = at;
    take(SPACE);
    if (at > before) continue;
    if (at === text.length) return values;
    const heading = take(SECTION);
    if (heading) {
      section = `${sectionName(heading[1]!, heading[2])}.`;
      continue;
    }
    const key = take(KEY);
    if (!key) throw new Malformed("has a line that is no setting");
    const name = section + key[1]!.toLowerCase();
    if (text[at] !== "=") values.set(name, "true");
    else {
      take(EQUALS);
      values.set(name, value());
    }
    if (!/^(?:[\n#;]|$)/.test(text.slice(at, at + 1))) throw new Malformed("has a line that is no setting");
  }
}

/** `[remote "origin"]` keeps the case of its second part, the old `[remote.origin]` does not. */
function sectionName(name: string, subsection: string | undefined): string {
  const lower = name.toLowerCase();
  return subsection === undefined ? lower : `${lower}.${subsection.replace(/\\(.)/g, "$1")}`;
}

const unescaped = (text: string): string =>
  text.replace(/\\(\n|.)/g, (_, character: string) => {
    const meant = ESCAPES[character];
    if (meant === undefined) throw new Malformed("has a value with an unknown escape");
    return meant;
  });

/** Whether a value means yes (git-config(1), "Values"). */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|yes|on|0*[1-9]\d*)$/i.test(value);
}
