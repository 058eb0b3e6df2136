import type { Anatomy, Hint } from "../model/index.ts";
import { anatomy, hint, type Parts } from "./anatomy.ts";

const TEST =
  /(?:^|[_.$-])(?:test|sandbox|sbox|sdbx|hmlg|tst|sb|uat|demo)(?=[_.$-])|^(?:EZTK|SB-)|^FLWSECK_TEST|^TEST-/i;
const LIVE = /(?:^|[_.$-])(?:live|production|prod)(?=[_.$-])|^EZAK|^APP_USR-/i;

/** What a key's prefix says of its environment, such as `sk_test_` or `pdl_sdbx_`. Its random end is not looked at. */
export function prefixHints(secret: string): readonly Hint[] {
  const head = /^(?:[$A-Za-z]{1,16}[_.$-]){1,4}|^(?:EZTK|EZAK)/.exec(secret.slice(0, 40))?.[0] ?? "";
  const [test, live] = [TEST.exec(head), LIVE.exec(head)];
  if (test && !(live && live.index < test.index))
    return [hint("environment", "test", `test environment (${upTo(test)})`)];
  return live ? [hint("environment", "prod", `live key (${upTo(live)})`)] : [];
}

/** A prefix up to the word that tells, and nothing of what comes behind: that may be the secret's own. */
function upTo({ input, index, 0: word }: RegExpExecArray): string {
  return input.slice(0, index + word.length).replace(/-$/, "");
}

/** A key that tells its environment in its prefix and nothing else. */
export function decodeLiveOrTest(secret: string, parts: Parts): Anatomy | undefined {
  const hints = prefixHints(secret);
  const named = parts.environment ?? parts.env ?? parts.kind;
  const spoken = hints.length === 0 && named !== undefined ? prefixHints(`${named}_`) : [];
  return hints.length + spoken.length > 0 ? anatomy({ hints: [...hints, ...spoken] }) : undefined;
}
