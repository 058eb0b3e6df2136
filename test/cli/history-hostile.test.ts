import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { leak } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

interface Reported {
  readonly findings: readonly { exposures: readonly { path: string; commit?: string }[] }[];
  readonly gaps: readonly { what: string; why: string }[];
}

/** A repository whose first commit has a leak that the second one takes away. */
function cleaned(): { root: string; first: string; last: string } {
  const root = repository({ "a.env": leak(1), "b.txt": "text\n" });
  git(root, "rm", "-q", "a.env");
  git(root, "commit", "-qm", "away");
  const [last, first] = git(root, "rev-list", "HEAD").trim().split("\n");
  return { root, first: first!, last: last! };
}

/** What can be done so that whoever believes the repository sees another history, and what of it is told as a gap. */
const attacks: readonly [name: string, attack: (at: ReturnType<typeof cleaned>) => void, gaps: readonly RegExp[]][] = [
  [
    "a replace ref in place of the blob",
    ({ root, first }) => {
      git(
        root,
        "replace",
        git(root, "rev-parse", `${first}:a.env`).trim(),
        git(root, "rev-parse", "HEAD:b.txt").trim(),
      );
      assert.equal(git(root, "show", `${first}:a.env`), "text\n", "git itself is misled");
    },
    [],
  ],
  [
    "a replace ref that cuts the first commit off",
    ({ root, last }) => {
      git(root, "replace", "--graft", last);
      assert.equal(git(root, "rev-list", "--count", "HEAD").trim(), "1", "git itself is misled");
    },
    [],
  ],
  [
    "a graft that cuts the first commit off",
    ({ root, last }) => {
      mkdirSync(join(root, ".git/info"), { recursive: true });
      writeFileSync(join(root, ".git/info/grafts"), `${last}\n`);
      assert.equal(git(root, "-c", "advice.graftFileDeprecated=false", "rev-list", "--count", "HEAD").trim(), "1");
    },
    [],
  ],
  [
    "a commit-graph of nonsense",
    ({ root }) => {
      mkdirSync(join(root, ".git/objects/info"), { recursive: true });
      writeFileSync(join(root, ".git/objects/info/commit-graph"), Buffer.alloc(2000, "CGPH\x01\x01\x04\x00nonsense"));
    },
    [],
  ],
  [
    "alternates that lead to devices, to itself and nowhere",
    ({ root }) => {
      const itself = join(root, ".git/objects");
      writeFileSync(
        join(itself, "info/alternates"),
        `/dev\n/proc/self\n${itself}\n../../nowhere\n${"../".repeat(3000)}dev\n`,
      );
    },
    [/nowhere: this object folder does not exist/],
  ],
  [
    "alternates that are a pipe",
    ({ root }) => assert.equal(spawnSync("mkfifo", [join(root, ".git/objects/info/alternates")]).status, 0),
    [/alternates: is not a file/],
  ],
  [
    "packed refs that are an endless device",
    ({ root }) => symlinkSync("/dev/zero", join(root, ".git/packed-refs")),
    [/packed-refs: is not a file/],
  ],
  [
    "a pack that is an endless device",
    ({ root }) => {
      const name = join(root, ".git/objects/pack", `pack-${"0".repeat(40)}`);
      for (const end of ["pack", "idx"]) symlinkSync("/dev/zero", `${name}.${end}`);
    },
    [/pack-0{40}\.pack: is not a file/],
  ],
  [
    "a git folder that is a link",
    ({ root }) => {
      renameSync(join(root, ".git"), join(root, "elsewhere.git"));
      symlinkSync("elsewhere.git", join(root, ".git"));
    },
    [],
  ],
  [
    "a remote that promised what is here, under ext::",
    ({ root }) =>
      appendFileSync(
        join(root, ".git/config"),
        `[remote "origin"]\n\turl = ext::touch ${root}/proof\n\tpromisor = true\n[extensions]\n\tpartialClone = origin\n`,
      ),
    [/left with the remote: this is a partial clone/],
  ],
];

for (const isPacked of [true, false]) {
  for (const [name, attack, gaps] of attacks) {
    test(`the leak is found behind ${name} (${isPacked ? "packed" : "loose"})`, async () => {
      const at = cleaned();
      if (isPacked) git(at.root, "repack", "-adq");
      attack(at);
      const { stdout } = await leakreach(["history", at.root, "--format", "json"]);
      const report = JSON.parse(stdout) as Reported;
      const places = report.findings.flatMap(({ exposures }) =>
        exposures.map(({ path, commit }) => `${path} ${commit}`),
      );
      assert.deepEqual(places, [`a.env ${at.first}`]);
      const told = report.gaps.map(({ what, why }) => `${what}: ${why}`);
      assert.equal(told.length, gaps.length, told.join("\n"));
      for (const [i, gap] of gaps.entries()) assert.match(told[i]!, gap);
    });
  }
}
