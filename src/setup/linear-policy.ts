import type { Pattern, PatternTest, Policy } from "../model/index.ts";

const REGEX = /^\/(.+)\/([a-z]*)$/s;

type Compile = (pattern: string) => string | PatternTest;

/**
 * A policy whose regular expressions run on a linear-time engine: it may come from the scanned repository, and must not be
 * able to hang the scan. The engine is loaded only when there is an expression.
 */
export async function linearPolicy(policy: Policy): Promise<Policy> {
  const lists = [policy.audiences, policy.issuers, policy.scopes, policy.roles];
  if (!lists.flat().some(({ match }) => textsOf(match).some((text) => REGEX.test(text)))) return policy;
  const { RE2JS } = await import("re2js");
  const compile: Compile = (pattern) => {
    const [, source, flags = ""] = REGEX.exec(pattern) ?? [];
    if (source === undefined) return pattern;
    const compiled = RE2JS.compile(RE2JS.translateRegExp(source), flags.includes("i") ? RE2JS.CASE_INSENSITIVE : 0);
    return { test: (text) => compiled.matcher(text).find() };
  };
  const each = <T extends { readonly match: Pattern }>(entries: readonly T[]): T[] =>
    entries.map((entry) => ({ ...entry, match: withRegex(entry.match, compile) }));
  return {
    ...policy,
    audiences: each(policy.audiences),
    issuers: each(policy.issuers),
    scopes: each(policy.scopes),
    roles: each(policy.roles),
  };
}

function textsOf(match: Pattern): readonly string[] {
  if (typeof match === "string") return [match];
  return Object.values(match).filter((value) => typeof value === "string");
}

function withRegex(match: Pattern, compile: Compile): Pattern {
  if (typeof match === "string") return compile(match);
  const fields = Object.entries(match as Readonly<Record<string, string>>);
  return Object.fromEntries(fields.map(([name, value]) => [name, compile(value)]));
}
