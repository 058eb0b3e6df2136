import { parentPort } from "node:worker_threads";
import { type Match, ScanError } from "../model/index.ts";
import type { RawMatch } from "../scan/raw.ts";
import { keepPlan } from "../scan/scanner.ts";
import type { Task, Told } from "./aside.ts";
import { lookThrough } from "./look.ts";

const port = parentPort;
if (!port) throw new Error("look-thread.ts runs in a worker thread");
keepPlan();

async function look({ path, looking, state }: Task): Promise<Told> {
  try {
    const found = await lookThrough(path, looking, state, new AbortController().signal);
    return {
      type: "looked",
      report: found.report,
      secrets: found.secrets.map(({ matches: [match], ...rest }) => ({ ...rest, match: toRaw(match) })),
      ...(found.state && { state: Buffer.concat([...found.state]) }),
    };
  } catch (error) {
    if (error instanceof ScanError) return { type: "refused", code: error.code, message: error.message };
    const { name, message, code, errno } = error as NodeJS.ErrnoException;
    return { type: "failed", error: { name, message, code, errno } };
  }
}

const toRaw = ({ secret, ...rest }: Match): RawMatch => ({ ...rest, secret: secret.reveal() });

port.on("message", async (task: Task) => port.postMessage(await look(task)));
