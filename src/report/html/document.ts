import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from "../../generated/page.ts";
import { type Gap, grouped, type Level, type Rule } from "../../model/index.ts";
import { repositoriesText } from "../counted.ts";
import type { RepositoryReport } from "../repository-report.ts";
import { type Credential, credentialsOf } from "../views/credentials.ts";
import { identitiesOf } from "../views/identities.ts";
import { reuseOf } from "../views/reuse.ts";
import { findingHtml, type Indexes } from "./finding.ts";
import { html, type Markup, raw } from "./markup.ts";
import { type Names, namesOf } from "./names.ts";
import { pictureOf } from "./picture.ts";
import { countsHtml, identitiesHtml, reachHtml, reuseHtml, scopeHtml, urgentHtml, WORST_FIRST } from "./sections.ts";
import { amount, capital, day } from "./words.ts";

/** How the page is written. */
export interface PageOptions {
  readonly version: string;
  /** The lowest level that is listed. */
  readonly minLevel: Level;
  readonly rules: ReadonlyMap<string, Rule>;
  /** Most findings on the page: the worst. */
  readonly most?: number;
  /** What could not even be listed, of a sweep. */
  readonly gaps?: readonly Gap[];
}

/** A browser filters so many at once without being slow. */
export const MOST_FINDINGS = 5000;

const GROUP = 20;

