import { lfsFolder } from "../git/lfs.ts";
import { Lookup } from "../git/lookup.ts";
import { findRepository, type Repository } from "../git/repository.ts";
import { ScanError } from "../model/index.ts";
import type { Source } from "../sources/unit.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { ScanRequest } from "./request.ts";

/** What all commands ask that look at what commits, or the index, add. */
export interface ChangesRequest
  extends Omit<ScanRequest, "paths" | "include" | "exclude" | "allFiles" | "stdinPath" | "maxFileSize"> {
  /** A path in the repository; default the current folder, and then what `GIT_DIR` and its kin say. */
  readonly repository?: string;
}

/** A repository that was found, and what looks its objects up. */
export interface Opened {
  readonly path: string;
  readonly repository: Repository;
  readonly lookup: Lookup;
}

/** Finds the repository that is asked about; runs no git. What git says in the environment counts only where none is named. */
export function openRequested(named: string | undefined): Opened {
  const path = named ?? ".";
  const repository = findRepository(path, named === undefined ? process.env : {});
  if (!repository)
    throw new ScanError(
      "path-missing",
      `${path} is no git repository: name one with --repository, or scan files with leakreach scan`,
    );
  return { path, repository, lookup: new Lookup(repository) };
}

/** Says whether a path is looked at, if the settings leave any out; and the rest of what a scan needs. */
export interface Common {
  readonly prepared: Prepared;
  readonly wanted: ((path: string) => boolean) | undefined;
}

/** Settings, rules and options, as `leakreach scan` of the repository would have them. */
export async function prepareCommon(
  request: ChangesRequest,
  { path, repository }: Opened,
  signal: AbortSignal,
): Promise<Common> {
  const prepared = await prepare({ ...request, paths: [path] }, signal);
  const { objectFolders, hash, partial, shallow } = repository;
  const scanner = {
    ...prepared.options.scanner,
    stored: { objectFolders, hash, partial, shallow, lfs: lfsFolder(repository) },
  };
  return {
    prepared: { ...prepared, options: { ...prepared.options, partial: true, scanner } },
    wanted: prepared.settings.keys.includes("paths") ? prepared.settings.wanted : undefined,
  };
}

/** The same with what is to be scanned. */
export const withSource = (prepared: Prepared, source: Source): Prepared => ({ ...prepared, sources: [source] });
