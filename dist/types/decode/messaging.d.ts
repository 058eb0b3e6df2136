import type { Anatomy } from "../model/index.ts";
/** Slack tokens and webhooks: team, user, app (api.slack.com/authentication/token-types). */
export declare function decodeSlack(secret: string): Anatomy | undefined;
/** A Discord bot token: `base64(user id).base64(time).hmac` (discord.com/developers/docs/reference, "Authentication"). */
export declare function decodeDiscord(secret: string): Anatomy | undefined;
/** A Telegram bot token: the bot's id stands before the colon (core.telegram.org/bots/api, "Authorizing your bot"). */
export declare function decodeTelegram(secret: string): Anatomy | undefined;
