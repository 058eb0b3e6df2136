import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { folder } from "../config/folder.ts";
import { git } from "../sources/repository.ts";

const WHO = "A U Thor <author@example.org>";

/** Runs git with something on its standard input. */
export function gitWith(root: string, input: string | Uint8Array, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  return execFileSync("git", ["-C", root, ...args], { env, input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
}

/** What a file of many lines holds after some changes. */
const text = (file: number, version: number): string =>
  Array.from(
    { length: 60 },
    (_, line) => `line ${line} of file ${file}, changed ${line % 7 === version % 7 ? version : 0} times\n`,
  ).join("");

/** A repository of many versions of a few files, with a merge-free history and an annotated tag, packed by `git fast-import`. */
export function history(commits = 40, ...init: readonly string[]): string {
  const root = folder({});
  git(root, "init", "-q", "-b", "main", ...init);
  const stream: string[] = [];
  for (let i = 0; i < commits; i++) {
    stream.push(
      `commit refs/heads/main\nmark :${i + 1}\ncommitter ${WHO} ${1_700_000_000 + i} +0130\n${blob(`commit ${i}\n`)}`,
    );
    for (const file of [i % 3, 3 + (i % 5)]) stream.push(`M 100644 inline folder/${file}.txt\n${blob(text(file, i))}`);
  }
  stream.push(`tag v1\nfrom :${commits}\ntagger ${WHO} 1700009999 -0800\n${blob("a tag\n")}`);
  gitWith(root, stream.join(""), "-c", "fastimport.unpackLimit=1", "fast-import", "--quiet");
  return root;
}

const blob = (content: string): string => `data ${Buffer.byteLength(content)}\n${content}\n`;

/** The folder of the packs of a repository that has a work tree. */
export const packFolder = (root: string): string => join(root, ".git/objects/pack");
