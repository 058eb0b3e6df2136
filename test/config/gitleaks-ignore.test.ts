import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { ignores, loadGitleaksIgnore, readGitleaksIgnore } from "../../src/config/gitleaks-ignore.ts";
import { gitleaksMeans } from "../../src/config/gitleaks-rules.ts";
import { folder } from "./folder.ts";

const commit = "d".repeat(40);

const lines: readonly [
  name: string,
  text: string,
  places: readonly string[],
  commits: number,
  malformed: readonly number[],
][] = [
  ["a file, a rule, a line", "a/b.ts:jwt:7", ["a/b.ts jwt 7"], 0, []],
  ["blanks around it", "  a/b.ts:jwt:7\t\r\n", ["a/b.ts jwt 7"], 0, []],
  ["comments and empty lines", "# old\n\n  # more\na:jwt:1", ["a jwt 1"], 0, []],
  ["backslashes", "a\\b\\c.ts:jwt:7", ["a/b/c.ts jwt 7"], 0, []],
  ["a leading ./", "./a.ts:jwt:7", ["a.ts jwt 7"], 0, []],
  ["a blank in a file name", "my file.ts:jwt:7", ["my file.ts jwt 7"], 0, []],
  ["an archive", "a.zip!b.txt:jwt:7", ["a.zip!b.txt jwt 7"], 0, []],
  ["a commit", `${commit}:a.ts:jwt:7`, [], 1, []],
  ["two parts", "a.ts:7", [], 0, [1]],
  ["five parts", "c:a:b.ts:jwt:7", [], 0, [1]],
  ["no number", "a.ts:jwt:seven", [], 0, [1]],
  ["a comment behind it", "\na.ts:jwt:7 # known", [], 0, [2]],
  ["no file", ":jwt:7", [], 0, [1]],
];

for (const [name, text, places, commits, malformed] of lines) {
  test(`.gitleaksignore: ${name}`, () => {
    const ignore = readGitleaksIgnore(text);
    assert.deepEqual(
      ignore.places.map(({ path, rule, line }) => `${path} ${rule} ${line}`),
      places,
    );
    assert.equal(ignore.commits, commits);
    assert.deepEqual(ignore.malformed, malformed);
  });
}

test("the file is read at the root of what is scanned", async () => {
  assert.equal(loadGitleaksIgnore(folder({ "sub/.gitleaksignore": "a:jwt:1" })), undefined);
  const ignore = loadGitleaksIgnore(folder({ ".gitleaksignore": "# x\na:jwt:1\n" }));
  assert.deepEqual(ignore?.places, [{ path: "a", rule: "jwt", line: 1, at: 2 }]);
});

const names: readonly [theirs: string, ours: string, same: boolean][] = [
  ["jwt", "jwt", true],
  ["github-fine-grained-pat", "github-pat-fine-grained", true],
  ["github-pat", "github-pat-fine-grained", false],
  ["aws-access-token", "aws-access-key-id", true],
  ["aws-access-token", "aws-secret-access-key", false],
  ["private-key", "ssh-private-key", true],
  ["generic-api-key", "generic-secret", true],
  ["generic-api-key", "github-pat", false],
  ["slack-bot-token", "slack-token", true],
  ["of-my-own", "of-my-own", true],
  ["__proto__", "jwt", false],
  ["constructor", "jwt", false],
];

for (const [theirs, ours, same] of names) {
  test(`gitleaks' ${theirs} ${same ? "means" : "does not mean"} ${ours}`, () => {
    assert.equal(ignores({ path: "a", rule: theirs, line: 1, at: 1 }, ours), same);
  });
}

test("every rule that gitleaks has a name for is reached by it", () => {
  const ids = readdirSync("rules/providers")
    .filter((name) => name.endsWith(".yml"))
    .flatMap((name) =>
      (parse(readFileSync(`rules/providers/${name}`, "utf8")) as { rules: { id: string }[] }).rules.map(({ id }) => id),
    );
  const theirs: Readonly<Record<string, string>> = {
    "gcp-api-key": "google-api-key",
    "npm-access-token": "npm-token",
    "pypi-upload-token": "pypi-token",
    "hashicorp-tf-api-token": "terraform-cloud-token",
    "digitalocean-access-token": "digitalocean-oauth",
    "vault-service-token": "vault-service-token",
    "gitlab-rrt": "gitlab-runner-registration-token",
    "heroku-api-key": "heroku-api-key",
  };
  for (const [name, ours] of Object.entries(theirs)) {
    assert.ok(ids.includes(ours), `there is no rule ${ours}: mend src/config/gitleaks-rules.ts`);
    assert.ok(gitleaksMeans(name, ours), name);
  }
});
