import { ScanError } from "../model/index.ts";
import { queueAddress } from "../queue/address.ts";
import { sweepByQueue } from "../queue/hand-out.ts";
import { Outage } from "../queue/outage.ts";
import { openQueue, serverAt } from "../queue/server.ts";
import { settingsHash } from "../queue/settings.ts";
import { BY_ONE_MACHINE } from "../sweep/logs-of.ts";
import type { Sweep, SweepEvent } from "../sweep/sweep.ts";
import type { SweepFlags } from "./sweep-flags.ts";

/** A sweep that the workers of a queue do the work of. */
export async function* handedOut(given: Sweep, flags: SweepFlags, queueText: string): AsyncGenerator<SweepEvent> {
  const { looking, note = () => {} } = given;
  const { tries, hostRate, across, pullRequests, fileTimeout } = flags;
  const { what, trustConfig, now, maxSize, settings } = looking;
  const { maxFileSize } = settings;
  if (given.run.plan.some(({ at }) => at.kind === "logs")) throw new ScanError("usage", BY_ONE_MACHINE);
  const address = queueAddress(queueText, process.env);
  const hash = await settingsHash(looking);
  const queue = await openQueue(await serverAt(address));
  const outage = new Outage(address, note);
  queue.on("error", outage.hear);
  try {
    yield* sweepByQueue({
      ...given,
      queue,
      outage,
      settings: hash,
      look: {
        what,
        trustConfig,
        requests: pullRequests ?? false,
        ...(now !== undefined && { now }),
        ...(maxSize !== undefined && { maxSize }),
        ...(maxFileSize !== undefined && { maxFileSize }),
        fileTimeout,
      },
      tries,
      ...(hostRate !== undefined && { hostRate }),
      joins: across,
    });
  } finally {
    await queue.close().catch(() => {});
  }
}
