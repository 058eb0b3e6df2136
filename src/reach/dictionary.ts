import { inOrder, type Power, type ScopeDictionary, type ScopeEntry, type Traits } from "../model/index.ts";

/** What one scope or role lets its holder do. */
export interface Grant {
  readonly name: string;
  readonly power: Power;
  readonly reach?: Traits["reach"];
  readonly data?: Traits["data"];
  readonly refresh?: boolean;
  /** Who said so: a dictionary's id, `generic` for its words, `policy`, or nobody. */
  readonly by?: string;
}

export type Dictionaries = ReadonlyMap<string, ScopeDictionary>;

/** A scope that no dictionary knows counts as reading: it exists because something private stands behind it. */
const UNKNOWN: Power = 2;

const WORDS_MOST = 16;

/**
 * Whether a text is what a pattern says: `*` is any run of characters, `\*` a star, case does not count.
 * A lone `*` is a star too: a dictionary has no use for an entry that matches everything.
 */
export function matchesName(pattern: string, text: string): boolean {
  return inOrder(partsOf(pattern), text.toLowerCase());
}

const PARTS = new Map<string, readonly string[]>();

/** The texts between the stars of a pattern. Dictionaries are few and read often, so this is done once. */
function partsOf(pattern: string): readonly string[] {
  const known = PARTS.get(pattern);
  if (known) return known;
  const split = pattern === "*" ? ["*"] : pattern.toLowerCase().split(/(?<!\\)\*/);
  const parts = split.map((part) => part.replaceAll("\\*", "*"));
  PARTS.set(pattern, parts);
  return parts;
}

/** What a scope means: the vendor's dictionary first (first match wins), then the generic words, then reading. */
export function scopeGrant(name: string, id: string, dictionaries: Dictionaries): Grant {
  return grant(name, id, dictionaries, "scopes");
}

/** What a role, group or permission means: as {@link scopeGrant}, by the dictionary's roles. */
export function roleGrant(name: string, id: string, dictionaries: Dictionaries): Grant {
  return grant(name, id, dictionaries, "roles");
}

/** Whether a scope is about nobody but its holder (OIDC Core 5.4, Graph `User.Read`, `….self`): one object. */
export function isOwn(scope: string): boolean {
  const name = bare(scope);
  return (
    /^(openid|profile|email|address|phone|offline_access|user\.read|read:user|user:email|read_user)$/i.test(name) ||
    /^userinfo\.|^identity\.|^read:(me|account)$|[.:_-](self|me)$/i.test(name)
  );
}

/** A scope without the URL it is written with: Google's `…/auth/`, Entra's `https://graph.microsoft.com/`. */
export function bare(name: string): string {
  return /^(?:https?|api):\/\/[^/]+\/(?:auth\/)?(.+)$/.exec(name)?.[1] ?? name;
}

function grant(name: string, id: string, dictionaries: Dictionaries, part: "scopes" | "roles"): Grant {
  const vendor = id === "generic" ? undefined : dictionaries.get(id);
  const entry = vendor && lookUp(name, vendor[part]);
  if (entry) return { ...entryGrant(entry), name, by: id };
  const generic = dictionaries.get("generic");
  const words = generic && genericGrant(name, part === "roles" ? generic.roles : [], generic.scopes);
  return words ? { ...words, name, by: "generic" } : { name, power: UNKNOWN };
}

function lookUp(name: string, entries: readonly ScopeEntry[]): ScopeEntry | undefined {
  const short = bare(name);
  return entries.find(({ match }) => matchesName(match, name) || matchesName(match, short));
}

function entryGrant({ power, reach, data, refresh }: ScopeEntry): Omit<Grant, "name"> {
  return { power, ...(reach && { reach }), ...(data && { data }), ...(refresh && { refresh }) };
}

/**
 * What the words of a name add up to: the most of all of them. A verb of reading without one of writing bounds the
 * words beside it, so that `read:admin` reads what admins see, and `secrets:read` still reads secrets.
 */
