import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeGitlab } from "../../src/decode/gitlab.ts";
import { facts, minted, traits } from "./hints.ts";

for (const version of ["v01", "v0"]) {
  test(`a routable token of layout ${version} gives its organization and user away, proved by its checksum`, () => {
    const anatomy = decodeGitlab(minted(`{{mint gitlab-routable glpat ${version} o:1,u:iwbh4}}`));
    assert.deepEqual(facts(anatomy), { provider: "gitlab", organization: "1", user: "31740952" });
    assert.equal(anatomy?.facts.find(({ name }) => name === "user")?.basis, "proved");
  });
}

test("a routable token of one project reaches that project only", () => {
  const anatomy = decodeGitlab(minted("{{mint gitlab-routable glpat v01 o:1,p:2s}}"));
  assert.equal(facts(anatomy).project, "100");
  assert.deepEqual(traits(anatomy), { certainty: "structure", power: 3, breadth: "single" });
});

test("with one character changed its ids are claims", () => {
  const secret = minted("{{mint gitlab-routable glpat v01 o:1,u:iwbh4}}").replace(/.$/, (last) =>
    last === "0" ? "1" : "0",
  );
  assert.ok(decodeGitlab(secret)?.facts.every(({ basis }) => basis === "claimed"));
});

const runners: readonly (readonly [prefix: string, breadth: string])[] = [
  ["glrt-t1_", "cross"],
  ["glrt-t2_", "multi"],
  ["glrt-t3_", "single"],
];

for (const [prefix, breadth] of runners) {
  test(`${prefix} runner tokens reach ${breadth} (V40 is t1)`, () => {
    for (const template of [`${prefix}{{base64url 20}}`, `{{mint gitlab-routable ${prefix}}}`]) {
      const { certainty: _, ...rest } = traits(decodeGitlab(minted(template)));
      assert.deepEqual(rest, { power: 4, breadth, reach: "mints", data: "confidential" });
    }
  });
}

test("a plain token decodes to nothing more than its provider", () => {
  assert.deepEqual(decodeGitlab(minted("glpat-{{base64url 20}}"))?.hints, []);
  assert.equal(decodeGitlab("other"), undefined);
});
