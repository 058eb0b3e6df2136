import type { Baseline } from "../config/baseline.ts";
import type { GitleaksIgnore, IgnoredPlace } from "../config/gitleaks-ignore.ts";
import type { AllowEntry, Settings, Terms } from "../config/settings.ts";
import { type Finding, type Gap, type Match, type Suppression, toldName } from "../model/index.ts";

/** Whatever may allow a finding. */
export interface SuppressionInput {
  readonly settings: Settings;
  readonly baseline?: Baseline;
  readonly ignore?: GitleaksIgnore;
  /** Says whether a comment in the scanned text may allow this place; every one may when left out. */
  readonly trusts?: (place: Match) => boolean;
  /** Only a part of what the settings are about was scanned: entries that allow nothing are not called unused. */
  readonly partial?: boolean;
  /** The clock, in epoch seconds. */
  readonly now: number;
}

/** Findings with what allows them, how many were allowed by whom, and what is to be said about the allowing. */
export interface Suppressed {
  readonly findings: Finding[];
  readonly counts: Record<string, number>;
  readonly notices: string[];
}

/** Whose convention an entry of the settings is. */
const SETTINGS = "settings";

/** Marks findings that are allowed or known. One counts as allowed only if every place it stands in is. */
export function suppress(findings: readonly Finding[], input: SuppressionInput): Suppressed {
  const allowing = new Allowing(input);
  const counts: Record<string, number> = {};
  const marked = findings.map((finding) => {
    const judged = { ...allowing.judge(finding), ...known(finding, input.baseline) };
    const by = judged.suppression?.by;
    if (by !== undefined) counts[by] = (counts[by] ?? 0) + 1;
    return judged;
  });
  return { findings: marked, counts, notices: allowing.notices() };
}

/** Splits gaps, each told once, into those that count and those that the settings accept. */
export function acceptGaps(
  gaps: readonly Gap[],
  settings: Settings,
  now: number,
  partial = false,
): { open: Gap[]; accepted: Gap[]; notices: string[] } {
  const live = settings.gaps.filter((entry) => !isExpired(entry, now));
  const used = new Set<Terms>();
  const isAccepted = (gap: Gap): boolean => {
    const entries = live.filter((entry) => entry.accepts(gap.what));
    for (const entry of entries) used.add(entry);
    return entries.length > 0;
  };
  const accepted: Gap[] = [];
  const open: Gap[] = [];
  const told = new Map(gaps.map((gap) => [`${gap.what}\0${gap.why}`, gap]));
  for (const gap of told.values()) (isAccepted(gap) ? accepted : open).push(gap);
  const notices = settings.gaps.flatMap((entry) => noticeOf(entry, "accepts the gap", used, now));
  return { open, accepted, notices: spoken(notices, partial) };
}

/** An entry holds through the whole of its last day (UTC). */
export function isExpired({ until }: Terms, now: number): boolean {
  return until !== undefined && now >= Date.parse(`${until}T00:00:00Z`) / 1000 + 86_400;
}

function noticeOf(
  entry: Terms & { readonly what: string },
  verb: string,
  used: ReadonlySet<unknown>,
  now: number,
): string[] {
  const { what, where, until, reason } = entry;
  if (isExpired(entry, now))
    return [`expired: ${where} ${verb} ${what} until ${until} (${reason}); mend it, or renew or remove the entry`];
  return used.has(entry) ? [] : [`unused: ${where} ${verb} ${what}, and there is none; remove the entry`];
}

/** What was not looked for may well be there: a part of a tree says nothing of what is unused. */
function spoken(notices: readonly string[], partial: boolean): string[] {
  return notices.filter((text) => !(partial && text.startsWith("unused: ")));
}

function known({ fingerprint }: Finding, baseline: Baseline | undefined): Pick<Finding, "baseline"> {
  if (!baseline) return {};
  return { baseline: baseline.fingerprints.has(fingerprint) ? "unchanged" : "new" };
}

/** Everything that allows findings, and which of it was of use. */
class Allowing {
  readonly #input: SuppressionInput;
  readonly #live: readonly AllowEntry[];
  readonly #ignored = new Map<string, IgnoredPlace[]>();
  readonly #used = new Set<Terms | IgnoredPlace>();
  /** Places of comments that would allow a finding, and may not. */
  readonly #distrusted = new Set<string>();

  constructor(input: SuppressionInput) {
    this.#input = input;
    this.#live = input.settings.allow.filter((entry) => !isExpired(entry, input.now));
    for (const place of input.ignore?.places ?? []) {
      const key = placeKey(place.path, place.line);
      this.#ignored.set(key, [...(this.#ignored.get(key) ?? []), place]);
    }
  }

