import { has, hostOf, isUnder, object, text } from "../claims.ts";
import { facts, hints, type Profile } from "./profile.ts";

/** ChatGPT, OpenAI and Codex sessions: a user's account, with its chats. */
const OPENAI: Profile = {
  name: "OpenAI user session",
  provider: "openai",
  detect: ({ claims }) => has(claims, "https://api.openai.com/auth", "https://api.openai.com/profile"),
  read: ({ claims }) => ({
    principal: "user",
    facts: facts({ plan: text(object(claims, "https://api.openai.com/auth"), "chatgpt_plan_type") }),
    hints: assistantHints(),
  }),
};

/** Cursor, Claude and Copilot sessions. */
const ASSISTANT: Profile = {
  name: "coding assistant session",
  provider: "assistant",
  detect: ({ claims }) =>
    isUnder(hostOf(text(claims, "iss")), "cursor.sh", "cursor.com", "anthropic.com", "claude.ai", "githubcopilot.com"),
  read: () => ({ kind: "session", principal: "user", hints: assistantHints() }),
};

function assistantHints() {
  return hints({
    power: [3, "acts and spends as its user"],
    breadth: ["service", "one user's account"],
    reach: ["secrets-likely", "chats with code often hold credentials"],
    data: ["confidential", "its user's chats"],
  });
}

/** Members of a header that says nothing of whom the token is for. */
const PLAIN = new Set(["alg", "enc", "kid"]);

/** Encrypted with a key that maker and reader share, as web frameworks keep sessions (Auth.js among them: authjs.dev, "JWT"). */
const SHARED_KEY: Profile = {
  name: "token encrypted with a shared key",
  detect: ({ form, header }) =>
    form === "encrypted" &&
    text(header, "alg") === "dir" &&
    /^(?:A256GCM|A256CBC-HS512)$/.test(text(header, "enc") ?? "") &&
    Object.keys(header).every((member) => PLAIN.has(member)),
  read: () => ({
    kind: "session",
    principal: "user",
    expires: "unknown",
    hints: hints({
      power: [3, "if it is a session, acts as its user in one web application; its claims are encrypted"],
      breadth: ["service", "one web application"],
      reach: ["none", "nothing says that it reaches other credentials"],
      data: ["internal", "its user's data"],
    }),
  }),
};

/** Slack issues JWTs for sign-in only (api.slack.com/authentication/sign-in-with-slack). */
const SLACK: Profile = {
  name: "Slack ID token",
  provider: "slack",
  dictionary: "slack",
  detect: ({ claims }) => text(claims, "iss") === "https://slack.com",
  read: ({ claims }) => ({
    kind: "id",
    principal: "user",
    facts: facts({ org: text(claims, "https://slack.com/team_id") }),
  }),
};

export const SESSIONS: readonly Profile[] = [OPENAI, ASSISTANT, SHARED_KEY, SLACK];
