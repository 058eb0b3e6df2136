import { parentPort } from "node:worker_threads";
import { keepPlan } from "../scan/scanner.ts";
import { endWithParent } from "./end-with-parent.ts";
import { memoryOfProcess } from "./memory.ts";
import { answer, type Task } from "./told.ts";

keepPlan();

if (parentPort) {
  const port = parentPort;
  port.on("message", async (task: Task) => port.postMessage(await answer(task)));
} else {
  // Ctrl-C reaches this process, too; the sweep decides.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  endWithParent(memoryOfProcess());
  process.on("message", async (task: Task) => {
    process.send!(await answer(task, (progress) => process.send!(progress)));
  });
}
