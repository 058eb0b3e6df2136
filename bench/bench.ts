import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { detect } from "../src/detect/detector.ts";
import type { Matcher } from "../src/detect/matcher.ts";
import { openPlan } from "../src/detect/plan.ts";
import { BUILTIN_IDS, builtinMatcher } from "../src/scan/builtin.ts";
import { mint, seededRandom } from "../test/mint/mint.ts";
import { historyFigures, stateFigures } from "./history.ts";
import { enginesFigures, packFigures, twiceFigures } from "./history-cost.ts";
import { inTurn, median, once, peakMemory } from "./measure.ts";
import { queueFigures } from "./queue.ts";
import { reportFigures } from "./report.ts";
import { compiledLikeOwn, doubled } from "./rules.ts";
import { unpackFigures } from "./unpack.ts";

// Run by scripts/bench.mjs; bench/README.md says what each figure is and what it is held against. Each bench checks its own answer.

type Figures = Record<string, number | string | undefined>;
interface Bench {
  readonly name: string;
  run(folder: string): Figures | Promise<Figures>;
}

const CLI = ["node", "dist/leakreach.js"];
const random = seededRandom(1);
const token = (): string => mint("ghp_{{crc32-base62 30}}", random);

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the answer is wrong: ${what}`);
}

const findings = (json: string): { rule: string; exposures: { path: string; line: number }[] }[] =>
  JSON.parse(json).findings;

const coldStart: Bench = {
  name: "cold start: one small file, above a bare node",
  run(folder) {
    const file = join(folder, "one.env");
    writeFileSync(file, `TOKEN=${token()}\n`);
    const command = [...CLI, "scan", file, "--quiet"];
    check(findings(once([...command, "--format", "json"]).stdout).length === 1, "one planted token");
    const plain = join(folder, "plain.txt");
    writeFileSync(plain, "nothing to see\n");
    const [bare, scan, clean] = inTurn([["node", "-e", "0"], command, [...CLI, "scan", plain, "--quiet"]], 21);
    return {
      bareMs: ms(bare!),
      scanMs: ms(scan!),
      aboveMs: ms(scan! - bare!),
      "aboveMs without a finding": ms(clean! - bare!),
    };
  },
};

const workTree: Bench = {
  name: "work tree: the repository LEAKREACH_BENCH names, beside LEAKREACH_PEERS",
  run() {
    const tree = process.env.LEAKREACH_BENCH;
    if (!tree) return { skipped: "set LEAKREACH_BENCH to a clone of git's repository" };
    const command = [...CLI, "scan", tree, "--quiet", "--jobs", "2"];
    const places = (jobs: string) =>
      findings(once([...CLI, "scan", tree, "--quiet", "--format", "json", "--jobs", jobs]).stdout)
        .flatMap((f) => f.exposures.map((e) => `${f.rule} ${e.path}:${e.line}`))
        .sort();
    const [one, two] = [places("1"), places("2")];
    check(one.length > 0 && one.join("\n") === two.join("\n"), "one thread and two find the same, and something");
    const peers = (process.env.LEAKREACH_PEERS ?? "")
      .split(";")
      .filter(Boolean)
      .map((peer) => peer.trim().replaceAll("{}", tree).split(/\s+/));
    const [own, ...others] = inTurn([command, ...peers], 7);
    const ratios = Object.fromEntries(
      peers.map((peer, i) => [`ratio to ${peer[0]!.split("/").at(-1)}`, round(own! / others[i]!)]),
    );
    const seconds = Object.fromEntries(peers.map((peer, i) => [`${peer[0]!.split("/").at(-1)} s`, round(others[i]!)]));
    return { seconds: round(own!), ...seconds, ...ratios, peakMiB: peakMemory(command), findings: one.length };
  },
};

const NO_HISTORY = { skipped: "set LEAKREACH_HISTORY to a bare clone of git's repository" };
const history: Bench = {
  name: "history: the repository LEAKREACH_HISTORY names, beside git cat-file",
  run: () => (process.env.LEAKREACH_HISTORY ? historyFigures(CLI, process.env.LEAKREACH_HISTORY) : NO_HISTORY),
};

const historyRules: Bench = {
  name: "history rules: one thread, with every other rule, with all, and with all twice",
  run() {
    const repository = process.env.LEAKREACH_HISTORY;
    return repository
      ? twiceFigures(
          repository,
          BUILTIN_IDS.map((_, place) => builtinMatcher(place)),
        )
      : NO_HISTORY;
  },
};

const historyEngine: Bench = {
  name: "history engine: unpacking alone in two threads, beside git cat-file",
  run: () => (process.env.LEAKREACH_HISTORY ? enginesFigures(process.env.LEAKREACH_HISTORY) : NO_HISTORY),
};

const historyState: Bench = {
  name: "history state: a run after a fetch of ten commits, beside the first",
  run: (folder) =>
    process.env.LEAKREACH_HISTORY ? stateFigures(CLI, process.env.LEAKREACH_HISTORY, folder) : NO_HISTORY,
};

const historyPacks: Bench = {
  name: "history packs: cost of a new byte in the repositories LEAKREACH_PACKS names, one thread",
  run: () => packFigures(CLI, process.env.LEAKREACH_PACKS?.split(" ") ?? [], token()),
};

/** A log of `megabytes`, made of the file LEAKREACH_LOG names or of lines like those of a build, with a token at its start, middle and end. */
function makeLog(file: string, megabytes: number, planted: readonly string[]): number[] {
  const source = process.env.LEAKREACH_LOG
    ? readFileSync(process.env.LEAKREACH_LOG).subarray(0, 64 << 20)
    : Buffer.from(buildLines());
  const lines: number[] = [];
  const out = openSync(file, "w");
  let line = 1;
  const put = (text: string) => {
    lines.push(line);
    writeSync(out, `export GITHUB_TOKEN=${text}\n`);
    line++;
  };
  put(planted[0]!);
  for (let written = 0, half = false; written < megabytes * 1e6; ) {
    const part = source.subarray(0, source.lastIndexOf(10, Math.min(source.length, megabytes * 1e6 - written) - 1) + 1);
    if (part.length === 0) break;
    written += writeSync(out, part);
    for (const byte of part) if (byte === 10) line++;
    if (!half && written >= megabytes * 5e5) {
      half = true;
      put(planted[1]!);
    }
  }
  put(planted[2]!);
  closeSync(out);
  return lines;
}

function buildLines(): string {
  const lines: string[] = [];
  for (let i = 0; i < 200_000; i++) {
    lines.push(
      `2026-09-01T10:${i % 60}:00.1234567Z [${i}/200000] Building CXX object src/lib/CMakeFiles/core.dir/file_${i % 977}.cpp.o (sha256:${((i * 2654435761) >>> 0).toString(16)})`,
    );
    lines.push(
      `\x1b[36mtest_${i % 501}\x1b[0m passed in ${i % 89} ms  /usr/lib/x86_64-linux-gnu/libfoo-${i % 13}.so.2`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** A log of a CI system with colours, stamps and folds, and tokens that they cut. */
function ciLog(file: string, megabytes: number, planted: readonly string[]): void {
  const cut = planted.map((text) => `${text.slice(0, 9)}\x1b[0m\x1b[36m${text.slice(9)}`);
  makeLog(file, megabytes, cut);
}

const ciLogs: Bench = {
  name: "ci logs: megabytes a second in one thread, beside a scan of the same bytes",
  run(folder) {
    const figures: Figures = {};
    const planted = [token(), token(), token()];
    const [short, file] = [join(folder, "short.log"), join(folder, "ci.log")];
    ciLog(short, 0, planted);
    for (const megabytes of [100, 1000]) {
      ciLog(file, megabytes, planted);
      const found = JSON.parse(once([...CLI, "logs", file, "--quiet", "--format", "json", "--show-secrets"]).stdout);
      const secrets = new Set(found.findings.map(({ secret }: { secret: string }) => secret));
      check(
        planted.every((text) => secrets.has(text)),
        "tokens that a colour cuts",
      );
      const logsOf = (path: string) => [...CLI, "logs", path, "--quiet", "--jobs", "1"];
      const scanOf = [...CLI, "scan", file, "--quiet", "--jobs", "1"];
      const [start, whole, scan] = inTurn([logsOf(short), logsOf(file), scanOf], megabytes >= 1000 ? 3 : 5);
      const size = statSync(file).size / 1e6;
      figures[`${megabytes} MB: MB/s`] = round(size / (whole! - start!));
      figures[`${megabytes} MB: time of scan`] = round(whole! / scan!);
      figures[`${megabytes} MB: peak MiB`] = peakMemory(logsOf(file));
    }
    return figures;
  },
};

const logs: Bench = {
  name: "logs: cost of a megabyte from 1 MB to 1 GB, one thread",
  run(folder) {
    const figures: Figures = {};
    const planted = [token(), token(), token()];
    const file = join(folder, "build.log");
    // The same findings without the megabytes: what a run costs whose log is short.
    const short = join(folder, "short.log");
    writeFileSync(short, planted.map((text) => `export GITHUB_TOKEN=${text}\n`).join(""));
    const small = [...CLI, "scan", short, "--quiet", "--jobs", "1"];
    check(findings(once([...small, "--format", "json"]).stdout).length === planted.length, "the short log's tokens");
    for (const megabytes of [1, 10, 100, 1000]) {
      const lines = makeLog(file, megabytes, planted);
      const found = findings(once([...CLI, "scan", file, "--quiet", "--format", "json"]).stdout)
        .flatMap((f) => f.exposures.map((e) => e.line))
        .sort((a, b) => a - b);
      check(
        planted.every((_, i) => found.includes(lines[i]!)),
        `tokens at lines ${lines.join(", ")}, found ${found.join(", ")}`,
      );
      const command = [...CLI, "scan", file, "--quiet", "--jobs", "1"];
      const [start, whole] = inTurn([small, command], megabytes >= 1000 ? 3 : 7) as [number, number];
      const size = statSync(file).size / 1e6;
      figures[`${megabytes} MB: ms a MB`] = round(((whole - start) * 1000) / size);
      if (megabytes === 1000)
        Object.assign(figures, {
          "1 GB: MB/s whole run": Math.round(size / whole),
          "1 GB: peakMiB": peakMemory(command),
        });
    }
    return figures;
  },
};

const rules: Bench = {
  name: "rules: kernel and detection in one thread, with the rule set once and twice",
  run() {
    const text = Buffer.from(`${buildLines().slice(0, 4_000_000)}\nTOKEN=${token()}\n`);
    const time = (matchers: readonly Matcher[]) => {
      const prepared = openPlan(compiledLikeOwn(matchers), (place) => matchers[place]);
      const length = text.copy(prepared.kernel.block.bytes);
      const run = () => {
        const started = performance.now();
        const { hits } = detect(prepared, length, "build.log");
        check(
          hits.some((hit) => hit.matcher.id === "github-pat"),
          "the planted token",
        );
        return performance.now() - started;
      };
      for (let i = 0; i < 5; i++) run();
      return { run, megabytes: length / 1e6 };
    };
    const builtin = BUILTIN_IDS.map((_, place) => builtinMatcher(place));
    const once = time(builtin);
    const twice = time(doubled(builtin));
    const a: number[] = [];
    const b: number[] = [];
    for (let i = 0; i < 31; i++) {
      a.push(once.run());
      b.push(twice.run());
    }
    return {
      rules: builtin.length,
      "MB/s": Math.round(once.megabytes / (median(a) / 1000)),
      "ratio with twice the rules": round(median(b) / median(a)),
    };
  },
};

const unpack: Bench = { name: "unpack: inflating objects of a pack beside node:zlib", run: unpackFigures };

const report: Bench = { name: "report: a page of 5,000 findings, and its filters in Chromium", run: reportFigures };

const queue: Bench = { name: "queue: milliseconds a job, and sweeps by one worker and by two", run: queueFigures };

const ms = (seconds: number): number => Math.round(seconds * 1000);
const round = (value: number): number => Math.round(value * 1000) / 1000;

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "leakreach-bench-"));
const record: Record<string, Figures> = {};
try {
  for (const bench of [
    coldStart,
    workTree,
    history,
    historyRules,
    historyEngine,
    historyPacks,
    historyState,
    logs,
    ciLogs,
    rules,
    unpack,
    report,
    queue,
  ]) {
    if (wanted.length && !wanted.some((word) => bench.name.startsWith(word))) continue;
    record[bench.name] = await bench.run(folder);
    console.log(bench.name, record[bench.name]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (process.env.LEAKREACH_RECORD) {
  writeFileSync(
    process.env.LEAKREACH_RECORD,
    `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), node: process.version, record }, null, 2)}\n`,
  );
}
