import { ScanError } from "../model/index.ts";

/** Where a queue is. Its password is in no text that is shown. */
export interface QueueAddress {
  readonly kind: "redis" | "postgres";
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  /** The number of a Redis database, or the name of a PostgreSQL one. */
  readonly database?: string;
  readonly isEncrypted: boolean;
  /** How it is named to people. */
  readonly shown: string;
}

interface Scheme {
  readonly kind: QueueAddress["kind"];
  readonly port: number;
  readonly isEncrypted: boolean;
}

const REDIS: Scheme = { kind: "redis", port: 6379, isEncrypted: false };
const POSTGRES: Scheme = { kind: "postgres", port: 5432, isEncrypted: false };
const SCHEMES: Readonly<Record<string, Scheme>> = {
  "redis:": REDIS,
  "valkey:": REDIS,
  "rediss:": { ...REDIS, isEncrypted: true },
  "valkeys:": { ...REDIS, isEncrypted: true },
  "postgres:": POSTGRES,
  "postgresql:": POSTGRES,
};

/** Reads `--queue`; a password may stand in the environment instead (`LEAKREACH_QUEUE_PASSWORD`). Throws without repeating either. */
export function queueAddress(text: string, env: Readonly<Record<string, string | undefined>>): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = url && SCHEMES[url.protocol];
  if (!url || !scheme || url.hash !== "") throw new ScanError("usage", WANTED);
  const isEncrypted = scheme.isEncrypted || modeOf(url, scheme);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1") || "127.0.0.1";
  const port = Number(url.port) || scheme.port;
  const database = decoded(url.pathname.slice(1));
  if (scheme.kind === "redis" && !/^\d{0,4}$/.test(database)) throw new ScanError("usage", WANTED);
  const password = decoded(url.password) || env.LEAKREACH_QUEUE_PASSWORD;
  const user = decoded(url.username);
  return {
    kind: scheme.kind,
    host,
    port,
    ...(user && { user }),
    ...(password && { password }),
    ...(database && { database }),
    isEncrypted,
    shown: `${url.protocol}//${url.hostname || host}:${port}${database && `/${database}`}`,
  };
}

const WANTED =
  "--queue wants an address such as redis://host:6379, rediss://user@host/1 or postgres://user@host/database?sslmode=require";

/** libpq, "SSL Support": the one parameter that is heard. */
function modeOf(url: URL, { kind }: Scheme): boolean {
  const names = [...url.searchParams.keys()];
  const mode = url.searchParams.get("sslmode") ?? "disable";
  const isKnown = kind === "postgres" && names.every((name) => name === "sslmode");
  if (names.length > 0 && !isKnown) throw new ScanError("usage", WANTED);
  if (!["disable", "require", "verify-ca", "verify-full"].includes(mode)) throw new ScanError("usage", WANTED);
  return mode !== "disable";
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ScanError("usage", "--queue: what stands in the address is not percent-encoded as it has to be");
  }
}

/** What a queue's error says, without the password, should it stand in it. */
export function toldOf(error: unknown, { password }: QueueAddress): string {
  const { message, code, errors } = error as NodeJS.ErrnoException & { errors?: readonly NodeJS.ErrnoException[] };
  const text = message || errors?.[0]?.message || code || "no error was given";
  const parts = password ? [password, encodeURIComponent(password)] : [];
  return parts.reduce((rest, part) => rest.replaceAll(part, "…"), text).slice(0, 300);
}
