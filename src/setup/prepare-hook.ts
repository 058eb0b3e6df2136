import type { Prepared } from "./prepare.ts";
import type { ChangesRequest } from "./prepare-changes.ts";
import { prepareStaged } from "./prepare-staged.ts";

/** Makes ready what a hook looks at. */
export type PrepareHook = (request: ChangesRequest, signal: AbortSignal) => Promise<Prepared>;

/** What the pre-commit framework says in the environment of a hook, since it keeps git's standard input to itself. */
const { PRE_COMMIT, PRE_COMMIT_FROM_REF, PRE_COMMIT_TO_REF } = process.env;

/** Whether the pre-commit framework runs the hook. */
export const isFramework = PRE_COMMIT === "1";

/** What is staged; for `pre-commit run --from-ref A --to-ref B` what these commits add. */
export const prepareCommit: PrepareHook = async (request, signal) => {
  if (!isFramework || !PRE_COMMIT_FROM_REF || !PRE_COMMIT_TO_REF) return prepareStaged(request, signal);
  const { prepareRange } = await import("./prepare-range.ts");
  return prepareRange({ ...request, range: `${PRE_COMMIT_FROM_REF}...${PRE_COMMIT_TO_REF}` }, signal);
};
