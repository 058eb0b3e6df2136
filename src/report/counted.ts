import { grouped } from "../model/index.ts";
import type { SweptRepository } from "./repository-report.ts";

/** What tells the CI logs of a repository from the repository itself: they are looked through by themselves. */
export const LOGS = { id: "#logs", name: "CI logs of " };

/** Whether these are the CI logs of a repository. */
export const areLogs = ({ id, name }: SweptRepository): boolean => id.endsWith(LOGS.id) && name.startsWith(LOGS.name);

/** `3 repositories`, `2 repositories and the CI logs of 1`, `the CI logs of 1 repository`. */
export function repositoriesText(all: readonly SweptRepository[]): string {
  const logs = all.filter(areLogs).length;
  return countsText(all.length - logs, logs);
}

/** The same of their numbers. */
export function countsText(repositories: number, logs: number): string {
  if (logs === 0) return named(repositories);
  return repositories === 0
    ? `the CI logs of ${named(logs)}`
    : `${named(repositories)} and the CI logs of ${grouped(logs)}`;
}

const named = (count: number): string => (count === 1 ? "1 repository" : `${grouped(count)} repositories`);
