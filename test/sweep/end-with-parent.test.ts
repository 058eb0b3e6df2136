import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { until } from "../queue/working.ts";

const MODULE = new URL("../../src/sweep/end-with-parent.js", import.meta.url).href;

/** Says that it is there, and then hears nothing any more. */
const BUSY = `import(${JSON.stringify(MODULE)}).then(({ endWithParent }) => {
  endWithParent();
  setTimeout(() => { process.send(process.pid); for (;;); }, 500);
});`;

const PARENT = `
  const child = require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(BUSY)}], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.once("message", (pid) => console.log(pid));
`;

test("a process that is busy ends with the one that started it", {
  skip: !existsSync("/proc/self/stat") && "needs /proc",
}, async () => {
  const parent = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
  const [said] = await once(parent.stdout, "data");
  const pid = Number(String(said));
  try {
    parent.kill("SIGKILL");
    await until(() => !existsSync(`/proc/${pid}`), "it is gone");
  } finally {
    if (existsSync(`/proc/${pid}`)) process.kill(pid, "SIGKILL");
  }
});
