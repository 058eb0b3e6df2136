import assert from "node:assert/strict";
import { existsSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "../../src/sources/make-folder.ts";
import { folder } from "../config/folder.ts";

const isWindows = process.platform === "win32";

test("a folder is made with those above it, and one that is there is left as it is", () => {
  const root = folder({ file: "" });
  makeFolder(join(root, "a", "b"), 0o700);
  makeFolder(join(root, "a", "b"), 0o755);
  if (!isWindows) for (const name of ["a", "a/b"]) assert.equal(statSync(join(root, name)).mode & 0o777, 0o700);
  assert.throws(() => makeFolder(join(root, "file")), { code: "EEXIST" });
  assert.throws(
    () => makeFolder(join(root, "file", "b")),
    ({ code }) => code === "ENOTDIR" || code === "EEXIST",
  );
});

test("a link to a folder is one, and a link to nothing is none", { skip: isWindows }, () => {
  const root = folder({ "there/file": "" });
  symlinkSync("there", join(root, "link"));
  symlinkSync("missing", join(root, "broken"));
  makeFolder(join(root, "link", "a"));
  assert.ok(existsSync(join(root, "there", "a")));
  assert.throws(() => makeFolder(join(root, "broken", "a")), { code: "EEXIST" });
});

test("where no folder can be made, that ends with an error", { skip: process.platform !== "linux" }, () => {
  for (const path of ["/proc/nothing/a/b", "/proc/self/fd/99/a"])
    assert.throws(
      () => makeFolder(path),
      ({ code }) => ["ENOENT", "EACCES", "EROFS", "EPERM"].includes(code),
    );
});
