import assert from "node:assert/strict";
import { test } from "node:test";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn } from "./find.ts";

const random = seededRandom(1635);

/** Lines with a login, and how many of them count. */
const logins: readonly [path: string, line: string, count: number][] = [
  ["ftp_spec.rb", "ftp.login('anonymous', 'anonymous@')", 0],
  ["ftp_spec.rb", "ftp.login('deploy', '{{alnum 12}}7@')", 1],
  ["Template.java", "// redirect=http://client.shop.com:9003@evil.shop.com", 0],
  ["Template.java", "// redirect=http://[::1]:9003@evil.shop.com/", 0],
  [".env", "BROKER=amqp://worker:{{digits 5}}@mq.shop.com", 1],
  ["compose.yml", "- DB=Host=db.shop.com;Username=u;Password={{letters 3}}$Wp{{alnum 7}};", 1],
  ["compose.yml", "- DB=Host=db.shop.com;Username=u;Password=${PASSWORD};", 0],
  ["compose.yml", "- DB=Host=db.shop.com;Username=u;Password=$PASSWORD;", 0],
];
for (const [path, line, count] of logins) {
  test(`in ${path}, ${line} has ${count || "no"} login`, () => {
    const found = findIn(`${mint(line, random)}\n`, path).filter((hit) => !hit.demoted);
    assert.equal(found.length, count, found.map(({ rule, secret }) => `${rule} ${secret}`).join(", "));
  });
}
