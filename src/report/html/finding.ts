import { type Fact, grouped } from "../../model/index.ts";
import { repositoriesText } from "../counted.ts";
import type { JsonExposure, JsonFinding } from "../json.ts";
import { leftLines } from "../text-log.ts";
import type { Credential, Exposure } from "../views/credentials.ts";
import { address } from "./address.ts";
import { code, foreign, html, link, type Markup } from "./markup.ts";
import type { Names } from "./names.ts";
import { amount, capital, day } from "./words.ts";

/** How much of one finding is written; of more, the number is said. */
const MOST = { places: 12, reasons: 10, facts: 24, remedies: 8, names: 8 };

/** What a page's filters choose by: the place of each name in the page's lists. */
export interface Indexes {
  readonly repository: (id: string) => number;
  readonly provider: (name: string) => number;
  readonly owner: (name: string) => number;
  readonly boundary: (name: string) => number;
}

/** One credential with all that is known of it; closed until it is asked for, by a click or by its address. */
export function findingHtml(credential: Credential, names: Names, indexes: Indexes): Markup {
  const { worst, fingerprint, status, repositories, owners, boundaries } = credential;
  const marks = [
    ["level", worst.level],
    ["status", status],
    ["rule", worst.rule],
    ["repository", repositories.map(({ id }) => indexes.repository(id))],
    ["provider", indexes.provider(names.provider(worst.rule))],
    ["owner", owners.map(indexes.owner)],
    ["boundary", boundaries.map(({ name }) => indexes.boundary(name))],
  ] as const;
  const attributes = marks.map(
    ([name, value]) => html` data-${name}="${Array.isArray(value) ? value.join(" ") : String(value)}"`,
  );
  return html`<details class="finding"${attributes}>
<summary>${badge(worst)}<span class="what">${foreign(names.title(worst))}${status !== "open" && html` <span class="chip">${status}</span>`}</span>
<span class="where">${whereLine(credential)}</span><span class="since">${sinceLine(credential)}</span></summary>
<div class="body" id="${fingerprint}">${body(credential, names)}</div>
</details>
`;
}

/** Level and score of a finding. */
export function badge({ level, score }: Pick<JsonFinding, "level" | "score">): Markup {
  return html`<span class="badge ${level}">${capital(level)} <b>${score.toFixed(1)}</b></span>`;
}

/** The first place of a credential, and how many more there are. */
export function whereLine({ exposures, repositories }: Credential): Markup {
  const [first] = exposures;
  if (!first) return html``;
  const more = exposures.length - 1;
  const others = repositories.length > 1 ? ` in ${repositoriesText(repositories)}` : "";
  return html`<span class="repo">${foreign(first.repository.name)}</span> ${code(placeText(first.place))}${more > 0 && ` and ${amount(more, "more place")}${others}`}`;
}

