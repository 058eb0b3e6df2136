import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COMMANDS } from "../../src/cli/commands.ts";
import { manPage } from "../../src/cli/man.ts";
import { outlines } from "../../src/cli/outline.ts";
import { folder } from "../config/folder.ts";
import { leakreach } from "./leakreach.ts";

const commands = await outlines();
const flags = commands.flatMap(({ name, flags: own }) => own.map((flag) => ({ command: name, ...flag })));

const scriptOf = async (shell: string): Promise<string> => (await leakreach(["completion", shell])).stdout;

/** Skips a test of a program that is not installed, and says which. */
const needs = (program: string) =>
  spawnSync("sh", ["-c", `command -v ${program}`]).status === 0 ? {} : { skip: `${program} is not installed` };

test("the outline has every command, with all flags that its help names", async () => {
  assert.deepEqual(
    commands.map(({ name }) => name),
    Object.keys(COMMANDS),
  );
  for (const { name, flags: own } of commands) {
    const { stdout } = await leakreach([name, "--help"]);
    const told = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag!);
    assert.deepEqual(told, [...own.map((flag) => flag.name), "--help"], name);
  }
});

for (const shell of ["bash", "zsh", "fish"])
  test(`the script for ${shell} knows every command, every flag and every word a flag may be given`, async () => {
    const script = await scriptOf(shell);
    for (const { name } of commands) assert.match(script, new RegExp(`\\b${name}\\b`));
    for (const { command, name, value } of flags) {
      assert.ok(script.includes(shell === "fish" ? `-l ${name.slice(2)}` : name), `${command} ${name}`);
      if (value?.taken.kind === "words") assert.ok(script.includes(value.taken.words.join(" ")), `${command} ${name}`);
    }
  });

test("a shell that has no script is refused, with those that have one", async () => {
  const { code, stderr } = await leakreach(["completion", "tcsh"]);
  assert.equal(code, 2);
  assert.match(stderr, /bash, zsh, fish/);
});

/** What is typed, and what a shell offers for its last word. */
const offered: [typed: string, words: readonly string[]][] = [
  ["leakreach comp", ["completion"]],
  ["leakreach r", ["range", "report", "rules"]],
  ["leakreach help ba", ["baseline"]],
  ["leakreach scan --fail-on cr", ["critical"]],
  ["leakreach rules --format ", ["json", "text"]],
  ["leakreach hook pre-", ["pre-commit", "pre-push"]],
  ["leakreach completion f", ["fish"]],
  ["leakreach history --eng", ["--engine"]],
  ["leakreach scan repo", ["report.json"]],
  ["leakreach scan --config repo", ["report.json"]],
  ["leakreach explain repo", []],
];

const files = { "report.json": "{}" };

/** In bash a function answers for the words that readline has split; without an answer it completes names of files itself. */
const IN_BASH = `
source "$1"; shift
compopt() { DEFAULT=off; }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_leakreach
if [[ \${#COMPREPLY[@]} == 0 && $DEFAULT != off ]]; then COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); fi
printf '%s\\n' "\${COMPREPLY[@]}"`;

const sorted = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .sort();

for (const [typed, words] of [
  ...offered,
  ["leakreach scan --fail-on = cr", ["critical"]],
  ["leakreach scan --fail-on =", ["any", "critical", "high", "low", "medium", "none"]],
] as typeof offered)
  test(`bash offers ${words.join(", ") || "nothing"} for "${typed}"`, needs("bash"), async () => {
    const cwd = folder({ ...files, script: await scriptOf("bash") });
    const stdout = execFileSync("bash", ["-c", IN_BASH, "bash", "./script", ...typed.split(" ")], {
      cwd,
      encoding: "utf8",
    });
    assert.deepEqual(sorted(stdout), words);
  });

for (const [typed, words] of offered)
  test(`fish offers ${words.join(", ") || "nothing"} for "${typed}"`, needs("fish"), async () => {
    const cwd = folder({ ...files, script: await scriptOf("fish") });
    const env = { ...process.env, HOME: cwd };
    const stdout = execFileSync("fish", ["-N", "-c", 'source ./script; complete -C "$argv[1]"', typed], {
      cwd,
      env,
      encoding: "utf8",
    });
    assert.deepEqual(
      sorted(stdout).map((line) => line.split("\t")[0]),
      words,
    );
  });

/** A zsh in a terminal of its own: what stands in its line after a tab. */
const IN_ZSH = `
zmodload zsh/zpty
zpty z 'ZDOTDIR=. zsh -d -i'
zpty -r z out '*READY*'
zpty -w -n z "$1"$'\\t\\C-x'
zpty -r z out '*<*>*'
print -r -- \${\${out##*\\<}%%\\>*}`;

const ZSHRC = `
PS1=READY
autoload -Uz compinit; compinit -u -D
source ./script
show() { print -r -- "<$BUFFER>"; exit }
zle -N show; bindkey '^X' show; bindkey '^I' complete-word`;

for (const [typed, words] of offered.filter((each) => each[1].length === 1))
  test(`zsh completes "${typed}" with ${words[0]}`, needs("zsh"), async () => {
    const cwd = folder({ ...files, script: await scriptOf("zsh"), ".zshrc": ZSHRC, t: IN_ZSH });
    const stdout = execFileSync("zsh", ["-f", "t", typed], { cwd, encoding: "utf8" });
    assert.equal(stdout.trim().replace(/=$/, ""), typed.replace(/\S+$/, words[0]!));
  });

test("the generated pages are what the rules and the commands say", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/docs.mjs", "--check"], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

test("the manual page tells of every command, flag and exit code", () => {
  const page = manPage(commands).replaceAll("\\-", "-");
  for (const { name } of commands) assert.match(page, new RegExp(`^\\.SS leakreach ${name}\\b`, "m"));
  for (const { name } of flags) assert.match(page, new RegExp(`^\\.BI ${name}\\b`, "m"));
  for (const code of [0, 1, 2, 3, 70, 130]) assert.match(page, new RegExp(`^\\.B ${code}$`, "m"));
});

test("no text becomes a request of the manual page, or an escape", () => {
  const hostile = { ...commands[0]!, description: ".de x", after: "'br\n.so /etc/passwd\na\\fBb" };
  const page = manPage([hostile]);
  assert.doesNotMatch(page, /^\.(?:de|so)|^'|\\f/m);
});

test("mandoc has nothing to say of the manual page", needs("mandoc"), () => {
  const { stdout } = spawnSync("mandoc", ["-T", "lint", "-W", "warning", "docs/leakreach.1"], { encoding: "utf8" });
  const said = stdout.split("\n").filter((line) => line !== "" && !line.includes("missing date"));
  assert.deepEqual(said, []);
});

test("man shows the manual page", needs("man"), () => {
  const page = execFileSync("man", ["-l", join("docs", "leakreach.1")], {
    encoding: "utf8",
    env: { ...process.env, MANPAGER: "cat" },
  });
  assert.match(page, /leakreach scan/);
  assert.ok(readFileSync("docs/leakreach.1", "utf8").length > 0);
});
