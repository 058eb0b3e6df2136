import { Buffer } from "node:buffer";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, expiring, hint, STRUCTURE } from "./anatomy.ts";
import { type Claims, isClaims } from "./claims.ts";
import { readMacaroon } from "./macaroon.ts";

/** What the caveats leave of an account (pypi/warehouse, `warehouse/macaroons/caveats/__init__.py`). */
interface Limits {
  readonly projects?: readonly string[];
  readonly expires?: number;
  readonly user?: string;
  readonly publisher?: string;
}

/** A PyPI token: a macaroon whose caveats say which projects, and until when. */
export function decodePypi(secret: string): Anatomy | undefined {
  const macaroon = readMacaroon(Buffer.from(secret.replace(/^pypi-/, ""), "base64url"));
  if (!macaroon) return undefined;
  const limits = macaroon.caveats.map(limitsOf).reduce(narrowed, {});
  const { projects, expires, user, publisher } = limits;
  const facts = claimed({
    provider: "pypi",
    index: macaroon.location,
    projects: projects?.join(", "),
    user,
    publisher,
  });
  const scope = projects
    ? [
        hint("power", 3),
        hint(
          "breadth",
          "single",
          `limited to ${projects.length === 1 ? "project" : "projects"} ${projects.join(", ")}`,
        ),
      ]
    : [hint("power", 4, "publishes every project of the account"), hint("breadth", "multi")];
  const test = macaroon.location.startsWith("test.")
    ? [hint("environment", "test", "test environment (the test index)")]
    : [];
  const hints = [
    STRUCTURE,
    ...scope,
    hint("reach", "mints", "can publish packages that others install"),
    hint("data", "internal"),
    ...test,
  ];
  return anatomy({ facts, hints, ...expiring(expires ?? "never") });
}

/** One caveat: a list with a number first, or the older object with `permissions`. */
function limitsOf(caveat: string): Limits {
  const value = parse(caveat);
  if (isClaims(value)) return legacy(value);
  if (!Array.isArray(value)) return {};
  const [kind, first] = value;
  if (kind === 0 && typeof first === "number") return { expires: first };
  if ((kind === 1 || kind === 2) && Array.isArray(first)) return { projects: first.map(String).slice(0, 50) };
  if (kind === 3 && typeof first === "string") return { user: first };
  return kind === 4 && typeof first === "string" ? { publisher: first } : {};
}

function legacy(value: Claims): Limits {
  const { permissions } = value;
  const projects = isClaims(permissions) ? permissions.projects : undefined;
  return Array.isArray(projects) ? { projects: projects.map(String).slice(0, 50) } : {};
}

/** Caveats add up, so of two expiries the earlier one counts. */
function narrowed(one: Limits, other: Limits): Limits {
  const expires = Math.min(one.expires ?? Number.POSITIVE_INFINITY, other.expires ?? Number.POSITIVE_INFINITY);
  return { ...one, ...other, ...(Number.isFinite(expires) && { expires }) };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
