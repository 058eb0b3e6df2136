import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { isAbsolute, join } from "node:path";
import { Script } from "node:vm";
import { makeFolder } from "../sources/make-folder.ts";

// Stands at the head of the built entries (scripts/build.mjs) and imports nothing of ours: it loads what they are made of.

/** What this loader is for: the files of `dist/` that hold most of the code. */
const PACK = /^\.\/pack-\w+\.js$/;
/** Folders of other builds and other versions of Node that are left where they are. */
const OTHERS = 6;

type Load = (id: string) => unknown;

/**
 * Gives a `require` that keeps the code V8 compiled of each pack in the user's cache folder: compiling anew would take a
 * third of a short run. `build` is a hash of the packs, so that code never outlives its source; V8 itself refuses what
 * another version or other flags made. Nothing is kept in or taken from a folder that others may write to, and no failure
 * is one of the run (docs/decisions/0009-compiled-code-is-kept.md).
 */
export function packLoader(plain: NodeJS.Require, owner: NodeModule, build: string, keeps: boolean): Load {
  const folder = cacheFolder(build);
  const scripts = new Map<string, Script>();
  let isComplete = true;

  const compiled = (id: string, file: string): Script => {
    const kept = folder === undefined ? undefined : keptIn(folder, id);
    const source = `(function(exports,require,module,__filename,__dirname){${readFileSync(file, "utf8")}\n})`;
    const script = new Script(source, { filename: file, ...(kept && { cachedData: kept }) });
    if (!kept || script.cachedDataRejected) isComplete = false;
    scripts.set(id, script);
    return script;
  };
  // The packs ask for one another and for Node's modules some hundred times, and Node's own way to answer is a long one.
  const given = new Map<string, unknown>();
  const load: Load = (id) => {
    const known = given.get(id);
    if (known !== undefined) return known;
    const found = PACK.test(id) ? pack(id) : plain(id);
    given.set(id, found);
    return found;
  };
  const pack = (id: string): unknown => {
    const file = join(owner.path, id);
    const known = plain.cache[file];
    if (known) return known.exports;
    const module = new (owner.constructor as new (id: string, parent: NodeModule) => NodeModule)(file, owner);
    // Chunks that Node loads find it there, too.
    plain.cache[file] = module;
    compiled(id, file).runInThisContext().call(module.exports, module.exports, load, module, file, owner.path);
    module.loaded = true;
    return module.exports;
  };
  if (keeps && folder !== undefined)
    process.on("exit", () => {
      // All of them anew: this run came further than the one that kept the others.
      if (!isComplete) keep(folder, scripts);
    });
  return load;
}

/** Where this build's code is kept; undefined where nothing is to be kept. */
function cacheFolder(build: string): string | undefined {
  const { env, platform, version, arch } = process;
  if (env.LEAKREACH_CODE_CACHE === "off") return undefined;
  const home = platform === "win32" ? env.LOCALAPPDATA : env.HOME;
  const under = platform === "win32" ? "" : platform === "darwin" ? "Library/Caches" : ".cache";
  const caches = env.XDG_CACHE_HOME ? env.XDG_CACHE_HOME : home && join(home, under);
  return caches && isAbsolute(caches) ? join(caches, "leakreach", `code-${build}-${version}-${arch}`) : undefined;
}

function keptIn(folder: string, id: string): Buffer | undefined {
  try {
    return isOurs(folder) ? readFileSync(join(folder, id)) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether nobody else may have put something into a folder. */
function isOurs(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return !process.getuid || (uid === process.getuid() && (mode & 0o022) === 0);
}

function keep(folder: string, scripts: ReadonlyMap<string, Script>): void {
  try {
    // A home that is not there is not made.
    statSync(join(folder, "../../.."));
    makeFolder(folder, 0o700);
    if (!isOurs(folder)) return;
    for (const [id, script] of scripts) replace(join(folder, id), script.createCachedData());
    removeOthers(join(folder, ".."));
  } catch {
    // The next start is a slow one again.
  }
}

/** Either all of the bytes are there under that name, or what was there before. */
function replace(file: string, bytes: Uint8Array): void {
  const made = `${file}.${process.pid}`;
  try {
    const fd = openSync(made, "wx", 0o600);
    try {
      writeSync(fd, bytes);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(made, file);
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  }
}

function removeOthers(caches: string): void {
  const folders = readdirSync(caches)
    .filter((name) => name.startsWith("code-"))
    .map((name) => ({ path: join(caches, name), time: statSync(join(caches, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of folders.slice(OTHERS)) rmSync(path, { recursive: true, force: true });
}
