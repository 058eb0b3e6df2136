import { readFileSync } from "node:fs";
import { checkFile } from "./check.ts";

const schema: unknown = JSON.parse(readFileSync("rules/rule.schema.json", "utf8"));
let faults = 0;
let rules = 0;
for (const file of process.argv.slice(2)) {
  const result = checkFile(file, readFileSync(file, "utf8"), schema);
  rules += result.rules;
  faults += result.faults.length;
  for (const fault of result.faults) console.error(`${file}: ${fault}`);
}
console.log(`${rules} rules, ${faults} faults`);
process.exitCode = faults ? 1 : 0;
