import type { Anatomy, Hint, Traits } from "../model/index.ts";
import { anatomy, claimed, epoch, expiring, hint, keyOf, type Parts, STRUCTURE } from "./anatomy.ts";
import { entryOf } from "./claims.ts";
import { queryOf, unescaped, urlHost } from "./query.ts";

type Query = ReadonlyMap<string, string>;

const PERMISSIONS: Readonly<Record<string, string>> = {
  r: "read",
  a: "add",
  c: "create",
  w: "write",
  d: "delete",
  x: "delete versions",
  y: "delete for ever",
  l: "list",
  t: "tag",
  f: "find",
  m: "move",
  e: "execute",
  o: "own",
  p: "process or change access",
  i: "make immutable",
  u: "update",
};

const RESOURCES: Readonly<Record<string, string>> = {
  b: "blob",
  bv: "blob version",
  bs: "blob snapshot",
  c: "container",
  d: "directory",
  f: "file",
  s: "file share",
};

/** A shared access signature: all it grants stands in its fields (Azure Storage REST, "Create an account SAS" and siblings). */
export function decodeAzureSas(secret: string, parts: Parts): Anatomy | undefined {
  const query = queryOf(secret.replace(/^SharedAccessSignature(?:\s+|%20)/i, ""));
  if (!query.has("sig")) return undefined;
  if (query.has("sr") && query.has("skn")) return messaging(query);
  if (query.get("sp")?.startsWith("/")) return trigger(query, secret, parts);
  if (!query.has("sv")) return undefined;
  return storage(query, urlHost(secret) ?? parts.host);
}

function storage(query: Query, host: string | undefined): Anatomy {
  const expires = epoch(query.get("se"));
  const policy = query.get("si");
  const words = [...new Set(query.get("sp") ?? "")].flatMap((letter) => PERMISSIONS[letter] ?? []).join(", ");
  const facts = claimed({
    provider: "azure",
    service: "Storage",
    account: host?.split(".")[0],
    permissions: words,
    resource:
      entryOf(RESOURCES, query.get("sr") ?? undefined) ?? (query.has("ss") ? "account" : query.get("tn") && "table"),
    policy,
    network: query.get("sip"),
    tenant: query.get("sktid"),
    revoke: policy
      ? `edit the stored access policy ${policy}`
      : query.has("skoid")
        ? "revoke the user delegation keys"
        : "rotate the account key",
  });
  const life =
    expires === undefined
      ? [hint("life", "unknown", policy && `its stored access policy ${policy} sets the expiry`)]
      : [];
  const emulator = /^(?:127\.0\.0\.1|localhost)$/.test(host ?? "")
    ? { sample: "signature for the Azure Storage emulator" }
    : {};
  return anatomy({
    facts,
    hints: [STRUCTURE, power(query, words), ...extent(query), ...network(query), ...life],
    ...expiring(expires),
    ...emulator,
  });
}

/** The strongest of the permission letters. Letters alone say it all unless a stored policy holds them. */
function power(query: Query, words: string): Hint {
  const letters = query.get("sp") ?? "";
  if (/[dxyop]/.test(letters)) return hint("power", 4, `may ${words}`);
  if (/[wacumtie]/.test(letters)) return hint("power", 3, `may ${words}`);
  return letters === ""
    ? hint("power", 3, "its stored access policy says what it may do")
    : hint("power", 2, `may ${words}`);
}

/** How much it opens: an account, a container or share or table, or one object. */
function extent(query: Query): readonly Hint[] {
  const services = query.get("ss");
  if (services !== undefined) {
    const wide = services.length > 1 || query.get("srt")?.includes("s");
    return reaching(wide ? "multi" : "service", "secrets-likely", "confidential", "an account-wide signature");
  }
  if (/^(?:c|s|d)$/.test(query.get("sr") ?? "")) return reaching("service", "secrets-likely", "internal");
  return reaching(query.has("tn") ? "service" : "single", "none", "internal");
}

function reaching(
  breadth: Traits["breadth"],
  reach: Traits["reach"],
  data: Traits["data"],
  reason?: string,
): readonly Hint[] {
  return [hint("breadth", breadth, reason), hint("reach", reach), hint("data", data)];
}

function network(query: Query): readonly Hint[] {
  const range = query.get("sip");
  return range ? [hint("possession", "network-bound", `works from ${range} only`)] : [];
}

/** Logic Apps, Power Automate, Event Grid: a URL that starts a workflow, mostly without an end. */
function trigger(query: Query, secret: string, parts: Parts): Anatomy {
  const workflow = /\/workflows\/([0-9a-f]{32})\//.exec(secret)?.[1] ?? parts.id;
  const facts = claimed({ provider: "azure", service: "Logic Apps", host: urlHost(secret), workflow });
  const hints = [hint("power", 3, "starts a workflow"), ...reaching("single", "mints", "internal")];
  return anatomy({ facts, hints: [STRUCTURE, ...hints], ...expiring(epoch(query.get("se")) ?? "never") });
}

/** Service Bus, Event Hubs, Relay, IoT Hub: `sr` is the address, `skn` the policy (Service Bus, "Access control with SAS"). */
function messaging(query: Query): Anatomy {
  const policy = query.get("skn") ?? "";
  const address = unescaped(query.get("sr") ?? "").replace(/^[a-z]{2,8}:\/\//i, "");
  const [, host, entity] = /^([\w.-]{3,200})(?::\d+)?(?:\/([^?#]{1,200}))?/.exec(address) ?? [];
  const manages = /^(?:RootManageSharedAccessKey|iothubowner|.*manage.*)$/i.test(policy);
  const strength = manages ? hint("power", 4, `policy ${policy} manages it`) : hint("power", 3);
  const facts = claimed({ provider: "azure", service: "messaging", host, entity, policy });
  const expires = /^\d{9,11}$/.test(query.get("se") ?? "") ? Number(query.get("se")) : undefined;
  const hints = [STRUCTURE, strength, hint("breadth", entity ? "single" : "service")];
  return anatomy({ facts, hints, ...(expires === undefined ? {} : keyOf({ expires })) });
}