/** Only what stands in the page runs or styles it; nothing is asked for, nothing is sent. */
const POLICY = [
  "default-src 'none'",
  `style-src '${PAGE_STYLE_HASH}'`,
  `script-src '${PAGE_SCRIPT_HASH}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Writes one page of all reports, piece by piece: what to revoke first, how far it reaches, where it stands, and what to do. */
export function* htmlPieces(reports: readonly RepositoryReport[], options: PageOptions): Generator<string> {
  const names = namesOf(options.rules);
  const credentials = credentialsOf(reports, options.minLevel);
  const listed = credentials.slice(0, options.most ?? MOST_FINDINGS);
  const lists = listsOf(listed, names);
  yield head(reports, credentials, options).html;
  yield html`<main>
<section id="first"><h2>Revoke first</h2>${urgentHtml(credentials, names)}</section>
<section id="reach"><h2>How far it reaches</h2>${reachHtml(pictureOf(credentials, names))}${reuseHtml(reuseOf(listed), names)}${identitiesHtml(identitiesOf(listed), names)}</section>
<section id="findings"><h2>Findings</h2>${filters(lists, listed)}
<p id="shown" role="status">${shownText(listed.length, credentials.length)}</p>
`.html;
  const indexes = indexesOf(lists);
  // A browser lays out only those groups that are in sight.
  for (let at = 0; at < listed.length; at += GROUP) {
    const group = listed.slice(at, at + GROUP).map((credential) => findingHtml(credential, names, indexes));
    yield html`<div class="group">${group}</div>\n`.html;
  }
  yield html`<p id="nothing" hidden>No finding fits these filters.</p></section>
<section id="scope"><h2>What was looked at</h2>${scopeHtml(reports, options.gaps ?? [])}</section>
</main>
${triageTemplate()}
<footer><p>Written by leakreach ${options.version}. Whether a token still works was asked of nobody: what it says of itself is a claim. No secret is in this file.</p></footer>
<script>${raw(PAGE_SCRIPT)}</script>
</body></html>
`.html;
}

function head(
  reports: readonly RepositoryReport[],
  credentials: readonly Credential[],
  { version, gaps = [] }: PageOptions,
): Markup {
  const title =
    reports.length === 1
      ? `Leaks in ${reports[0]!.repository.name}`
      : `Leaks in ${repositoriesText(reports.map(({ repository }) => repository))}`;
  const days = reports.map(({ finishedAt }) => day(finishedAt)).sort();
  const when = days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`;
  const incomplete = reports.filter(({ report }) => !report.stats.complete).length;
  const missing = [
    ...(incomplete > 0 ? [`${grouped(incomplete)} of ${amount(reports.length, "scan")} incomplete`] : []),
    ...(gaps.length > 0 ? [`${amount(gaps.length, "source")} could not be listed`] : []),
  ];
  const open = credentials.filter(({ status }) => status === "open").length;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><meta name="generator" content="leakreach ${version}">
<title>${title}</title>
<style>${raw(PAGE_STYLE)}</style></head>
<body><header><p class="brand">leakreach <span>${when}</span></p>
<h1><bdi>${title}</bdi></h1>
<p class="lead">${amount(open, "leaked secret")} ${open === 1 ? "is" : "are"} open${credentials.length > open && `, ${grouped(credentials.length - open)} allowed or known`}.</p>
${countsHtml(credentials)}
${missing.length > 0 && html`<p class="warning"><b>Not everything was read:</b> ${missing.join("; ")}. <a href="#gaps">What is missing</a></p>`}
<nav aria-label="Parts of this report"><a href="#first">Revoke first</a><a href="#reach">Reach</a><a href="#findings">Findings</a><a href="#scope">Looked at</a></nav></header>
`;
}

function shownText(listed: number, all: number): string {
  return listed < all
    ? `The ${grouped(listed)} worst of ${grouped(all)} findings are on this page; the JSON reports have all.`
    : `${amount(all, "finding")}, the worst first.`;
}

/** The names that filters offer, in the order they are met: of the worst findings first. */
interface Lists {
  readonly repository: ReadonlyMap<string, string>;
  readonly provider: ReadonlyMap<string, string>;
  readonly owner: ReadonlyMap<string, string>;
  readonly boundary: ReadonlyMap<string, string>;
}

function listsOf(credentials: readonly Credential[], names: Names): Lists {
  const same = (all: readonly string[]) => new Map(all.map((name) => [name, name]));
  return {
    repository: new Map(credentials.flatMap(({ repositories }) => repositories.map(({ id, name }) => [id, name]))),
    provider: same(credentials.map(({ worst }) => names.provider(worst.rule))),
    owner: same(credentials.flatMap(({ owners }) => owners)),
    boundary: same(credentials.flatMap(({ boundaries }) => boundaries.map(({ name }) => name))),
  };
}

function indexesOf(lists: Lists): Indexes {
  const index = (all: ReadonlyMap<string, string>) => {
    const places = new Map([...all.keys()].map((name, at) => [name, at]));
    return (name: string) => places.get(name) ?? -1;
  };
  return {
    repository: index(lists.repository),
    provider: index(lists.provider),
    owner: index(lists.owner),
    boundary: index(lists.boundary),
  };
}

/** Shown by the page's script alone: without it they would do nothing. */
function filters(lists: Lists, listed: readonly Credential[]): Markup {
  const select = (field: keyof Lists) => {
    const sorted = [...lists[field].values()]
      .map((name, at) => ({ name, at }))
      .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    return html`<label${sorted.length < 2 && raw(" hidden")}>${capital(field)}<select data-field="${field}"><option value="">all ${grouped(sorted.length)}</option>${sorted.map(({ name, at }) => html`<option value="${at}">${name.slice(0, 120)}</option>`)}</select></label>`;
  };
  const used = new Set(listed.map(({ worst }) => worst.level));
  const levels = WORST_FIRST.filter((level) => used.has(level)).map(
    (level) =>
      html`<label class="tick c-${level}"><input type="checkbox" name="level" value="${level}" checked> ${level}</label>`,
  );
  return html`<form class="filters" hidden aria-label="Filters">
<fieldset><legend>Level</legend>${levels}</fieldset>
<label class="search">Search<input type="search" placeholder="path, claim, commit, reason" autocomplete="off" spellcheck="false"></label>
${select("repository")}${select("provider")}${select("owner")}${select("boundary")}
<label class="tick"><input type="checkbox" name="closed"> allowed and known, too</label>
<span class="actions"><button type="reset">Reset</button><button type="button" id="download" hidden>Download baseline</button></span>
</form>`;
}

/** What the script puts into a finding that is opened. */
function triageTemplate(): Markup {
  return html`<template id="triage"><form class="triage" aria-label="Triage"><label>Mark as<select><option value="">open</option><option value="revoked">revoked</option><option value="accepted">accepted</option><option value="false-positive">false positive</option></select></label><label>Reason<input type="text" maxlength="500" autocomplete="off"></label></form></template>`;
}
