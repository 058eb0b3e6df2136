import { lstatSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { ScanError } from "../model/index.ts";

/** A folder of this run alone, beside the workspace: nothing that was checked out stands in it. */
export function ownFolder(env: NodeJS.ProcessEnv): string {
  const temporary = env.RUNNER_TEMP || tmpdir();
  try {
    return mkdtempSync(join(temporary, "leakreach-"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ScanError("output-not-writable", `no folder can be made in ${temporary} (RUNNER_TEMP): ${code}`);
  }
}

/** Where SARIF goes: into our own folder, or where the workflow says. A link that was checked out must not lead it elsewhere. */
export function sarifPath(given: string | undefined, workspace: string, folder: string): string {
  if (given === undefined) return join(folder, "leakreach.sarif");
  const file = resolve(workspace, given);
  const inside = relative(workspace, dirname(file));
  const isInside = !inside.startsWith("..") && inside !== resolve(inside);
  try {
    if (isInside && realpathSync(dirname(file)) !== join(realpathSync(workspace), inside)) throw refused(given);
  } catch (error) {
    if (error instanceof ScanError) throw error;
    throw new ScanError("output-not-writable", `the input sarif-file is ${given}: its folder does not exist`);
  }
  if (isInside && lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) throw refused(given);
  return file;
}

const refused = (given: string): ScanError =>
  new ScanError(
    "output-not-writable",
    `the input sarif-file is ${given}: a link leads elsewhere (${basename(given)}${sep})`,
  );
