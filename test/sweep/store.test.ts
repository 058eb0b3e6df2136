import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { lock, tryLock } from "../../src/sweep/store/lock.ts";
import { migrated } from "../../src/sweep/store/schema.ts";
import { nameOf, openStore } from "../../src/sweep/store/store.ts";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { clones, foundIn, place, sweeping, swept } from "./sweeping.ts";

test("a lock is held by one, and by another once it is released", () => {
  const file = join(folder({}), "lock");
  const release = tryLock(file);
  assert.ok(release);
  assert.equal(tryLock(file), undefined);
  assert.throws(() => lock(file, "the store"), /in use by process \d+/);
  release();
  assert.ok(tryLock(file));
});

test("the lock of a process that was killed is taken over, that of one that lives or is elsewhere is not", async () => {
  const file = join(folder({}), "lock");
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const born = readBirth(child.pid!);
  const held = (more: object) =>
    writeFileSync(file, JSON.stringify({ pid: child.pid, host: hostname(), born, ...more }));
  held({});
  assert.equal(tryLock(file), undefined);
  held({ host: "elsewhere" });
  assert.equal(tryLock(file), undefined);
  if (born !== "") {
    held({ born: "1" });
    const release = tryLock(file);
    assert.ok(release, "another process has the same id");
    release();
  }
  held({});
  child.kill("SIGKILL");
  if (born !== "") {
    // Nobody has asked for its end yet, since this thread has not come to it.
    const release = lock(file, "the store");
    release();
    held({});
  }
  await new Promise((done) => child.on("close", done));
  assert.ok(tryLock(file));
});

function readBirth(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ")[19]!;
  } catch {
    return "";
  }
}

test("what an older leakreach wrote is brought to the form of today, what a newer one wrote is refused", () => {
  const steps = { 1: (value: object) => ({ ...value, b: 1 }), 2: (value: object) => ({ ...value, c: 2 }) };
  assert.deepEqual(migrated({ schema: 1, a: 0 }, "x", steps, 3), { schema: 3, a: 0, b: 1, c: 2 });
  assert.deepEqual(migrated({ schema: 3 }, "x", steps, 3), { schema: 3 });
  assert.throws(() => migrated({ schema: 4 }, "x", steps, 3), /written by a newer leakreach \(schema 4/);
  assert.throws(() => migrated({ schema: 0 }, "x", steps, 3), /which no leakreach wrote/);
  for (const other of [{}, [], null, "text"]) assert.throws(() => migrated(other, "x"), /nothing that leakreach keeps/);
});

test("a store of a newer leakreach is refused, and stays as it is", async () => {
  const root = clones({ one: { x: leak(1) } });
  const store = place();
  await swept(store, root);
  const head = join(store, "store.json");
  writeFileSync(head, readFileSync(head, "utf8").replace('"schema":1', '"schema":99'));
  const ran = await sweeping(store, root);
  assert.equal(ran.code, 2);
  assert.match(ran.stderr, /written by a newer leakreach/);
});

test("a damaged record is looked through again, a damaged state done without", async () => {
  const root = clones({ one: { "x.env": leak(1) }, two: { "y.env": leak(2) } });
  const store = place();
  const first = await swept(store, root);
  const [one, two] = first.repositories.map(({ repository }) => repository.id);
  writeFileSync(join(store, "repositories", `${nameOf(one!)}.json`), '{"schema": 1, "repos');
  writeFileSync(openStore(store).stateFile(two!, openStore(store).read(two!)!.state!), "leakreach-state 1 00000000\n");
  const second = await swept(store, root);
  assert.deepEqual([foundIn(second), second.complete], [foundIn(first), true]);
});

test("a second sweep of a store waits for no one: it is told who has it", async () => {
  const root = clones({ one: { x: leak(1) } });
  const store = place();
  await swept(store, root);
  const release = lock(join(store, "lock"), "the store");
  const ran = await sweeping(store, root);
  release();
  assert.equal(ran.code, 2);
  assert.match(ran.stderr, new RegExp(`in use by process ${process.pid}`));
});