  /** A finding with its suppression; where only some places are allowed, the others come first. */
  judge(finding: Finding): Finding {
    const own = finding.exposures.filter((place) => isOwn(finding, place));
    const allowed = new Map(finding.exposures.map((place) => [place, this.#allow(finding, place)] as const));
    const open = new Set(own.filter((place) => !allowed.get(place)));
    if (own.length > 0 && open.size === 0) return { ...finding, suppression: allowed.get(own[0]!)! };
    const rest = finding.exposures.filter((place) => !open.has(place));
    return rest.length === 0 ? finding : { ...finding, exposures: [...open, ...rest] as [Match, ...Match[]] };
  }

  notices(): string[] {
    const { settings, ignore, partial, now } = this.#input;
    const entries = settings.allow.flatMap((entry) => noticeOf(entry, "allows", this.#used, now));
    const all = [...entries, ...(ignore ? this.#ignoreNotices(ignore) : [])];
    return [...spoken(all, partial ?? false), ...distrustedNotice([...this.#distrusted])];
  }

  /** Asks everything that could allow a place, so that whatever does is known to be of use. */
  #allow(finding: Finding, place: Match): Suppression | undefined {
    const isDistrusted = place.allow !== undefined && this.#input.trusts?.(place) === false;
    if (isDistrusted) this.#distrusted.add(`${toldName(place, place.provenance.path)}:${place.region.line}`);
    const allow = isDistrusted ? undefined : place.allow;
    return [...(allow ? [allow] : []), ...this.#bySettings(finding, place), ...this.#byIgnore(finding, place)][0];
  }

  #bySettings(finding: Finding, place: Match): Suppression[] {
    const { fingerprint } = finding;
    const rules = [...new Set([place.rule, finding.rule])];
    const hits = this.#live.filter((entry) =>
      pathsOf(place).some((path) => entry.allows({ fingerprint, rules, path })),
    );
    for (const entry of hits) this.#used.add(entry);
    return hits.map(({ reason, until }) => ({ by: SETTINGS, reason, ...(until === undefined ? {} : { until }) }));
  }

  #byIgnore(finding: Finding, place: Match): Suppression[] {
    const { ignore } = this.#input;
    if (!ignore) return [];
    const rules = [...new Set([place.rule, finding.rule])];
    const places = this.#ignored.get(placeKey(pathsOf(place)[0]!, place.region.line)) ?? [];
    const hits = places.filter((line) => rules.some((rule) => ignore.ignores(line, rule)));
    for (const line of hits) this.#used.add(line);
    return hits.map(({ at }) => ({ by: ignore.name, reason: `line ${at}` }));
  }

  #ignoreNotices({ places, commits, malformed, name }: GitleaksIgnore): string[] {
    const unused = places.filter((place) => !this.#used.has(place)).map(({ at }) => at);
    return [
      ...(malformed.length > 0
        ? [`ignored: ${name} ${lines(malformed)} not of the form file:rule:line or commit:file:rule:line`]
        : []),
      ...(commits > 0
        ? [`ignored: ${commits} line${commits === 1 ? "" : "s"} of ${name} name commits, and count only for history`]
        : []),
      ...(unused.length > 0 ? [`unused: ${name} ${lines(unused)} of no use: nothing is found there`] : []),
    ];
  }
}

/** The other half of a pair stands among a finding's places; it is a secret of its own, allowed on its own. */
function isOwn(finding: Finding, place: Match): boolean {
  return place.rule === finding.rule || place.secret.reveal() === finding.secret.reveal();
}

/** How a place is called: the path with what is inside an archive, then the archive. */
function pathsOf({ provenance }: Match): readonly string[] {
  const { inner = [] } = provenance;
  return inner.length > 0 ? [[provenance.path, ...inner].join("!"), provenance.path] : [provenance.path];
}

const placeKey = (path: string, line: number): string => `${line}:${path}`;

const FEW = 5;

function distrustedNotice(places: readonly string[]): string[] {
  if (places.length === 0) return [];
  const more = places.length > FEW ? ` and ${places.length - FEW} more` : "";
  return [
    `comments that came with what is looked at allow nothing before they are merged: ${places.slice(0, FEW).join(", ")}${more}`,
  ];
}

/** `line 3 is`, `lines 3, 5 and 8 more are`. */
function lines(numbers: readonly number[]): string {
  const more = numbers.length > FEW ? ` and ${numbers.length - FEW} more` : "";
  return numbers.length === 1 ? `line ${numbers[0]} is` : `lines ${numbers.slice(0, FEW).join(", ")}${more} are`;
}
