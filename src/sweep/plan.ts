import { createHash } from "node:crypto";
import { globFault, pathTest } from "../config/glob.ts";
import { ScanError } from "../model/index.ts";
import { objectBytes } from "./size.ts";
import { repositoryAt } from "./sources/folders.ts";
import type { Target } from "./target.ts";

/** Whether repositories of a kind are swept, left out, or the only ones. */
export type Inclusion = "include" | "exclude" | "only";

/** Which of the repositories that sources name are swept. Only hosts tell what is archived, a fork or private; how large one is, is known of folders, too. */
export interface Choice {
  /** Globs of names. One without a slash matches any part: `shop-*` takes `acme/shop-web`, and `acme` all in it. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly archived?: Inclusion;
  readonly forks?: Inclusion;
  readonly visibility?: readonly string[];
  /** Epoch seconds. */
  readonly pushedSince?: number;
  /** Bytes. */
  readonly smallerThan?: number;
  /** One of several parts, counted from 1. */
  readonly shard?: { readonly part: number; readonly of: number };
}

/** What is swept, and how many are left out, by reason. */
export interface Chosen {
  readonly targets: readonly Target[];
  readonly leftOut: Readonly<Record<string, number>>;
  /** How many were taken because nobody tells how large they are, where only smaller ones are wanted. */
  readonly unmeasured: number;
}

/** Chooses from what sources name. */
export async function chosen(targets: readonly Target[], choice: Choice): Promise<Chosen> {
  const names = await nameTest(choice);
  const leftOut: Record<string, number> = {};
  const kept = targets.filter((target) => {
    const reason = names(target.repository.name) ?? reasonOf(target, choice);
    if (reason) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
    return reason === undefined && isInShard(target.repository.id, choice.shard);
  });
  const unmeasured = choice.smallerThan === undefined ? 0 : kept.filter(isUnmeasured).length;
  return { targets: kept, leftOut, unmeasured };
}

async function nameTest({ include, exclude }: Choice): Promise<(name: string) => string | undefined> {
  for (const [flag, globs] of [["--include", include] as const, ["--exclude", exclude] as const])
    for (const glob of globs ?? []) {
      const fault = globFault(glob);
      if (fault) throw new ScanError("usage", `${flag} ${glob}: it ${fault}`);
    }
  const included = include ? await pathTest(include) : () => true;
  const excluded = await pathTest(exclude ?? []);
  return (name) => (!included(name) ? "not included" : excluded(name) ? "excluded" : undefined);
}

function reasonOf(target: Target, choice: Choice): string | undefined {
  const { repository, pushedAt } = target;
  const { archived = "include", forks = "exclude", visibility, pushedSince, smallerThan } = choice;
  if (isOut(repository.archived, archived)) return archived === "only" ? "not archived" : "archived";
  if (isOut(repository.fork, forks)) return forks === "only" ? "no forks" : "forks";
  if (visibility && repository.visibility && !visibility.includes(repository.visibility)) return repository.visibility;
  const isOld = pushedSince !== undefined && pushedAt !== undefined && Date.parse(pushedAt) / 1000 < pushedSince;
  if (isOld) return "not pushed to since";
  return smallerThan !== undefined && !isSmaller(target, smallerThan) ? "not smaller" : undefined;
}

/** As its host says, or as it lies on this machine. */
function isSmaller({ at, bytes }: Target, than: number): boolean {
  const repository = at.kind === "folder" ? repositoryAt(at.path) : undefined;
  const known = repository ? objectBytes(repository, than) : bytes;
  return known === undefined || known < than;
}

/** GitLab tells no sizes in the list of a group, and elsewhere only to reporters; of an address nobody is asked. */
const isUnmeasured = ({ at, bytes }: Target): boolean => at.kind === "remote" && bytes === undefined;

/** What no host has said is not left out. */
function isOut(is: boolean | undefined, wanted: Inclusion): boolean {
  return (is === true && wanted === "exclude") || (is === false && wanted === "only");
}

/** Which part a repository is in depends on its id alone: parts stay the same when repositories come and go. */
function isInShard(id: string, shard: Choice["shard"]): boolean {
  if (!shard) return true;
  return createHash("sha256").update(id).digest().readUInt32BE(0) % shard.of === shard.part - 1;
}
