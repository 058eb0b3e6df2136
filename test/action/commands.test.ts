import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { command, masks, setOutputs } from "../../src/action/commands.ts";
import { folder } from "../config/folder.ts";

test("a command is one line, and reads back as it was, whatever text is in it", () => {
  const title = "a,b:c%0A%2C::set-output name=x::y\r\n";
  const message = "100%\r\n::add-mask::x\n%0A";
  const said = command("error", { title, file: "a,b:1", line: 3 }, message);
  assert.equal(said.match(/[\r\n]/g)?.length, 1);
  // As the runner takes it apart (actions/runner, ActionCommand.cs).
  const [, properties, rest] = /^::error ([^\n]*?)::([^\n]*)\n$/.exec(said)!;
  const back = (text: string) => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const read = Object.fromEntries(
    properties!.split(",").map((pair) => {
      const at = pair.indexOf("=");
      const value = back(pair.slice(at + 1))
        .replaceAll("%3A", ":")
        .replaceAll("%2C", ",")
        .replaceAll("%25", "%");
      return [pair.slice(0, at), value];
    }),
  );
  assert.deepEqual(read, { title, file: "a,b:1", line: "3" });
  assert.equal(back(rest!).replaceAll("%25", "%"), message);
});

test("each line of a secret is masked once, and lines that are no secret are not", () => {
  const lines = ["-----BEGIN KEY-----", "MIIBaaaaaaaa", "bbbbbbbbbbbb", "==", "-----END KEY-----"];
  const said = masks([lines.join("\r\n"), "bbbbbbbbbbbb", "100%secret"]);
  assert.equal(said, "::add-mask::MIIBaaaaaaaa\n::add-mask::bbbbbbbbbbbb\n::add-mask::100%25secret\n");
});

test("no output can end its own block", () => {
  const file = join(folder({ output: "" }), "output");
  setOutputs(file, { one: "a\nEOF\nworst<<EOF\nnone", two: "b" });
  const lines = readFileSync(file, "utf8").split("\n");
  const [, delimiter] = /^one<<(.+)$/.exec(lines[0]!)!;
  assert.equal(lines.indexOf(delimiter!, 1), 5);
  setOutputs(file, { one: "c" });
  assert.notEqual(/^one<<(.+)$/m.exec(readFileSync(file, "utf8").split("\n").slice(9).join("\n"))![1], delimiter);
});
