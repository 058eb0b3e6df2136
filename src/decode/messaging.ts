import { Buffer } from "node:buffer";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, hint } from "./anatomy.ts";

/** Slack tokens and webhooks: team, user, app (api.slack.com/authentication/token-types). */
export function decodeSlack(secret: string): Anatomy | undefined {
  const hook =
    /hooks\.slack(?:-gov)?\.com\/(services|workflows|triggers)\/([TE][A-Z0-9]{6,14})\/(?:([AB][A-Z0-9]{6,14})\/)?/.exec(
      secret,
    );
  if (hook) return webhook(hook[1]!, hook[2]!, hook[3]);
  const app = /^xapp-\d-(A[A-Z0-9]{8,14})-\d+-/.exec(secret)?.[1];
  if (app) return anatomy({ facts: claimed({ provider: "slack", kind: "app-level token", app }) });
  const [, rotating, kind, team, owner] =
    /^(xoxe\.)?xox([bpcarse])-(?:(\d{8,14})-)?(?:(\d{8,14})-)?/.exec(secret) ?? [];
  if (!kind) return undefined;
  const words = SLACK_KINDS[kind];
  const facts = claimed({ provider: "slack", kind: words, org: team, [kind === "b" ? "bot" : "user"]: owner });
  if (kind === "e") return anatomy({ facts, hints: [hint("refresh", true, "can be renewed: it is a refresh token")] });
  return anatomy({ facts, hints: rotating ? [hint("life", "24h", "a rotating token lives 12 hours")] : [] });
}

const SLACK_KINDS: Readonly<Record<string, string>> = {
  b: "bot token",
  p: "user token",
  c: "browser session",
  a: "app token",
  r: "refresh token",
  s: "session token",
  e: "refresh token",
};

function webhook(kind: string, team: string, bot: string | undefined): Anatomy {
  if (/^T0+$/.test(team)) return anatomy({ sample: "documented sample, not a secret: Slack documentation" });
  const facts = claimed({ provider: "slack", kind: `${kind} webhook`, org: team, bot });
  return anatomy({ facts, hints: kind === "services" ? [] : [hint("reach", "mints", "starts a workflow")] });
}

/** A Discord bot token: `base64(user id).base64(time).hmac` (discord.com/developers/docs/reference, "Authentication"). */
export function decodeDiscord(secret: string): Anatomy | undefined {
  const [, first, second] = /^(?:Bot )?([\w-]{23,28})\.([\w-]{6})\.[\w-]{27,40}$/.exec(secret) ?? [];
  const hook = /\/api\/(?:v\d+\/)?webhooks\/(\d{17,20})\//.exec(secret)?.[1];
  if (hook) return anatomy({ facts: claimed({ provider: "discord", kind: "webhook", id: hook }) });
  const bot = Buffer.from(first ?? "", "base64url").toString("latin1");
  if (!second || !/^\d{17,20}$/.test(bot)) return undefined;
  const created = createdAt(Buffer.from(second, "base64url").readUInt32BE());
  const sample =
    bot === "198622483471925248" ? { sample: "documented sample, not a secret: Discord documentation" } : {};
  return anatomy({ facts: claimed({ provider: "discord", kind: "bot token", bot, created }), ...sample });
}

/** Older tokens count from 2011. */
function createdAt(seconds: number): string | undefined {
  const time = seconds > 1_420_000_000 ? seconds : seconds + 1_293_840_000;
  return time > 1_420_000_000 && time < 4_000_000_000 ? new Date(time * 1000).toISOString().slice(0, 10) : undefined;
}

const TELEGRAM_SAMPLES = new Set(["123456", "110201543", "123456789"]);

/** A Telegram bot token: the bot's id stands before the colon (core.telegram.org/bots/api, "Authorizing your bot"). */
export function decodeTelegram(secret: string): Anatomy | undefined {
  const bot = /(?:^|bot)(\d{5,12}):[\w-]{30,40}/.exec(secret)?.[1];
  if (!bot) return undefined;
  if (TELEGRAM_SAMPLES.has(bot)) return anatomy({ sample: "documented sample, not a secret: Telegram documentation" });
  return anatomy({ facts: claimed({ provider: "telegram", kind: "bot token", bot }) });
}
