import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { INPUTS, readInputs, SCANS } from "../../src/action/inputs.ts";
import { ACTION } from "./runner.ts";

const usage = readFileSync("docs/usage.md", "utf8");
const section = /## GitHub Action\n([\s\S]*?)\n## /.exec(usage)![1]!;
const tables = section.split(/\n\n/).filter((text) => text.startsWith("| "));

/** The names in code in the first column of a table. */
const namesIn = (table: string): string[] =>
  table
    .split("\n")
    .slice(2)
    .flatMap((line) => [...line.split("|")[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));

test("the inputs of action.yml are those that are read, and those of the documentation", () => {
  assert.deepEqual(Object.keys(ACTION.inputs), [...INPUTS]);
  assert.deepEqual(namesIn(tables[0]!).sort(), [...INPUTS].sort());
});

test("the outputs of action.yml are those of the documentation", () => {
  assert.deepEqual(namesIn(tables[1]!).sort(), Object.keys(ACTION.outputs).sort());
});

test("the defaults of action.yml are those of the code", () => {
  const own = Object.entries(ACTION.inputs).filter(([, input]) => !input.default.startsWith("${{"));
  const given = own.map(([name, input]) => [`INPUT_${name.toUpperCase()}`, input.default]);
  assert.deepEqual(readInputs(Object.fromEntries(given)), readInputs({}));
});

test("every kind of scan is documented", () => {
  for (const scan of SCANS) assert.match(ACTION.inputs.scan!.description, new RegExp(`\`${scan}\``), scan);
});

test("the action runs the committed bundle on Node 24", () => {
  assert.deepEqual(ACTION.runs, { using: "node24", main: "dist/action.js" });
});

/** Each `uses:` of this action in a workflow, with what it gives. */
function steps(workflow: unknown): { readonly uses?: string; readonly with?: Record<string, unknown> }[] {
  const { jobs } = workflow as { jobs: Record<string, { steps: [] }> };
  return Object.values(jobs).flatMap((job) => job.steps);
}

for (const name of readdirSync("docs/workflows").filter((file) => !file.startsWith("gitlab")))
  test(`docs/workflows/${name} gives only inputs that there are`, () => {
    const own = steps(parse(readFileSync(`docs/workflows/${name}`, "utf8"))).filter(({ uses }) =>
      uses?.startsWith("OWNER/leakreach@"),
    );
    assert.ok(own.length > 0);
    for (const step of own) for (const input of Object.keys(step.with ?? {})) assert.ok(input in ACTION.inputs, input);
  });

test("the README shows the workflow of docs/workflows/ word for word", () => {
  assert.ok(readFileSync("README.md", "utf8").includes(readFileSync("docs/workflows/pull-requests.yml", "utf8")));
});
