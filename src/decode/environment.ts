import type { Anatomy, Hint } from "../model/index.ts";
import { anatomy, hint, type Parts } from "./anatomy.ts";

const TEST =
  /(?:^|[_.$-])(?:test|sandbox|sbox|sdbx|hmlg|tst|sb|uat|demo)(?=[_.$-])|^(?:EZTK|SB-)|^FLWSECK_TEST|^TEST-/i;
const LIVE = /(?:^|[_.$-])(?:live|production|prod)(?=[_.$-])|^EZAK|^APP_USR-/i;

/** What a key's prefix says of its environment, such as `sk_test_` or `pdl_sdbx_`. Its random end is not looked at. */
export function prefixHints(secret: string): readonly Hint[] {
  const head = /^(?:[$A-Za-z]{1,16}[_.$-]){1,4}|^(?:EZTK|EZAK)/.exec(secret.slice(0, 40))?.[0] ?? "";
  if (TEST.test(head)) return [hint("environment", "test", `test environment (${shown(head)})`)];
  return LIVE.test(head) ? [hint("environment", "prod", `live key (${shown(head)})`)] : [];
}

function shown(head: string): string {
  return head.replace(/[_.$-]+$/, "");
}

/** A key that tells its environment in its prefix and nothing else. */
export function decodeLiveOrTest(secret: string, parts: Parts): Anatomy | undefined {
  const hints = prefixHints(secret);
  const named = parts.environment ?? parts.env ?? parts.kind;
  const spoken = hints.length === 0 && named !== undefined ? prefixHints(`${named}_`) : [];
  return hints.length + spoken.length > 0 ? anatomy({ hints: [...hints, ...spoken] }) : undefined;
}
