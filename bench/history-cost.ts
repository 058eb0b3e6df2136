import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Matcher } from "../src/detect/matcher.ts";
import { openPlan } from "../src/detect/plan.ts";
import { listObjects } from "../src/git/objects.ts";
import { findRepository, type Repository } from "../src/git/repository.ts";
import { LOOKED_AT } from "../src/history/find.ts";
import { PackBytes, PackPages } from "../src/history/pack-bytes.ts";
import { Walk } from "../src/history/walk.ts";
import { Unpacker } from "../src/kernel/history.ts";
import { Kernel } from "../src/kernel/kernel.ts";
import { lengthOf } from "../src/scan/match-table.ts";
import { openObjects } from "../src/scan/scan-objects.ts";
import { objectsUnits } from "../src/sources/history.ts";
import { DEFAULT_LIMITS } from "../src/sources/unit.ts";
import { cpuSeconds, once } from "./measure.ts";
import { compiledLikeOwn, doubled } from "./rules.ts";

// What looking through histories costs: by the size of a pack, by the number of rules, and without any.

type Figures = Record<string, number>;

/**
 * Seconds of CPU for a byte that is new in some version, over packs of different sizes: what `history` takes for a repository, less
 * what it takes for one with the planted token alone.
 */
export function packFigures(cli: readonly string[], repositories: readonly string[], token: string): Figures {
  const figures: Figures = {};
  const start = withPlanted([], token, (planted) => costOf(cli, planted));
  for (const repository of repositories) {
    const { size, bytes } = newBytes(findRepository(repository)!);
    const cpu = withPlanted([repository], token, (planted) => costOf(cli, planted)) - start;
    figures[`pack of ${Math.round(size / 1e6)} MB, ${Math.round(bytes / 1e6)} MB new: CPU s`] = round(cpu);
    figures[`pack of ${Math.round(size / 1e6)} MB: ns a new byte`] = round((cpu * 1e9) / bytes);
  }
  return figures;
}

function costOf(cli: readonly string[], planted: string): number {
  const command = [...cli, "history", planted, "--quiet", "--jobs", "1", "--no-provenance"];
  const { findings } = JSON.parse(once([...command, "--format", "json"]).stdout) as { findings: { rule: string }[] };
  check(
    findings.some(({ rule }) => rule === "github-pat"),
    "the planted token",
  );
  return Math.min(cpuSeconds(command), cpuSeconds(command));
}

/** A bare repository that has the objects of others, and one of its own that holds a token. */
function withPlanted<T>(others: readonly string[], token: string, work: (planted: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "leakreach-bench-"));
  try {
    execFileSync("git", ["init", "-q", "--bare", folder]);
    mkdirSync(join(folder, "objects/info"), { recursive: true });
    const folders = others.map((other) => join(findRepository(other)!.commonDir, "objects\n"));
    writeFileSync(join(folder, "objects/info/alternates"), folders.join(""));
    execFileSync("git", ["-C", folder, "hash-object", "-w", "--stdin"], { input: `TOKEN=${token}\n` });
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes of a repository's packs, and those of its versions that no delta copies. */
function newBytes(repository: Repository): { size: number; bytes: number } {
  const unpacker = new Unpacker(new Kernel([]), { memory: 512 << 20, input: 8 << 20 });
  const pages = new PackPages(unpacker);
  let [size, bytes] = [0, 0];
  for (const pack of listObjects(repository).packs) {
    size += statSync(pack.path).size;
    const file = new PackBytes(pack, pages);
    const walk = new Walk(unpacker, pack, file);
    for (const root of walk.roots(0, pack.index.count, LOOKED_AT))
      walk.tree<true>(root, (_, object, base, copied) => {
        bytes += object.size;
        if (base && copied) for (let i = 2, all = copied.copies; i < all.length; i += 3) bytes -= all[i]!;
        return true;
      });
    file.close();
  }
  return { size, bytes };
}

/** CPU of looking through a repository in one thread with every other rule, with all, and with all and as many that find nothing. */
export async function twiceFigures(repository: string, matchers: readonly Matcher[]): Promise<Figures> {
  const sets = [matchers.filter((_, place) => place % 2 === 0), matchers, doubled(matchers)];
  const cpu: number[][] = sets.map(() => []);
  const found: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (const [i, set] of sets.entries()) {
      const { seconds, matches } = await look(repository, set);
      cpu[i]!.push(seconds);
      found[i] = matches;
    }
  }
  const [some, all, twice] = found as [number, number, number];
  check(
    some > 0 && some < all && twice >= all,
    "half of the rules find something, all find more, and twice as many no less",
  );
  const [half, one, two] = cpu.map((seconds) => Math.min(...seconds));
  return {
    "CPU s with every other rule": round(half!),
    "CPU s with all": round(one!),
    "CPU s with all twice": round(two!),
    "all to every other": round(one! / half!),
    "twice to all": round(two! / one!),
  };
}

