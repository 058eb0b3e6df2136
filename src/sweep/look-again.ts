import { type Rule, ScanError } from "../model/index.ts";
import { builtinRules } from "../rules/builtin.ts";
import type { Credential } from "../scan/group.ts";
import { type Across, mayBelong } from "./across.ts";
import { lookApart } from "./apart.ts";
import { type Aside, isSmall } from "./aside.ts";
import { type Company, type Looked, type Looking, memoryOf, withJobs, withState } from "./look.ts";
import { isLogs } from "./look-logs.ts";
import { besidesNow, giveBack, TookTooMuch } from "./memory.ts";
import { type Before, before, recordLook, recordOf, recordUntried } from "./recording.ts";
import { gapOf, type Sweep } from "./sweep.ts";
import type { Target } from "./target.ts";

/** Looks through what is new, in a process with all the memory of the sweep; where that is too little for several threads, in one. */
export async function lookAgain(
  path: string,
  looking: Looking,
  known: Before,
  signal: AbortSignal,
  company: Company,
): Promise<Looked> {
  const look = (own: Looking) => withState(known, () => lookApart(path, own, known, signal, company));
  try {
    return await look(looking);
  } catch (error) {
    if (!(error instanceof TookTooMuch) || looking.settings.jobs === 1) throw error;
    return look(withJobs(looking, 1));
  }
}

/** The same in a thread; undefined where its share of the memory was too little. */
export const lookAside = (
  path: string,
  looking: Looking,
  known: Before,
  signal: AbortSignal,
  company: Company,
  aside: Aside,
): Promise<Looked | undefined> => withState(known, () => aside.look(path, looking, known, signal, company.strangers));

const UNTRIED = "its tokens and keys were not tried on those of other repositories";

/**
 * Tries the keys of each repository on the tokens of the others, and looks once more at those where one fits: only at
 * what holds findings. Of repositories that an earlier process of the run looked through, tokens and keys are read again.
 */
export async function joinAcross(given: Sweep, across: Across, aside: Aside): Promise<void> {
  const { run, looking, signal, note } = given;
  const rules = builtinRules();
  // What logs held cannot be read again.
  const again = run.plan.filter((target) => !isLogs(target));
  for (const target of again) {
    const isMissing = !across.has(target.repository.id) && mayHold(given, target, rules);
    giveBack();
    if (isMissing) across.add(target.repository, (await secondLook(given, target, [], aside))?.secrets ?? []);
  }
  // What was looked through beside the sweep is not to take room from the keys.
  await aside.close();
  const strangers = await across.strangers(besidesNow(memoryOf(looking)), signal);
  if (across.isCut) note?.("not all keys of the sweep were tried on all of its tokens: there are too many");
  for (const target of again) {
    const others = strangers.get(target.repository.id);
    if (others && !signal.aborted) await joinedWith(given, target, others, aside);
  }
}

/** Whether this run has found something in a repository that may belong to what stands in another. */
function mayHold({ store, run }: Sweep, { repository }: Target, rules: ReadonlyMap<string, Rule>): boolean {
  const stored = recordOf(store, repository.id);
  return stored?.run === run.id && mayBelong(stored, rules);
}

/** Looks once more at a repository, with what of others belongs to some of its own, and records it. */
async function joinedWith(given: Sweep, target: Target, others: readonly Credential[], aside: Aside): Promise<void> {
  const { store, run } = given;
  const known = before(store, target.repository.id);
  const found = await secondLook(given, target, others, aside);
  if (!found) return;
  // How much was looked at is what the first look says.
  const stats = { ...known.stored()!.report.stats, complete: found.report.stats.complete };
  recordLook(store, run, target, { ...found, report: { ...found.report, stats } }, known);
}

/** One that is gone meanwhile, or cannot be read again, stays as it was recorded, with a gap that says so. */
async function secondLook(
  { store, bring, looking, signal, hear }: Sweep,
  target: Target,
  strangers: readonly Credential[],
  aside: Aside,
): Promise<Looked | undefined> {
  try {
    const brought = await bring(target, signal);
    try {
      const known = before(store, target.repository.id);
      const company = { ...(hear && { hear }), strangers };
      const little = isSmall(brought.path)
        ? await lookAside(brought.path, looking, known, signal, company, aside)
        : undefined;
      if (!little) await aside.close();
      const found = little ?? (await lookAgain(brought.path, looking, known, signal, company));
      return signal.aborted ? undefined : found;
    } finally {
      brought.release();
    }
  } catch (error) {
    if (signal.aborted) return undefined;
    const isOurs = !(error instanceof ScanError) && (error as NodeJS.ErrnoException).errno === undefined;
    if (isOurs || (error as ScanError).code === "store-invalid") throw error;
    const { what, why } = gapOf(target, error);
    recordUntried(store, target, { what, why: `${UNTRIED}: ${why}` });
    return undefined;
  }
}
