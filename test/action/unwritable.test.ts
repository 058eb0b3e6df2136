import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { started, step } from "./runner.ts";

const schedule = (workspace: string, env: Readonly<Record<string, string>>, inputs = {}) =>
  step({ event: "schedule", payload: { repository: { default_branch: "main" } }, workspace, inputs, env });

const leaky = () => started({ "a.env": leak(1) });
const mild = () => started({ "a.env": `password = "${token(3).slice(4, 24)}"\n` });
const clean = () => started({ "a.txt": "a\n" });
/** A path at which nothing can be written, whoever one is. */
const nowhere = () => join(folder({}), "missing", "file");

const lost = (annotations: readonly string[]) =>
  annotations.filter((line) => line.includes("title=leakreach%3A not written"));

for (const [name, workspace, inputs, code] of [
  ["with findings", leaky, {}, 1],
  ["with findings that do not fail it", mild, { "fail-on": "critical" }, 2],
  ["without any", clean, {}, 2],
] as const) {
  test(`outputs that cannot be written are an error; a step ${name} keeps its report and is never clean`, async () => {
    for (const file of [nowhere(), folder({})]) {
      const ended = await schedule(workspace(), { GITHUB_OUTPUT: file }, inputs);
      assert.equal(ended.code, code, ended.stdout + ended.stderr);
      assert.match(
        lost(ended.annotations).join("\n"),
        /^::error [^\n]*::the outputs of this step \(GITHUB_OUTPUT\): it cannot be written: (?:ENOENT|EISDIR)$/,
      );
      assert.match(ended.stdout, workspace === clean ? /no leaked secret/i : /a\.env\n/);
      assert.match(ended.summary, /<h3>leakreach: /);
      assert.equal(ended.stderr.includes("bug"), false);
    }
  });
}

for (const [name, workspace, code] of [
  ["with findings", leaky, 1],
  ["without any", clean, 0],
] as const) {
  test(`a summary that cannot be written is a warning of a step ${name}, and changes nothing else`, async () => {
    const ended = await schedule(workspace(), { GITHUB_STEP_SUMMARY: nowhere() });
    assert.equal(ended.code, code, ended.stdout + ended.stderr);
    assert.match(lost(ended.annotations).join("\n"), /^::warning [^\n]*::the job summary \(GITHUB_STEP_SUMMARY\): /);
    assert.ok(ended.report);
    assert.equal(ended.outputs.findings, String(code));
  });
}

test("a SARIF report that cannot be written loses no finding, and its output names no file", async () => {
  const ended = await schedule(leaky(), {}, { "sarif-file": folder({ "taken/x": "" }) });
  assert.equal(ended.code, 1, ended.stdout + ended.stderr);
  assert.match(lost(ended.annotations).join("\n"), /^::error [^\n]*::the SARIF report: cannot write /);
  assert.deepEqual([ended.outputs["sarif-file"], ended.outputs.findings], [undefined, "1"]);
  assert.ok(ended.report);
});

test("a workspace or a folder for what is temporary that is not there is said, and is no bug", async () => {
  for (const name of ["GITHUB_WORKSPACE", "RUNNER_TEMP"]) {
    const ended = await schedule(clean(), { [name]: nowhere() });
    assert.equal(ended.code, 2, ended.stdout + ended.stderr);
    assert.match(ended.annotations.join("\n"), new RegExp(`^::error title=leakreach::[^\n]*\\(${name}\\)`));
  }
});
