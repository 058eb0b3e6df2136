import { availableParallelism } from "node:os";
import { Command } from "commander";
import { ScanError } from "../model/index.ts";
import { queueAddress } from "../queue/address.ts";
import { LOOKER, serveLooks } from "../queue/looker.ts";
import { Lookers } from "../queue/lookers.ts";
import { serverAt } from "../queue/server.ts";
import { settingsHash } from "../queue/settings.ts";
import { type Done, work } from "../queue/worker.ts";
import { plain } from "../report/redact.ts";
import { checkMemory, ofProcess } from "../sweep/memory.ts";
import { addFlags } from "./command-flags.ts";
import { EXIT } from "./exit.ts";
import type { Flag } from "./flags.ts";
import { printError } from "./print.ts";
import { collect, count, positive, size } from "./scan-options.ts";
import { cacheFolder } from "./sweep-flags.ts";
import { VERSION } from "./version.ts";

/** The flags of `worker`, as commander gives them. */
interface WorkerFlags {
  readonly queue: string;
  readonly concurrency: number;
  readonly drain?: boolean;
  readonly root?: readonly string[];
  readonly cache?: string;
  readonly cacheSize: number;
  readonly config?: string;
  readonly policy?: string;
  readonly jwks?: string;
  readonly jobs?: number;
  readonly memory: number;
  readonly lock: number;
  readonly grace: number;
  readonly health?: string;
  readonly quiet?: boolean;
}

const FLAGS: readonly Flag[] = [
  { name: "--queue", value: "address", help: "redis://host, postgres://user@host/database; also LEAKREACH_QUEUE" },
  {
    name: "--concurrency",
    value: "n",
    help: "repositories at once, each in a process of its own",
    read: count,
    default: 2,
  },
  { name: "--drain", help: "end when the queue is empty" },
  { name: "--root", value: "folder", help: "folders in it may be looked through, too (repeatable)", read: collect },
  { name: "--cache", value: "folder", help: "where clones are kept (default: ~/.cache/leakreach/clones)" },
  { name: "--cache-size", value: "size", help: "most that clones may take", read: size, default: 50 * 2 ** 30 },
  { name: "--config", value: "file", help: "settings: the same as the sweep's" },
  { name: "--policy", value: "file", help: "your map of audiences, owners and limits: the same as the sweep's" },
  { name: "--jwks", value: "file", help: "JWK set to verify signatures with: the same as the sweep's" },
  {
    name: "--jobs",
    value: "n",
    help: "threads for each repository (default: the processors, shared by --concurrency)",
    read: positive,
  },
  {
    name: "--memory",
    value: "mib",
    help: "most memory of each process that looks through a repository, in MiB",
    read: positive,
    default: 512,
  },
  {
    name: "--lock",
    value: "seconds",
    help: "one that was silent for so long is taken to be dead, and its work given to others",
    read: positive,
    default: 30,
  },
  {
    name: "--grace",
    value: "seconds",
    help: "when stopped, time to finish what is under way; the rest is handed back",
    read: positive,
    default: 20,
  },
  { name: "--health", value: "file", help: "touch this file every five seconds while the queue answers" },
  { name: "--quiet", help: "say only what went wrong" },
];

const AFTER = `
Looks through the repositories that leakreach sweep --queue asks for, until it is stopped. Start as many as you like, on any
machines; one that is killed loses nothing, since others take over what it had begun.

Install beside leakreach: npm install bullmq@6 ioredis (Redis 6.2 or later, Valkey), or bullmq@6 pg (PostgreSQL 13 or later).
In a clone, npm ci brings them.

A worker clones with logins of its own: GITHUB_TOKEN and the like, ssh keys, git's credential helpers. None is in the queue. A
password of the queue may stand in LEAKREACH_QUEUE_PASSWORD instead of the address, which other processes can see.

SIGTERM or Ctrl-C: no new repository is begun, those under way have --grace seconds, and what is left is handed back. A second
one hands back at once. Exit codes: 0 stopped or drained, 2 the queue cannot be used or asks for other settings, 70 a bug of ours.

Examples:
  leakreach worker --queue redis://queue:6379
  leakreach worker --queue postgres://leakreach@db/leakreach --concurrency 4 --cache /var/cache/leakreach
  leakreach worker --queue redis://localhost --drain --root ~/clones`;

/** `leakreach worker --queue ADDRESS`. */
export function build(): Command {
  const command = new Command("leakreach worker")
    .description("Looks through the repositories that sweeps with --queue ask for.")
    .addHelpText("after", AFTER);
  addFlags(command, FLAGS);
  return command.action(async (flags: WorkerFlags) => {
    process.exitCode = process.env[LOOKER] && process.send ? await serveLooks() : await perform(flags);
  });
}

async function perform(flags: WorkerFlags): Promise<number> {
  const { concurrency, drain, root, config, policy, jwks, memory, lock, grace, health } = flags;
  checkMemory(memory);
  const text = flags.queue ?? process.env.LEAKREACH_QUEUE;
  if (!text) throw new ScanError("usage", "name the queue: leakreach worker --queue redis://host:6379");
  const address = queueAddress(text, process.env);
  const given = { ...(config && { config }), ...(policy && { policy }), ...(jwks && { jwks }) };
  const hash = await settingsHash({ settings: given, version: VERSION });
  const server = await serverAt(address);
  const note = (line: string) => printError(`leakreach: ${plain(line)}\n`);
  const say = flags.quiet ? () => {} : note;
  const lookers = new Lookers(process.argv[1]!, {
    settings: {
      ...given,
      ...ofProcess(memory),
      jobs: flags.jobs ?? Math.max(1, Math.round(availableParallelism() / concurrency)),
    },
    cache: flags.cache ?? cacheFolder(),
    cacheSize: flags.cacheSize,
    roots: root ?? [],
    version: VERSION,
  });
  say(`at ${address.shown}, ${concurrency} repositories at once`);
  await work({
    server,
    lookers,
    settings: hash,
    concurrency,
    lock,
    grace,
    drains: drain ?? false,
    ...(health && { health }),
    stop: stopping(say),
    note,
    hear: (done) => (done.answer ? say : note)(lineOf(done)),
  });
  return EXIT.clean;
}

/** The signals that ask for an end, and for one at once. */
function stopping(say: (line: string) => void) {
  const [gently, atOnce] = [new AbortController(), new AbortController()];
  const stop = () => {
    if (gently.signal.aborted) atOnce.abort();
    else say("stopping: what is under way may finish; once more, and it is handed back");
    gently.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
  return { gently: gently.signal, atOnce: atOnce.signal };
}

/** What came of one repository, in a line. */
function lineOf({ name, answer, why, milliseconds }: Done): string {
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
  if (!answer) return `${name}: ${why}; ${seconds}`;
  if (answer.gap !== undefined) return `${name}: ${answer.gap}; ${seconds}`;
  const { findings, bytes } = answer;
  return `${name}: ${findings} finding${findings === 1 ? "" : "s"}, ${(bytes / 1e6).toFixed(1)} MB, ${seconds}`;
}
