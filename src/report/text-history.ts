import type { Finding, HistoryFacts } from "../model/index.ts";
import { grouped } from "../model/index.ts";
import { plain } from "./redact.ts";
import { wrap } from "./wrap.ts";

const REACH: Readonly<Record<HistoryFacts["reach"], string>> = {
  ref: "",
  stash: "only the stash still leads to it",
  logged: "only a reflog still leads to it",
  unreachable: "nothing leads to it any more (a forced push, a deleted branch), but it can still be fetched by its id",
  unknown: "whether anything leads to it is not known: folders of the history are missing",
};

/** Where a secret came from, whether it is gone, and who still has it. */
export function historyLines({ history }: Finding, room: number): string[] {
  if (!history) return [];
  const { introduced, removed, atHead, versions, paths, refs, inHistoryOf, reach, end = "HEAD" } = history;
  const lines = [
    sentence("introduced in", introduced),
    sentence("removed in", removed),
    versions > 0
      ? `${atHead ? "still" : "not"} at ${end}; in ${many(versions, "version")} of ${many(paths, "path")}`
      : "in a commit or tag itself, which no later commit takes away",
    versions > 0 && refs.count > 0 ? `still in the tree of ${names(refs)}` : "",
    versions === 0 && inHistoryOf.count > 0 ? `in the history of ${names(inHistoryOf)}` : "",
    REACH[reach],
    history.exposedSeconds === undefined
      ? ""
      : `exposed for ${many(Math.floor(history.exposedSeconds / 86_400), "day")}`,
  ];
  return lines.filter((line) => line !== "").flatMap((line) => wrap(plain(line), room));
}

function sentence(what: string, { count, commits }: HistoryFacts["introduced"]): string {
  const [first] = commits;
  if (!first) return "";
  const others = count > 1 ? `, and in ${grouped(count - 1)} more` : "";
  return `${what} ${first.id.slice(0, 12)}${first.date ? ` on ${first.date.slice(0, 10)}` : ""}${first.author ? ` by ${first.author}` : ""}${others}`;
}

const many = (count: number, what: string): string => `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;

function names({ count, names: shown }: HistoryFacts["refs"]): string {
  const some = shown.slice(0, 3).join(", ");
  return count > 3 ? `${some} and ${grouped(count - 3)} more` : some;
}
