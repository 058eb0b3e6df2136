import { type Gap, grouped, LEVELS, type Level } from "../../model/index.ts";
import { repositoriesText } from "../counted.ts";
import type { RepositoryReport } from "../repository-report.ts";
import type { Credential } from "../views/credentials.ts";
import type { Identity } from "../views/identities.ts";
import { type Reuse, reuseText } from "../views/reuse.ts";
import { badge, sinceLine, whereLine } from "./finding.ts";
import { foreign, html, link, type Markup } from "./markup.ts";
import type { Names } from "./names.ts";
import type { Picture } from "./picture.ts";
import { pictureSvg } from "./picture-svg.ts";
import { amount, capital, day } from "./words.ts";

/** How many entries each part of the page lists; of more, the number is said. */
const MOST = { urgent: 10, identities: 25, tokens: 3, reuse: 25, repositories: 500, gaps: 100, named: 3 };

/** From the worst to the harmless. */
export const WORST_FIRST: readonly Level[] = [...LEVELS].reverse();

/** How many open secrets there are of each level, as numbers and as one bar. */
export function countsHtml(credentials: readonly Credential[]): Markup {
  const open = credentials.filter(({ status }) => status === "open");
  const counts = WORST_FIRST.map((level) => ({
    level,
    count: open.filter(({ worst }) => worst.level === level).length,
  }));
  const shown = counts.filter(({ level, count }) => level !== "none" || count > 0);
  let x = 0;
  const bars = shown.map(({ level, count }) => {
    const width = (count / Math.max(1, open.length)) * 1000;
    const bar = html`<rect class="b-${level}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="8"/>`;
    x += width;
    return bar;
  });
  return html`<ul class="counts">${shown.map(({ level, count }) => html`<li class="${count > 0 ? `c-${level}` : "zero"}"><b>${grouped(count)}</b> ${level}</li>`)}</ul>
<svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>`;
}

/** What to revoke first: the worst open secrets in the order to do it. */
export function urgentHtml(credentials: readonly Credential[], names: Names): Markup {
  const open = credentials.filter(({ status, worst }) => status === "open" && worst.level !== "none");
  const shown = open.slice(0, MOST.urgent).map((credential) => {
    const { worst, owners, fingerprint } = credential;
    const revoke = names.rule(worst.rule)?.revoke;
    const [step] = worst.remedies;
    return html`<li>${badge(worst)}
<div><a class="what" href="#${fingerprint}">${foreign(names.title(worst))}</a>${worst.identity !== undefined && html` <span class="from">of ${foreign(worst.identity)}</span>`}
<p class="why">${worst.reasons.slice(0, 3).map((reason, at) => html`${at > 0 && "; "}${foreign(at > 0 ? reason : capital(reason))}`)}</p>
<p class="do">${step && foreign(step.action)}${revoke?.url !== undefined && html` ${link(revoke.url, revoke.url)}`}</p>
<p class="meta">${whereLine(credential)}<br>${sinceLine(credential)}${owners.length > 0 && html` · owned by ${foreign(owners.join(", "))}`}</p></div></li>`;
  });
  if (shown.length === 0) return html`<p>Nothing: no open finding reaches anything.</p>`;
  const left = open.length - shown.length;
  return html`<ol class="urgent">${shown}</ol>${left > 0 && html`<p class="more">${amount(left, "more open finding")} below, the worst first.</p>`}`;
}

