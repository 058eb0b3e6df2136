import { RE2JS } from "re2js";
import type { Pattern } from "./confirm.ts";

/** Compiles a pattern of a user or of another tool (RE2 syntax) on an engine that runs in linear time, whatever the pattern. */
export function foreignPattern(source: string): Pattern {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(source));
  const names = Object.keys(compiled.namedGroups());
  return (window, from, sticky) => {
    // Asking whether there is a match is twenty times cheaper than asking where.
    if (!compiled.test(window.slice(from))) return undefined;
    const matcher = compiled.matcher(window);
    if (!matcher.find(from) || (sticky && matcher.start() !== from)) return undefined;
    const groups: Record<string, string> = {};
    for (const name of names) {
      const value = matcher.group(name);
      if (value) groups[name] = value;
    }
    const named = groups.secret !== undefined;
    const first = !named && compiled.groupCount() > 0 && matcher.start(1) >= 0;
    const secretStart = named ? matcher.start("secret") : first ? matcher.start(1) : matcher.start();
    const secretEnd = named ? matcher.end("secret") : first ? matcher.end(1) : matcher.end();
    return {
      start: matcher.start(),
      end: matcher.end(),
      secretStart,
      secretEnd,
      groups: { ...groups, secret: window.slice(secretStart, secretEnd) },
    };
  };
}
