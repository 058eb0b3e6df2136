import { ScanError } from "../model/index.ts";
import { builtinRules } from "../rules/builtin.ts";
import type { Credential } from "../scan/group.ts";
import { type Across, mayBelong } from "./across.ts";
import type { Aside } from "./aside.ts";
import { type Company, type Looked, type Looking, lookThrough } from "./look.ts";
import { isLogs } from "./look-logs.ts";
import { type Before, before, recordLook, recordOf } from "./recording.ts";
import type { Sweep } from "./sweep.ts";
import type { Target } from "./target.ts";

/**
 * Looks through what is new, in a thread of its own if there is one to spare. A state that does not fit, as after a forced
 * push to a clone made anew, is done without.
 */
export async function lookAgain(
  path: string,
  looking: Looking,
  known: Before,
  signal: AbortSignal,
  company: Company,
  aside?: Aside,
): Promise<Looked> {
  const look = async () =>
    (await aside?.look(path, looking, known.stateFile, signal)) ??
    (await lookThrough(path, looking, known.stateFile, signal, company));
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof ScanError && error.code === "state-invalid")) throw error;
    known.forget();
    return await look();
  }
}

/**
 * Tries the keys of each repository on the tokens of the others, and looks once more at those where one fits: only at
 * what holds findings. Of repositories that an earlier process of the run looked through, tokens and keys are read again.
 */
export async function joinAcross(given: Sweep, across: Across): Promise<void> {
  const { run, store, signal, note } = given;
  const rules = builtinRules();
  // What logs held cannot be read again.
  const again = run.plan.filter((target) => !isLogs(target));
  for (const target of again) {
    const stored = recordOf(store, target.repository.id);
    const isMissing = stored?.run === run.id && !across.has(target.repository.id) && mayBelong(stored, rules);
    if (isMissing) across.add(target.repository, (await secondLook(given, target, []))?.secrets ?? []);
  }
  const strangers = await across.strangers(signal);
  if (across.isCut) note?.("not all keys of the sweep were tried on all of its tokens: there are too many");
  for (const target of again) {
    const others = strangers.get(target.repository.id);
    if (!others || signal.aborted) continue;
    const stored = recordOf(store, target.repository.id)!;
    const known = before(store, target.repository.id);
    const found = await secondLook(given, target, others);
    // How much was looked at is what the first look says.
    if (found)
      recordLook(store, run, target, { ...found, report: { ...found.report, stats: stored.report.stats } }, known);
  }
}

/** One that is gone meanwhile, or cannot be read again, stays as it was recorded. */
async function secondLook(
  { store, bring, looking, signal, hear }: Sweep,
  target: Target,
  strangers: readonly Credential[],
): Promise<Looked | undefined> {
  try {
    const brought = await bring(target, signal);
    try {
      const known = before(store, target.repository.id);
      const found = await lookAgain(brought.path, looking, known, signal, { ...(hear && { hear }), strangers });
      return signal.aborted ? undefined : found;
    } finally {
      brought.release();
    }
  } catch (error) {
    if (error instanceof ScanError || (error as NodeJS.ErrnoException).errno !== undefined) return undefined;
    throw error;
  }
}
