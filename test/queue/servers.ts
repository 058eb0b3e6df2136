import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, type TestContext } from "node:test";
import pg from "pg";

/** A server of a queue that a test has for itself. */
export interface TestServer {
  /** What `--queue` is given. */
  readonly address: string;
  /** Kills it as a crash would, and starts it again with what it had written. */
  readonly crash: () => Promise<void>;
}

/** A kind of server, and how one is started; undefined where it is not installed. */
export interface ServerKind {
  readonly name: string;
  readonly start: (() => Promise<TestServer>) | undefined;
}

const running = new Set<ChildProcess>();
const folders: string[] = [];

after(async () => {
  for (const child of running) child.kill("SIGKILL");
  await Promise.all([...running].map((child) => child.exitCode ?? child.signalCode ?? once(child, "exit")));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Both kinds of servers; `.ci/run` has both installed. */
export const SERVERS: readonly ServerKind[] = [
  { name: "Redis", start: where("redis-server", "valkey-server") ? redis : undefined },
  { name: "PostgreSQL", start: postgresFolder() ? postgres : undefined },
];

const started = new Map<string, Promise<TestServer>>();

/**
 * Gives a test a database of its own on a server that the tests of a file share, or has it skipped, which
 * LEAKREACH_SERVERS=required forbids.
 */
export async function serverFor(context: TestContext, { name, start }: ServerKind): Promise<TestServer | undefined> {
  if (start) {
    const server = started.get(name) ?? start();
    started.set(name, server);
    return { ...(await server), address: await freshDatabase((await server).address) };
  }
  if (process.env.LEAKREACH_SERVERS === "required") throw new Error(`${name} is not installed, and has to be`);
  context.skip(`${name} is not installed: apt-get install redis-server postgresql`);
  return undefined;
}

let databases = 0;

async function freshDatabase(address: string): Promise<string> {
  const url = new URL(address);
  url.pathname = `/${url.protocol === "redis:" ? databases++ : `test${databases++}`}`;
  if (url.protocol === "redis:") return url.href;
  const pool = new pg.Pool({ connectionString: address });
  await pool.query(`CREATE DATABASE ${url.pathname.slice(1)}`);
  await pool.end();
  return url.href;
}

async function redis(): Promise<TestServer> {
  const port = await freePort();
  const folder = place();
  const flags = [
    "--port",
    `${port}`,
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
    "--appendonly",
    "yes",
    "--databases",
    "64",
  ];
  const start = () => begun(where("redis-server", "valkey-server")!, flags, {}, /Ready to accept connections/);
  return served(`redis://127.0.0.1:${port}`, start);
}

async function postgres(): Promise<TestServer> {
  const port = await freePort();
  const folder = place();
  const owner = notRoot();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const binaries = postgresFolder()!;
  const data = join(folder, "data");
  const flags = ["-D", data, "-U", "leakreach", "-A", "trust", "-N", "-E", "UTF8", "--locale=C"];
  execFileSync(join(binaries, "initdb"), flags, { ...owner, stdio: "ignore", cwd: folder });
  const settings = ["-D", data, "-p", `${port}`, "-k", folder, "-h", "127.0.0.1", "-F"];
  const start = () =>
    begun(join(binaries, "postgres"), settings, { ...owner, cwd: folder }, /ready to accept connections/);
  return served(`postgres://leakreach@127.0.0.1:${port}/postgres`, start);
}

async function served(address: string, start: () => Promise<ChildProcess>): Promise<TestServer> {
  let child = await start();
  return {
    address,
    crash: async () => {
      const ended = once(child, "exit");
      // PostgreSQL: "immediate shutdown", after which it recovers as from a crash; nothing of it is left that holds its port.
      child.kill(address.startsWith("redis") ? "SIGKILL" : "SIGQUIT");
      await ended;
      child = await start();
    },
  };
}

/** Starts a process, and waits for what it says when it is ready. */
function begun(file: string, args: readonly string[], how: object, ready: RegExp): Promise<ChildProcess> {
  const child = spawn(file, args, { ...how, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return new Promise((done, fail) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => {
        said += said.length < 1e6 ? text.toString("latin1") : "";
        if (ready.test(said)) done(child);
      });
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`${file} ended (${code}): ${said.slice(-2000)}`)));
  });
}

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), "leakreach-queue-"));
  folders.push(folder);
  return folder;
}

function where(...names: readonly string[]): string | undefined {
  const paths = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].flatMap((at) =>
    names.map((name) => join(at, name)),
  );
  return paths.find((path) => existsSync(path));
}

/** Debian keeps each version's programs in a folder of its own. */
function postgresFolder(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(root, version, "bin")), "/usr/local/bin", "/opt/homebrew/bin"];
  return folders.find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name))));
}

/** PostgreSQL refuses to run as root. */
function notRoot(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** A port of this machine that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
