import { ScanError } from "../model/index.ts";
import { gitRecords } from "./run.ts";

/** What the user's settings say of how a remote is reached; what a repository's say of it is not heard. */
export interface UsersOwn {
  /** `core.sshCommand`. */
  readonly ssh?: string;
  /** Settings `NAME=VALUE` that put the user's credential helpers in the place of all others. */
  readonly credentials: readonly string[];
}

const ASKED = "^(core\\.sshcommand|credential\\..*|credential\\.helper)$";
/** Scopes that are not the repository's (git-config(1), "SCOPES"). */
const OWN = /^(?:system|global|command)$/;
const HELPER = /^credential\.(?:.*\.)?helper$/s;

/** Reads them by git itself, which knows where they stand. */
export async function usersOwn(gitDir: string, signal: AbortSignal): Promise<UsersOwn> {
  const args = ["config", "--null", "--show-scope", "--includes", "--get-regexp", ASKED];
  const cleared = new Set(["credential.helper="]);
  const kept: string[] = [];
  let ssh: string | undefined;
  let scope = "";
  let isScope = true;
  for await (const record of gitRecords(gitDir, args, signal, "\0", { codes: [1] })) {
    const text = record.toString("utf8");
    isScope = !isScope;
    if (!isScope) {
      scope = text;
      continue;
    }
    const end = text.indexOf("\n");
    const name = end < 0 ? text : text.slice(0, end);
    if (name.includes("=") || name.includes("\n"))
      throw new ScanError("git-failed", "a credential helper is set for an address with =, which cannot be overruled");
    if (HELPER.test(name)) {
      cleared.add(`${name}=`);
      if (OWN.test(scope)) kept.push(`${name}=${text.slice(name.length + 1)}`);
    } else if (name === "core.sshcommand" && OWN.test(scope)) ssh = text.slice(name.length + 1);
  }
  return { ...(ssh !== undefined && { ssh }), credentials: [...cleared, ...kept] };
}
