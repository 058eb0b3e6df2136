import { Command, Option } from "commander";
import { ScanError } from "../model/index.ts";
import { toDecodeJson, toDecodeText } from "../report/index.ts";
import { decodeToken } from "../scan/decode-token.ts";
import { prepare } from "../setup/prepare.ts";
import { addKnowledgeFlags } from "./command-flags.ts";
import { print, printError, terminal } from "./print.ts";
import type { ScanFlags } from "./scan-options.ts";
import { unobeyed } from "./terminal.ts";

/** `leakreach decode`: one token from standard input, never from an argument (arguments stand in process lists and histories). */
export function build(): Command {
  const command = new Command("leakreach decode")
    .description(
      "Explains one token from standard input: what it gives away, every factor of its score, what to do. Offline.",
    )
    .addHelpText(
      "after",
      "\nExamples:\n  leakreach decode < token.txt\n  pbpaste | leakreach decode --format json --now 2026-09-01T00:00:00Z",
    )
    .allowExcessArguments(false)
    .addOption(new Option("--format <format>", "of standard output").choices(["text", "json"]).default("text"))
    .option("--no-color", "no colours (also NO_COLOR)");
  addKnowledgeFlags(command.option("--config <file>", "settings; none are read without it"));
  // Taken so that one set of flags serves scan and decode.
  command.addOption(new Option("--baseline <file>").hideHelp());
  return command.action(async (flags: ScanFlags) => {
    const text = await readInput();
    const prepared = await prepare({ ...flags, paths: ["-"] }, new AbortController().signal);
    const finding = await decodeToken(text, prepared.options);
    const color = flags.color && !process.env.NO_COLOR && terminal() !== undefined;
    print(
      String(flags.format) === "json"
        ? toDecodeJson(finding)
        : unobeyed(toDecodeText(finding, (await prepared.options.knowledge()).rules, color)),
    );
  });
}

/** Longest token that is read: the longest known are a few kilobytes, keys and service accounts included. */
const LONGEST = 256 * 1024;

async function readInput(): Promise<string> {
  if (process.stdin.isTTY) printError("Paste the token, then Ctrl-D:\n");
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > LONGEST) throw new ScanError("usage", "this is longer than any token: for files use leakreach scan -");
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString("utf8").trim();
  if (text === "") throw new ScanError("usage", "nothing on standard input: leakreach decode < token.txt");
  return text;
}
