import { settingsOf, type Trusted } from "../setup/base-settings.ts";
import { bringCommit, repositoryAt } from "./bring.ts";
import type { CommitId } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import type { Remote } from "./remote.ts";

const namedIn = ({ config, baseline, policy }: Inputs) => ({
  ...(config && { config }),
  ...(baseline && { baseline }),
  ...(policy && { policy }),
});

/** Of pushes and the like: what is checked out counts, since whoever could change it may push. */
export const ownSettings = (inputs: Inputs): Trusted => ({ ...namedIn(inputs), paths: [], notices: [], gaps: [] });

/** Of a request: everything that could allow something is read from the commit it is to be merged into. */
export async function settingsOfBase(
  workspace: string,
  inputs: Inputs,
  base: CommitId,
  folder: string,
  remote: Remote | undefined,
): Promise<Trusted> {
  const why = await bringCommit(workspace, base, remote);
  const read = (): Trusted =>
    settingsOf(repositoryAt(workspace), base, {
      top: workspace,
      named: namedIn(inputs),
      folder,
      spoken: (name) => `the input ${name}`,
      advice: `add \`fetch-depth: 0\` and no \`filter\` to actions/checkout${why === undefined ? "" : ` (it could not be fetched: ${why})`}`,
    });
  let trusted = read();
  // A checkout with `filter` or `sparse-checkout` left files with the remote; settings name files, and links lead to some.
  for (let round = 0; round < ROUNDS && remote && trusted.missing?.length; round++) {
    if ((await remote.bring(trusted.missing, undefined)) !== undefined) break;
    trusted = read();
  }
  return trusted;
}

const ROUNDS = 4;
