import { Following, type Group, type Member, whenIdle } from "./following.ts";

/** A finding as filters see it. */
interface Entry extends Member {
  readonly level: string;
  readonly isClosed: boolean;
  /** Of each field, the places of its names in the page's lists: ` 0 3 `. */
  readonly fields: Readonly<Record<string, string>>;
  /** All its text in lower case, once it was asked for. */
  text?: string;
}

const FIELDS = ["repository", "provider", "owner", "boundary"] as const;

/** What a page does with its filters. */
export interface Chooser {
  /** Shows the findings that fit, and says how many those are. What is out of sight follows while nobody waits. */
  readonly choose: () => void;
  /** Has all that is out of sight follow at once. */
  readonly settle: () => void;
}

/** Has the form's filters choose among the findings. */
export function chooser(form: HTMLFormElement, findings: readonly HTMLDetailsElement[]): Chooser {
  const entries = findings.map(entryOf);
  const groups = groupsOf(entries);
  const shown = document.getElementById("shown")!;
  const nothing = document.getElementById("nothing")!;
  const whole = shown.textContent;
  const search = form.querySelector<HTMLInputElement>("input[type=search]")!;
  const ticks = [...form.querySelectorAll<HTMLInputElement>("input[name=level]")];
  const closed = form.querySelector<HTMLInputElement>("input[name=closed]")!;
  const selects = [...form.querySelectorAll<HTMLSelectElement>("select")];
  const following = new Following(groups);
  readAhead(entries);

  const choose = () => {
    const levels = new Set(ticks.filter(({ checked }) => checked).map(({ value }) => value));
    const chosen = selects
      .filter(({ value }) => value !== "")
      .map(({ dataset, value }) => [dataset.field!, ` ${value} `]);
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (entry: Entry) =>
      levels.has(entry.level) &&
      (closed.checked || !entry.isClosed) &&
      chosen.every(([field, place]) => entry.fields[field!]!.includes(place!)) &&
      words.every((word) => textOf(entry).includes(word));
    let count = 0;
    for (const group of groups) {
      let fitting = 0;
      for (const entry of group.members) {
        entry.fits = fits(entry);
        if (entry.fits) fitting++;
      }
      count += fitting;
      if (fitting === group.fitting) continue;
      group.fitting = fitting;
      group.element.hidden = fitting === 0;
      group.element.style.containIntrinsicBlockSize = `auto ${fitting * ROW}px`;
    }
    following.start();
    nothing.hidden = count > 0;
    shown.textContent = count === entries.length ? whole : `${count.toLocaleString("en")} shown. ${whole}`;
  };
  return { choose, settle: () => following.finish() };
}

/** About how high a closed finding is, in pixels: for groups that were never in sight. */
const ROW = 68;

function groupsOf(entries: readonly Entry[]): readonly Group<Entry>[] {
  const members = new Map<HTMLElement, Entry[]>();
  for (const entry of entries) {
    const group = entry.element.parentElement!;
    const all = members.get(group);
    if (all) all.push(entry);
    else members.set(group, [entry]);
  }
  return [...members].map(([element, all]) => ({ element, members: all, fitting: all.length }));
}

function entryOf(element: HTMLDetailsElement): Entry {
  const { level = "", status, ...rest } = element.dataset;
  const fields = Object.fromEntries(FIELDS.map((field) => [field, ` ${rest[field] ?? ""} `]));
  return { element, level, isClosed: status !== "open", fields, fits: true };
}

function textOf(entry: Entry): string {
  entry.text ??= `${entry.element.textContent} ${entry.element.dataset.rule}`.toLowerCase();
  return entry.text;
}

/** Reads the texts while nobody waits, a few at a time, so that the first search finds them read. */
function readAhead(entries: readonly Entry[], at = 0): void {
  if (at >= entries.length) return;
  whenIdle((isOver) => {
    let next = at;
    while (next < entries.length && (next === at || !isOver())) textOf(entries[next++]!);
    readAhead(entries, next);
  });
}
