import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { ScanError } from "../../model/index.ts";
import { readIfThere } from "./durable.ts";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as its system tells: a later process may have the same id. */
  readonly born: string;
}

/** Takes a lock file; undefined if somebody who lives has it. One whose holder was killed is taken over. */
export function tryLock(file: string): (() => void) | undefined {
  const own = JSON.stringify(self());
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, own, { mode: 0o600 });
  try {
    if (!linked(beside, file) && !(freed(file) && linked(beside, file))) return undefined;
  } finally {
    rmSync(beside, { force: true });
  }
  return () => {
    if (readIfThere(file) === own) rmSync(file, { force: true });
  };
}

/** Milliseconds, and how often, a lock is looked at again: a process that was killed takes a moment to be gone. */
const WAIT = 100;
const TRIES = 20;

/** The same for what cannot go on without it. */
export function lock(file: string, what: string): () => void {
  for (let i = 0; i < TRIES; i++) {
    const release = tryLock(file);
    if (release) return release;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT);
  }
  const { pid, host } = holderOf(file) ?? {};
  throw new ScanError(
    "store-invalid",
    `${what} is in use by process ${pid} on ${host}: wait for its end; if it is gone, remove ${file}`,
  );
}

/** A link appears with all that is in it, or fails because there is one. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a lock whose holder is gone. Another process may be doing the same: what is moved away must be what was read. */
function freed(file: string): boolean {
  const text = readIfThere(file);
  if (text === undefined) return true;
  if (isAlive(holderOf(file))) return false;
  const away = `${file}.${process.pid}.old`;
  try {
    renameSync(file, away);
  } catch {
    return true;
  }
  const isSame = readFileSync(away, "utf8") === text;
  if (!isSame) linked(away, file);
  rmSync(away, { force: true });
  return isSame;
}

function holderOf(file: string): Holder | undefined {
  try {
    return JSON.parse(readIfThere(file) ?? "") as Holder;
  } catch {
    return undefined;
  }
}

const self = (): Holder => ({ pid: process.pid, host: hostname(), born: processAt(process.pid)?.born ?? "" });

/** Of another machine nobody here can tell. */
function isAlive(holder: Holder | undefined): boolean {
  if (!holder) return false;
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const now = processAt(holder.pid);
  return now === undefined || (now.born === holder.born && !/[ZX]/.test(now.state));
}

/** Fields 3 and 22 of proc_pid_stat(5): one that was killed stays there, as Z, until its parent has asked for it. */
function processAt(pid: number): { readonly state: string; readonly born: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", born: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}
