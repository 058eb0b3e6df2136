import type { Match } from "../model/index.ts";
import { placeOf } from "../report/listing.ts";

/** A place as one text: `deploy.sh:3`, `logs.zip!a.txt:1`. */
export function placeText(match: Match): string {
  const { path, inner, region } = placeOf(match);
  return `${[path, ...inner].join("!")}:${region.line}`;
}

/** Which commit brought it, if it is known and matters. */
export function originText(match: Match, stands: boolean): string {
  const { commit } = placeOf(match);
  const brought = commit === undefined ? "" : `Commit ${commit.slice(0, 12)} added it`;
  if (stands) return brought === "" ? "" : `${brought}.`;
  if (brought === "") return "";
  return `${brought} (${placeText(match)}); it no longer stands there, but everybody who can read the history has it.`;
}