async function look(path: string, matchers: readonly Matcher[]): Promise<{ seconds: number; matches: number }> {
  const repository = findRepository(path)!;
  const objects = listObjects(repository);
  const data = {
    repositories: [{ objects, hash: repository.hash, lfs: "" }],
    engine: "delta",
    provenance: false,
    memory: 256 << 20,
    places: 64 << 20,
  } as const;
  const plan = openPlan(compiledLikeOwn(matchers), (place) => matchers[place]);
  const samples = { hashes: new Map<string, string>(), values: new Set<string>() };
  const rest = { limits: DEFAULT_LIMITS, explain: false, lineHashes: false };
  const never = () => Promise.reject(new Error("nothing else is looked at here"));
  const scanner = openObjects({ plan, samples, objects: never, changes: never, ...rest }, data);
  const before = process.cpuUsage();
  let matches = 0;
  for (const unit of objectsUnits({ objects, hash: repository.hash }, 0, 1))
    matches += lengthOf((await scanner.scan(unit, { at: () => {}, deadline: null })).table!);
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, matches };
}

/**
 * Wall time of unpacking everything that people wrote in two threads, beside `git cat-file` giving out every object.
 * For a repository of one pack and no loose objects.
 */
export async function enginesFigures(repository: string): Promise<Figures> {
  const git = (...args: string[]) => execFileSync("git", ["-C", repository, ...args], { maxBuffer: 1 << 30 });
  const sizes = git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectsize)").toString("latin1");
  const written = [...sizes.matchAll(/^(?:blob|commit|tag) (\d+)$/gm)].reduce((sum, [, size]) => sum + Number(size), 0);
  const own: number[] = [];
  const floor: number[] = [];
  const give = `git -C '${repository}' cat-file --batch-all-objects --batch --unordered --buffer > /dev/null`;
  for (let round = 0; round < 3; round++) {
    floor.push(once(["sh", "-c", give]).seconds);
    const started = performance.now();
    const halves = await Promise.all([0, 1].map((half) => inThread(repository, half)));
    own.push((performance.now() - started) / 1000);
    check(halves[0]! + halves[1]! === written, `${halves} of ${written} bytes were unpacked`);
  }
  const [least, git_] = [Math.min(...own), Math.min(...floor)];
  return { "git s": round(git_), "engine s": round(least), ratio: round(least / git_) };
}

const inThread = (repository: string, half: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { repository, half } });
    worker.once("message", resolve);
    worker.once("error", reject);
  });

/** Unpacks what stands in every other unit of a repository's packs; gives how many bytes that are. */
function throughHalf(path: string, half: number): number {
  const repository = findRepository(path)!;
  const objects = listObjects(repository);
  const unpacker = new Unpacker(new Kernel([]), { memory: 256 << 20, input: 8 << 20 });
  const units = [...objectsUnits({ objects, hash: repository.hash }, 0, 2)].filter((_, i) => i % 2 === half);
  const pages = new PackPages(unpacker);
  const walks = objects.packs.map((pack) => new Walk(unpacker, pack, new PackBytes(pack, pages)));
  let bytes = 0;
  for (const { pack, from, to } of units) {
    const walk = walks[pack!]!;
    for (const root of walk.roots(from, to, LOOKED_AT))
      walk.places(root, (_, { size }) => {
        bytes += size;
      });
  }
  return bytes;
}

if (!isMainThread) {
  const { repository, half } = workerData as { repository: string; half: number };
  parentPort!.postMessage(throughHalf(repository, half));
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the answer is wrong: ${what}`);
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
