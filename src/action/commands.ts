import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";

/** Properties of an annotation (GitHub: "Workflow commands for GitHub Actions"). */
export interface Properties {
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly col?: number;
  readonly endColumn?: number;
}

/** A workflow command as one line; whatever text is in it, it stays that one command. */
export function command(name: string, properties: Properties, message: string): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  const listed = given.map(([key, value]) => `${key}=${property(String(value))}`).join(",");
  return `::${name}${listed === "" ? "" : ` ${listed}`}::${escaped(message)}\n`;
}

/** Escapes as the runner undoes it (actions/runner, ActionCommand.cs). */
function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** A shorter line of a secret, such as the end of a key, stands in many texts that are none. */
const SHORTEST = 6;

/** Commands that have the runner hide these secrets from here on; of those of several lines each line, as a log has them. */
export function masks(secrets: readonly string[]): string {
  const lines = secrets.flatMap((secret) => secret.split(/[\r\n]+/)).map((line) => line.trim());
  const hidden = new Set(lines.filter((line) => line.length >= SHORTEST && !line.startsWith("-----")));
  return [...hidden].map((line) => command("add-mask", {}, line)).join("");
}

/** Sets outputs of the step through the file of the runner; no value can end its own block. */
export function setOutputs(file: string | undefined, outputs: Readonly<Record<string, string>>): void {
  if (!file) return;
  const blocks = Object.entries(outputs).map(([name, value]) => {
    const delimiter = `leakreach_${randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  appendFileSync(file, blocks.join(""));
}