function genericGrant(
  name: string,
  nouns: readonly ScopeEntry[],
  verbs: readonly ScopeEntry[],
): Omit<Grant, "name"> | undefined {
  const all = runs(name);
  const said = (run: string, entries: readonly ScopeEntry[]) => wordsOf(entries)(run);
  const reading = new Set(all.filter((run) => said(run, verbs)?.power === 2));
  const writing = all.some((run) => isWriting(said(run, verbs)));
  const bound = reading.size > 0 && !writing;
  const grants = all.flatMap((run) => {
    const entry = said(run, nouns) ?? said(run, verbs);
    if (!entry) return [];
    const reads = run.split(":").some((word) => reading.has(word));
    return [bound && !reads ? bounded(entry) : entryGrant(entry)];
  });
  return grants.length > 0 ? grants.reduce(more) : undefined;
}

const WORDS = new WeakMap<readonly ScopeEntry[], (run: string) => ScopeEntry | undefined>();

/** Looks runs of words up. A star of an entry stands for one word or its end, so that `admin*` is no `admin:read`. */
function wordsOf(entries: readonly ScopeEntry[]): (run: string) => ScopeEntry | undefined {
  const known = WORDS.get(entries);
  if (known) return known;
  const all = entries.map((entry) => ({ entry, pattern: normal(entry.match) }));
  const exact = new Map(all.toReversed().map(({ entry, pattern }) => [pattern.replaceAll("\\*", "*"), entry]));
  const wild = all.filter(({ pattern }) => /(?<!\\)\*/.test(pattern));
  const find = (run: string) =>
    exact.get(run) ?? wild.find(({ pattern }) => sizeOf(pattern) === sizeOf(run) && matchesName(pattern, run))?.entry;
  WORDS.set(entries, find);
  return find;
}

function sizeOf(run: string): number {
  return run.split(":").length;
}

function isWriting(entry: ScopeEntry | undefined): boolean {
  return entry?.power === 3 && !entry.reach;
}

function bounded(entry: ScopeEntry): Omit<Grant, "name"> {
  if (entry.power <= 2) return entryGrant(entry);
  return entry.power >= 4 ? { power: 2, data: "confidential" } : { power: 2 };
}

/** The stronger of two grants, trait by trait. */
export function more<G extends Omit<Grant, "name">>(one: G, other: G): G {
  const [strong, weak] = other.power > one.power ? [other, one] : [one, other];
  const reach = most(REACHES, strong.reach, weak.reach);
  const data = most(DATA, strong.data, weak.data);
  const refresh = strong.refresh || weak.refresh;
  return { ...strong, ...(reach && { reach }), ...(data && { data }), ...(refresh && { refresh }) };
}

/** From the harmless up. */
export const REACHES: readonly Traits["reach"][] = ["none", "secrets-likely", "mints"];
export const DATA: readonly Traits["data"][] = ["public", "internal", "confidential", "regulated"];

/** The furthest of some values in an order; undefined if there is none. */
export function most<T>(order: readonly T[], ...values: readonly (T | undefined)[]): T | undefined {
  return order.findLast((value) => values.includes(value));
}

/** Every run of up to three words, joined with colons: `a`, `a:b`, `a:b:c`, `b`, ... */
function runs(name: string): string[] {
  const words = normal(bare(name)).split(":").filter(Boolean).slice(0, WORDS_MOST);
  return words
    .flatMap((_, at) =>
      [1, 2, 3].map((size) => words.slice(at, at + size)).filter((run, size) => run.length === size + 1),
    )
    .map((run) => run.join(":"));
}

function normal(name: string): string {
  const split = name.slice(0, 256).replace(/([a-z0-9])([A-Z])/g, "$1:$2");
  return split.toLowerCase().replace(/[.:/_\s-]+/g, ":");
}
