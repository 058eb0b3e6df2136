import { EXIT } from "./exit.ts";
import { complain, run } from "./run.ts";

// What fails outside a command's own promise, such as a write to a pipe, ends here, too.
process.on("uncaughtException", (error) => process.exit(complain(error)));
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no failure, and the exit code still says what was found.
  if (error.code !== "EPIPE") throw error;
});

run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // An interrupted scan may leave a read behind that never ends.
  if (code === EXIT.interrupted) process.stdout.write("", () => process.exit());
});
