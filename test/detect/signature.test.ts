import assert from "node:assert/strict";
import { test } from "node:test";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn } from "./find.ts";

const random = seededRandom(91);
const base64 = (length: number): string => mint(`{{alnum ${length}}}`, random);
/** A token of letters and digits only, as base64 may make it by chance. */
const token = mint("EXO{{alnum 24}}", random);

const block = (kind: string, line: string, indent = ""): string =>
  [`-----BEGIN ${kind}-----`, "", base64(64), base64(64), line, base64(64), `=${base64(4)}`, `-----END ${kind}-----`]
    .map((each, at) => (at > 0 ? indent : "") + each)
    .join("\n");

const rules = (text: string): string[] => findIn(text).map(({ rule }) => rule);

test("the token of these tests is one where nothing is around it", () => {
  assert.deepEqual(rules(`x\n${token}\ny\n`), ["exoscale-api-key"]);
});

const signatures: [name: string, text: string][] = [
  ["of a tag", `tagged\n${block("PGP SIGNATURE", token)}\n`],
  ["in the header of a commit", `tree x\ngpgsig ${block("PGP SIGNATURE", token, " ")}\n\nmessage\n`],
  ["of SSH", block("SSH SIGNATURE", token)],
  ["with carriage returns", block("PGP SIGNATURE", token).replaceAll("\n", "\r\n")],
];
for (const [name, text] of signatures)
  test(`letters in an armoured signature ${name} are no token`, () => assert.deepEqual(rules(text), []));

const others: [name: string, text: string][] = [
  ["behind a signature", `${block("PGP SIGNATURE", base64(64))}\n${token}\n`],
  ["in another kind of block", block("PGP MESSAGE", token)],
  ["in a line that is not base64", block("PGP SIGNATURE", `key: ${token}`)],
  ["in a line that goes on", block("PGP SIGNATURE", `${token} # mine`)],
  ["after a beginning that is far away", `-----BEGIN PGP SIGNATURE-----\n${`${base64(64)}\n`.repeat(80)}${token}\n`],
];
for (const [name, text] of others)
  test(`a token ${name} is one`, () => assert.deepEqual(rules(text), ["exoscale-api-key"]));
