import type { LogSystem } from "../model/index.ts";
import { isMessages } from "./messages.ts";

/** How much of a log is looked at to tell whose it is. */
export const HEAD = 64 * 1024;

const STAMP = String.raw`\ufeff?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z`;
const line = (text: string): RegExp => new RegExp(text, "m");

/** What only the logs of one system have; the first that fits. */
const SIGNS: readonly (readonly [LogSystem, RegExp])[] = [
  ["buildkite", /\x1b_bk;t=\d{12,14}\x07/],
  ["gitlab", /section_(?:start|end):\d{6,12}:|Running with gitlab-runner /],
  ["gitlab", line(`^${STAMP} [0-9a-f]{2}[OE][+ ]`)],
  ["travis", /travis_(?:fold|time):(?:start|end):/],
  ["jenkins", /\x1b\[8mha:|^\[Pipeline\] |^Started by (?:user|an SCM change|timer|upstream project|GitHub push)\b/m],
  ["azure", line(`^(?:${STAMP} )?##\\[section\\](?:Starting|Finishing|Async Command Start): |^(?:${STAMP} )?##vso\\[`)],
  [
    "github",
    line(
      `^(?:${STAMP} )?(?:##\\[(?:group|endgroup|command|debug|error|warning)\\]|\\[command\\]|Current runner version: |Requested labels: )`,
    ),
  ],
  ["github", line(`^${STAMP} .*\\n${STAMP} `)],
];

/** Tells by its beginning which system wrote a log. */
export function systemOf(head: Buffer): LogSystem {
  const text = head.toString("latin1", 0, HEAD).replaceAll("\xef\xbb\xbf", "\ufeff");
  if (isMessages(text)) return "circleci";
  return SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? "plain";
}
