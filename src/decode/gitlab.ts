import { Buffer } from "node:buffer";
import { checksum } from "../checksum/index.ts";
import type { Anatomy, Hint } from "../model/index.ts";
import { anatomy, claimed, hint, proved, STRUCTURE } from "./anatomy.ts";

const ROUTES: Readonly<Record<string, string>> = {
  c: "cell",
  o: "organization",
  g: "group",
  p: "project",
  u: "user",
  t: "type",
};

/** GitLab tokens: what kind of runner, and the ids of a routable token (google/osv-scalibr, `veles/secrets/gitlabpat`). */
export function decodeGitlab(secret: string): Anatomy | undefined {
  if (!/^(?:(?:[\w.]{1,20}-)?gl[a-z]{1,8}-|GR1348941)/.test(secret)) return undefined;
  const routes = routesOf(secret);
  const facts = checksum("gitlab-routable", secret) === "good" ? proved(routes) : claimed(routes);
  const routed = Object.keys(routes).length > 0 ? [STRUCTURE] : [];
  const single = routes.project
    ? [hint("power", 3), hint("breadth", "single", `limited to the GitLab project ${routes.project}`)]
    : [];
  return anatomy({
    facts: [...claimed({ provider: "gitlab" }), ...facts],
    hints: [...routed, ...single, ...runner(secret)],
  });
}

/** The ids in a routable token's payload: base36 after a letter, in lines of their own. */
function routesOf(secret: string): Readonly<Record<string, string>> {
  const payload = /^(?:[\w.]{1,20}-)?gl[a-z]{1,8}-(?:t[0-9]_)?([\w-]{27,400})\.(?:[0-9a-z]{2}\.)?[0-9a-z]{9}$/.exec(
    secret,
  )?.[1];
  if (!payload) return {};
  const bytes = Buffer.from(payload, "base64url");
  const versioned = secret.split(".").length === 3;
  const last = bytes.at(-1) ?? 0;
  const route = versioned ? bytes.subarray(-1 - last, -1) : bytes.subarray(0, Math.max(0, bytes.length - 1 - last));
  const lines = route.toString("latin1").split("\n", 8);
  return Object.fromEntries(lines.flatMap(routeOf));
}

function routeOf(line: string): readonly (readonly [name: string, id: string])[] {
  const [, key, id] = /^([cogput]):([0-9a-z]{1,12})$/.exec(line) ?? [];
  return key && id ? [[ROUTES[key]!, String(Number.parseInt(id, 36))]] : [];
}

/** The letter after `glrt-` says whose jobs a runner gets. */
function runner(secret: string): readonly Hint[] {
  const mints = hint("reach", "mints", "a runner receives jobs and their secrets");
  const base = [hint("power", 4), mints, hint("data", "confidential")];
  if (secret.startsWith("glrt-t1_"))
    return [...base, hint("breadth", "cross", "instance runner: takes jobs of every project")];
  if (secret.startsWith("glrt-t2_"))
    return [...base, hint("breadth", "multi", "group runner: takes jobs of every project of a group")];
  return secret.startsWith("glrt-t3_")
    ? [...base, hint("breadth", "single", "project runner: takes jobs of one project")]
    : [];
}
