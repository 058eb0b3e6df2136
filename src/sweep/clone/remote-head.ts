import type { RemoteGit } from "./remote-git.ts";

/** What the remote's HEAD is: the branch that it names, and the commit. */
export interface RemoteHead {
  readonly name?: string;
  readonly id?: string;
}

/** Asks for it. */
export async function remoteHead(git: RemoteGit): Promise<RemoteHead> {
  const told = await git.raw(["ls-remote", "--symref", "origin", "HEAD"]);
  const [, name] = /^ref: (refs\/heads\/\S+)\tHEAD$/m.exec(told) ?? [];
  const [, id] = /^([0-9a-f]{40,64})\tHEAD$/m.exec(told) ?? [];
  return { ...(name && { name }), ...(id && { id }) };
}
