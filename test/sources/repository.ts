import { execFileSync } from "node:child_process";
import { folder } from "../config/folder.ts";

/** Runs git in a folder, with a name to commit under and nothing of this machine's settings. */
export function git(root: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "protocol.file.allow=always"];
  return execFileSync("git", [...who, "-C", root, ...args], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** A repository with these files in its first commit. */
export function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = folder(files);
  git(root, "init", "-q");
  git(root, "add", "-A");
  git(root, "commit", "-qm", "first", "--allow-empty");
  return root;
}
