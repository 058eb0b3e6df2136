import { existsSync, readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** The folder of Microsoft's SARIF multitool, which is installed on Linux x64 only. */
export const MULTITOOL = "node_modules/@microsoft/sarif-multitool-linux";

/** The published schema of SARIF 2.1.0, as the multitool carries it. */
const validate = load(`${MULTITOOL}/sarif-2.1.0.json`);

/** What the schema says against a log; nothing when it fits. */
export function sarifErrors(log: unknown): string {
  return validate!(log) ? "" : JSON.stringify(validate!.errors);
}

function load(path: string): ValidateFunction | undefined {
  if (!existsSync(path)) return undefined;
  const formats = { uri: true, "uri-reference": true, "date-time": true, uuid: true } as const;
  return new Ajv2020({ strict: false, formats }).compile(JSON.parse(readFileSync(path, "utf8")));
}

/** Why tests of the schema are skipped. */
export const noSchema = validate
  ? false
  : `${MULTITOOL} is not installed (it is for Linux x64): no SARIF schema to check with`;
