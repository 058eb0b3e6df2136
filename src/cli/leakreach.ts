import { EXIT } from "./exit.ts";
import { complain, run } from "./run.ts";

// What fails outside a command's own promise ends here, too.
process.on("uncaughtException", (error) => process.exit(complain(error)));

run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // An interrupted scan may leave a read behind that never ends.
  if (code === EXIT.interrupted) process.exit();
});
