import { Buffer } from "node:buffer";
import type { Anatomy, Hint } from "../model/index.ts";
import { anatomy, claimed, hint, jsonOf, type Parts } from "./anatomy.ts";
import { isClaims, object, text } from "./claims.ts";
import { serverHints } from "./hosts.ts";
import { unescaped } from "./query.ts";
import { shownUser, tokenUserHints } from "./token-users.ts";

const DATABASE =
  /^(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|mssql|sqlserver|oracle|clickhouse|cockroachdb|snowflake|cassandra|neo4j|couchbases?|jdbc)\b/;
const QUEUE = /^(?:amqps?|mqtts?|kafka|nats|stomp)\b/;
const ADMIN =
  /^(?:root|postgres|sa|admin|administrator|sys|system|superuser|dba|master|rdsadmin|cloudsqlsuperuser|avnadmin|doadmin)$/i;

/** A password in a URL: what it opens by the scheme and the user's name, and where by the host (RFC 3986, section 3.2.1). */
export function decodeUrlUserinfo(secret: string, parts: Parts): Anatomy | undefined {
  const [, scheme = parts.scheme, user = parts.user, password = secret, rest = ""] =
    /^([a-z][a-z0-9+.-]{0,30}):\/\/([^:/@\s]{0,200}):([^/\s]{0,1024})@([^\s]{1,400})$/i.exec(secret) ?? [];
  const host = parts.host ?? /^(\[[0-9a-f:.]+\]|[^:/?#,]+)/i.exec(rest)?.[1];
  if (!scheme && !host) return undefined;
  const name = shownUser(user && unescaped(user), password);
  const path = parts.path ?? parts.database ?? /^[^/?#]*\/([\w.-]{1,100})/.exec(rest)?.[1];
  const database = scheme && DATABASE.test(scheme) ? path?.replace(/^\//, "") : undefined;
  const facts = claimed({ scheme, host, user: name, database });
  return anatomy({
    facts,
    hints: [...schemeHints(scheme ?? "", name), ...tokenUserHints(name), ...serverHints(host?.replace(/:\d+$/, ""))],
  });
}

function schemeHints(scheme: string, user: string | undefined): readonly Hint[] {
  const admin = user !== undefined && ADMIN.test(user);
  if (DATABASE.test(scheme)) {
    const power = admin
      ? hint("power", 4, `signs in to the database as ${user}`)
      : hint("power", 3, "reads and writes the database");
    return [power, hint("breadth", "service"), hint("reach", "secrets-likely")];
  }
  if (QUEUE.test(scheme))
    return [hint("power", admin ? 4 : 3, "reads and writes the queue"), hint("breadth", "service")];
  if (/^(?:ldaps?)$/.test(scheme))
    return [hint("power", 4, "signs in to the directory"), hint("breadth", "multi"), hint("reach", "mints")];
  if (/^(?:ssh|sftp|ftps?|smb|git)/.test(scheme))
    return [hint("power", 3, "reads and writes files"), hint("breadth", "service"), hint("reach", "secrets-likely")];
  return /^smtps?$/.test(scheme) ? [hint("power", 3, "sends mail"), hint("breadth", "service")] : [];
}

/** `user:password` in base64 (RFC 7617). User names such as `x-access-token` say that the password is a token. */
export function decodeBasicAuth(secret: string, parts: Parts): Anatomy | undefined {
  const login = loginOf(secret.replace(/^(?:authorization:\s*)?basic\s+/i, ""));
  if (!login) return undefined;
  const { user } = login;
  const { host } = parts;
  const facts = claimed({ user, host });
  return anatomy({ facts, hints: [...tokenUserHints(user), ...serverHints(host)] });
}

/** A registry login of `docker login`: hosts and users, or the base64 of one login. */
export function decodeDockerConfig(secret: string, parts: Parts): Anatomy | undefined {
  const auths = object(jsonOf(secret) ?? {}, "auths");
  const logins = Object.entries(auths)
    .slice(0, 20)
    .flatMap(([host, login]) => (isClaims(login) ? [{ host, user: loginOf(text(login, "auth") ?? "")?.user }] : []));
  if (logins.length === 0)
    return /^[A-Za-z0-9+/]{8,4000}={0,2}$/.test(secret) ? decodeBasicAuth(secret, parts) : undefined;
  const hosts = logins.map(({ host }) => host.replace(/^https?:\/\//, "").replace(/[/:].*$/, ""));
  const users = [...new Set(logins.flatMap(({ user }) => user ?? []))];
  const spread = new Set(hosts).size > 1 ? [hint("breadth", "multi", `logins for ${hosts.length} registries`)] : [];
  const place = hosts.length === 1 ? serverHints(hosts[0]) : [];
  return anatomy({
    facts: claimed({ registry: hosts.join(", "), user: users.join(", ") }),
    hints: [...spread, ...users.flatMap(tokenUserHints), ...place],
  });
}

/** The user of `user:password` in base64; undefined when it is no such text. */
function loginOf(encoded: string): { readonly user: string | undefined } | undefined {
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const at = text.indexOf(":");
  if (at < 0 || /[\p{Cc}\ufffd]/u.test(text)) return undefined;
  return { user: shownUser(text.slice(0, at), text.slice(at + 1)) };
}

/** An npm token, by itself or in `.npmrc` beside its registry (docs.npmjs.com, "npmrc"). */
export function decodeNpm(secret: string, parts: Parts): Anatomy | undefined {
  const host =
    parts.host ?? /\/\/([\w.-]{1,253})(?::\d+)?\/[^\s]{0,200}:_(?:authToken|auth|password)=/.exec(secret)?.[1];
  if (!host) return secret.startsWith("npm_") ? anatomy({ facts: claimed({ provider: "npm" }) }) : undefined;
  return anatomy({ facts: claimed({ provider: "npm", registry: host }), hints: serverHints(host) });
}