/** The picture, what it leaves out, and the same as a table. */
export function reachHtml(picture: Picture): Markup {
  if (picture.nodes.length === 0) return html`<p>There is nothing open to draw.</p>`;
  const { nodes, shown, gathered, leftOut } = picture;
  const isBundled = shown > nodes.filter(({ fingerprint }) => fingerprint !== undefined).length;
  const is = (count: number) => (count === 1 ? "is" : "are");
  const left = [
    isBundled ? "tokens of one kind that belong to one identity and open the same share a box" : "",
    gathered > 0 ? `${amount(gathered, "further token")} ${is(gathered)} drawn by level alone` : "",
    leftOut > 0 ? `${amount(leftOut, "token")} of level low ${is(leftOut)} left out` : "",
  ].filter((part) => part !== "");
  const label = new Map(picture.nodes.map((node) => [node.id, node]));
  const rows = picture.links
    .filter(({ target }) => target.startsWith("a:"))
    .map(({ source, target }) => {
      const [token, audience] = [label.get(source)!, label.get(target)!];
      const who = picture.links.filter((each) => each.target === source).map((each) => label.get(each.source)!.label);
      const name = token.fingerprint
        ? html`<a href="#${token.fingerprint}">${foreign(token.label)}</a>`
        : foreign(token.label);
      return html`<tr><td>${foreign(who.length > 3 ? `${who.slice(0, 3).join(", ")} and ${who.length - 3} more` : who.join(", "))}</td><td>${name}</td><td>${foreign(audience.label)}</td><td>${foreign(audience.boundary ?? "")}</td></tr>`;
    });
  return html`<figure><div class="scroll" tabindex="0" role="region" aria-label="Picture of the reach">${pictureSvg(picture)}</div>
<figcaption>${levelKey(picture)} ${capital(left.length > 0 ? `${left.join("; ")}.` : "All open tokens are drawn.")}</figcaption></figure>
<details class="table"><summary>The same as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Table of the reach"><table><thead><tr><th>Identity</th><th>Token</th><th>Audience</th><th>Trust boundary</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function levelKey({ nodes }: Picture): Markup {
  const used = WORST_FIRST.filter((level) => nodes.some((node) => node.level === level));
  return html`<span class="key">${used.map((level) => html`<span class="k-${level}">${level}</span>`)}</span>`;
}

/** Tokens that several trust boundaries accept. */
export function reuseHtml(reuse: readonly Reuse[], names: Names): Markup | undefined {
  if (reuse.length === 0) return undefined;
  const rows = reuse.slice(0, MOST.reuse).map((one) => {
    const { credential, boundaries } = one;
    const shown = boundaries
      .slice(0, 8)
      .map(
        ({ name, owner, sensitivity }) =>
          html`<li>${foreign([name, owner, sensitivity].filter(Boolean).join(" · "))}</li>`,
      );
    return html`<tr><td>${badge(credential.worst)}</td><td><a href="#${credential.fingerprint}">${foreign(names.token(credential))}</a><br><span class="from">${reuseText(one)}</span></td><td><ul>${shown}${boundaries.length > 8 && html`<li class="more">and ${boundaries.length - 8} more</li>`}</ul></td></tr>`;
  });
  return table("One token, several trust boundaries", ["Level", "Token", "Good for"], rows, reuse.length);
}

/** Identities whose tokens leaked. */
export function identitiesHtml(identities: readonly Identity[], names: Names): Markup | undefined {
  if (identities.length === 0) return undefined;
  const rows = identities.slice(0, MOST.identities).map((identity) => {
    const { credentials, name, boundaries, owners, repositories } = identity;
    const tokens = credentials
      .slice(0, MOST.tokens)
      .map((each) => html`<li><a href="#${each.fingerprint}">${foreign(names.token(each))}</a></li>`);
    const more = credentials.length - tokens.length;
    const counted = `${amount(credentials.length, "token")} in ${repositoriesText(repositories)}`;
    return html`<tr><td>${badge(credentials[0].worst)}</td><td>${foreign(name)}${owners.length > 0 && html`<br><span class="from">owned by ${foreign(owners.join(", "))}</span>`}</td>
<td>${counted}<ul>${tokens}${more > 0 && html`<li class="more">and ${more} more</li>`}</ul></td><td>${boundaries.length > 0 ? foreign(boundaries.slice(0, 5).join(", ")) : html`<span class="unknown">none named</span>`}${boundaries.length > 5 && ` and ${boundaries.length - 5} more`}</td><td>${rotation(identity)}</td></tr>`;
  });
  return table(
    "Identities whose tokens leak",
    ["Widest reach", "Identity", "Leaked", "Trust boundaries", "Renewed"],
    rows,
    identities.length,
  );
}

function rotation({ issued, rotated, credentials }: Identity): Markup | string {
  const [first, last] = [issued[0], issued.at(-1)];
  if (first === undefined || last === undefined)
    return html`<span class="unknown">not told: no token says when it was issued</span>`;
  if (rotated)
    return `yes, and it leaked again: ${amount(issued.length, "time")} between ${day(first)} and ${day(last)}`;
  return credentials.length > 1 ? `not seen: all issued ${day(first)}` : `one token, issued ${day(first)}`;
}

function table(title: string, heads: readonly string[], rows: readonly Markup[], total: number): Markup {
  return html`<h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>${total > rows.length && html`<p class="more">The ${rows.length} worst of ${grouped(total)} are listed.</p>`}`;
}

/** What was looked at, and what could not be read. */
export function scopeHtml(reports: readonly RepositoryReport[], unlisted: readonly Gap[]): Markup {
  const rows = reports.slice(0, MOST.repositories).map(({ repository, report, finishedAt }) => {
    const name = repository.url === undefined ? foreign(repository.name) : link(repository.url, repository.name);
    const { complete } = report.stats;
    return html`<tr><td>${name}${repository.visibility && html` <span class="chip">${repository.visibility}</span>`}</td><td>${grouped(report.findings.length)}</td><td>${day(finishedAt)}</td><td>${complete ? "complete" : html`<b class="warn">incomplete: ${amount(report.gaps.length, "gap")}</b>`}</td></tr>`;
  });
  return html`${table("Repositories and logs", ["Name", "Findings", "Looked at", "Read"], rows, reports.length)}${gapsHtml(reports, unlisted)}`;
}

/** What was not read, each kind of gap once with the repositories that have it: those of single repositories first. */
function gapsHtml(reports: readonly RepositoryReport[], unlisted: readonly Gap[]): Markup | undefined {
  const kinds = new Map<string, { readonly gap: Gap; readonly names: string[] }>();
  for (const { repository, report } of reports)
    for (const gap of report.gaps) {
      const key = `${gap.what}\0${gap.why}`;
      const known = kinds.get(key);
      if (known) known.names.push(repository.name);
      else kinds.set(key, { gap, names: [repository.name] });
    }
  const all = [
    ...unlisted.map((gap) => ({ gap, names: [] })),
    ...[...kinds.values()].sort((a, b) => a.names.length - b.names.length),
  ];
  if (all.length === 0) return undefined;
  const shown = all.slice(0, MOST.gaps).map(({ gap: { what, why }, names }) => {
    const where = names.length > MOST.named ? amount(names.length, "repository") : names.join(", ");
    return html`<li>${names.length > 0 && html`<span class="repo">${foreign(where)}</span> `}${foreign(what)}: ${foreign(why)}</li>`;
  });
  const left = all.length - shown.length;
  return html`<h3 id="gaps">Not read</h3><ul class="gaps">${shown}${left > 0 && html`<li class="more">and ${amount(left, "more gap")}, in the JSON reports</li>`}</ul>`;
}
