import { Worker } from "node:worker_threads";

/** Milliseconds between two looks. */
const OFTEN = 100;

const WATCH = `
  const { ppid } = process;
  setInterval(() => process.ppid === ppid || process.kill(process.pid, "SIGKILL"), ${OFTEN});
`;

/** Ends this process soon after the one that started it, whatever it is busy with: what only listens is not heard while a scan works. */
export function endWithParent(): void {
  process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
  new Worker(WATCH, { eval: true, stdin: false }).unref();
}
