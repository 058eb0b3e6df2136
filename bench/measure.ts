import { spawnSync } from "node:child_process";

/** One run of a command: seconds of wall time, and what it printed. */
export interface Run {
  readonly seconds: number;
  readonly stdout: string;
  readonly status: number;
}

/** Runs a command once. */
export function once(command: readonly string[], env: NodeJS.ProcessEnv = process.env): Run {
  const started = process.hrtime.bigint();
  const { stdout, status, error } = spawnSync(command[0]!, command.slice(1), {
    env,
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (error) throw error;
  return {
    seconds: Number(process.hrtime.bigint() - started) / 1e9,
    stdout: stdout.toString("utf8"),
    status: status ?? -1,
  };
}

/** Median seconds of each command, run in turn (A B C A B C ...) so that a machine that slows down slows all of them. */
export function inTurn(commands: readonly (readonly string[])[], rounds: number): number[] {
  for (const command of commands) once(command);
  const seconds = commands.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, command] of commands.entries()) seconds[i]!.push(once(command).seconds);
  }
  return seconds.map(median);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Seconds of processor time that a command takes, its threads and what it starts included, by GNU time. */
export function cpuSeconds(command: readonly string[]): number {
  const { stderr, error } = spawnSync("/usr/bin/time", ["-f", "%U %S", ...command], {
    maxBuffer: 1 << 30,
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (error) throw error;
  const [user, system] = stderr.toString("utf8").trim().split("\n").at(-1)!.split(" ").map(Number);
  return user! + system!;
}

/** Largest resident memory of a command in MiB, by GNU time; undefined where that is not installed. */
export function peakMemory(command: readonly string[]): number | undefined {
  const { stderr, error } = spawnSync("/usr/bin/time", ["-f", "%M", ...command], {
    maxBuffer: 1 << 30,
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (error) return undefined;
  const kilobytes = Number(stderr.toString("utf8").trim().split("\n").at(-1));
  return Number.isFinite(kilobytes) ? Math.round(kilobytes / 1024) : undefined;
}