/** Since when it is known to be out, and whether it still stands in the files. */
export function sinceLine({ first, last, atHead, logs }: Credential): string {
  const parts = [
    first === undefined ? "" : `since ${day(first)}`,
    atHead === true ? "still in the files" : atHead === false ? `in the history only` : "",
    atHead !== true && last !== undefined ? `last seen ${day(last)}` : "",
    logs > 0 ? `in ${amount(logs, "log")}` : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function body(credential: Credential, names: Names): Markup {
  const { worst, owners, fingerprint, boundaries } = credential;
  const rule = names.rule(worst.rule);
  const { identity, breaches, pairedWith, suppression } = worst;
  return html`${rule && html`<p class="impact">${rule.impact}</p>`}
<div class="columns"><div>
<h4>What to do</h4>${remedies(worst, rule?.revoke.url)}
</div><div>
<h4>Where it stands</h4>${items(credential.exposures.slice(0, MOST.places).map(placeHtml), MOST.places, "place", credential.exposures.length)}
<h4>Whose it is, and since when</h4><dl>
${row("Owner", owners.length > 0 ? nameList(owners) : html`<span class="unknown">no policy names one</span>`)}
${identity !== undefined && row("Identity", foreign(identity))}
${boundaries.length > 0 && row("Boundaries", nameList(boundaries.map(({ name, mapped }) => (mapped ? name : `${name} (unmapped)`))))}
${row("Known", sinceLine(credential) || "since this scan")}
${historyRows(credential)}
${suppression && row("Allowed by", foreign([suppression.by, suppression.reason, suppression.until && `until ${suppression.until}`].filter(Boolean).join("; ")))}
</dl>
<h4>Why</h4>${items(
    worst.reasons.map((reason) => foreign(reason)),
    MOST.reasons,
    "reason",
  )}</div></div>
${worst.facts.length > 0 && html`<h4>What it says</h4>${facts(worst.facts)}`}
<p class="ids">${code(fingerprint)} ${code([worst.rule, ...breaches].join(", "))}${pairedWith.slice(0, MOST.names).map((other) => html` · belongs together with ${code(other)}`)}</p>`;
}

function remedies({ remedies: all }: JsonFinding, revokeUrl: string | undefined): Markup {
  const shown = all.slice(0, MOST.remedies).map(({ action, where, command, owner }) => {
    // Only an address of the rule becomes a link: any other may be the token's own.
    const place =
      where === undefined || action.includes(where)
        ? undefined
        : where === revokeUrl
          ? link(where, where)
          : foreign(where);
    return html`<li>${foreign(action)}${owner !== undefined && html` (${foreign(owner)})`}${place && html`<br>${place}`}${command !== undefined && html`<pre><bdi>${command}</bdi></pre>`}</li>`;
  });
  return html`<ol>${shown}</ol>`;
}

/** A list, and how many of it are not shown. */
function items(all: readonly Markup[], most: number, noun: string, total = all.length): Markup {
  const left = total - Math.min(all.length, most);
  return html`<ul>${all.slice(0, most).map((each) => html`<li>${each}</li>`)}${left > 0 && html`<li class="more">and ${amount(left, `more ${noun}`)}, in the JSON report</li>`}</ul>`;
}

/** A place as text: `src/a.env:3`, `backup.zip!/home/.netrc:2`. */
export function placeText({ path, inner = [], line }: JsonExposure): string {
  return `${[path, ...inner].join("!/")}:${grouped(line).replaceAll(",", "")}`;
}

function placeHtml({ repository, place }: Exposure): Markup {
  const { commit, log, assignedTo, date } = place;
  const url = address(repository, place);
  const text = code(placeText(place));
  const from = [
    assignedTo === undefined ? undefined : html`assigned to ${code(assignedTo)}`,
    commit === undefined
      ? undefined
      : html`commit ${code(commit.slice(0, 12))}${date !== undefined && ` of ${day(date)}`}`,
    log && logText(log),
  ].filter((part) => part !== undefined);
  return html`<span class="repo">${foreign(repository.name)}</span> <span class="path">${url === undefined ? text : link(url, text)}</span>${from.map((part) => html`<br><span class="from">${part}</span>`)}`;
}

function logText({ system, run, job, step, time, maskedAt, left }: NonNullable<JsonExposure["log"]>): Markup {
  const parts = [
    system === "plain" ? "log" : `log of ${capital(system)}`,
    run === undefined ? "" : `run ${run}`,
    job === undefined ? "" : `job ${job}`,
    step === undefined ? "" : `step ${step}`,
    time === undefined ? "" : time,
    maskedAt === undefined ? "" : `masked in line ${maskedAt}, but not here`,
  ];
  const beside = leftLines(left).map((line) => html`<br>${foreign(line)}`);
  return html`${foreign(parts.filter((part) => part !== "").join(", "))}${beside}`;
}

/** Of one repository, the one it was found worst in; of several it says which. */
function historyRows({ worst: { history }, worstIn, repositories }: Credential): Markup | undefined {
  if (!history) return undefined;
  const { introduced, removed, refs } = history;
  const where = repositories.length > 1 && html`<span class="from"> in ${foreign(worstIn.name)}</span>`;
  const commits = ({ commits: all, count }: typeof introduced) =>
    html`${all.slice(0, 2).map(({ id, date }, at) => html`${at > 0 && " … "}${code(id.slice(0, 12))}${date !== undefined && ` of ${day(date)}`}`)}${count > all.length && `, ${grouped(count)} commits in all`}`;
  return html`${introduced.count > 0 && row("Introduced", html`${commits(introduced)}${where}`)}${removed.count > 0 && row("Removed", html`${commits(removed)}${where}`)}${refs.count > 0 && row("In refs", html`${nameList(refs.names, refs.count)}${where}`)}`;
}

function facts(all: readonly Fact[]): Markup {
  const rows = all
    .slice(0, MOST.facts)
    .map(({ name, value, basis }) =>
      row(name, html`${foreign(value)}${basis === "proved" && html` <span class="chip proved">proved</span>`}`),
    );
  const left = all.length - rows.length;
  return html`<dl class="facts">${rows}</dl>${left > 0 && html`<p class="more">and ${amount(left, "more fact")}, in the JSON report</p>`}`;
}

function row(name: string, value: Markup | string): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** A few names, and how many more there are. */
function nameList(all: readonly string[], total = all.length): Markup {
  const shown = all.slice(0, MOST.names);
  const left = total - shown.length;
  return html`${shown.map((name, at) => html`${at > 0 && ", "}${foreign(name)}`)}${left > 0 && ` and ${grouped(left)} more`}`;
}
