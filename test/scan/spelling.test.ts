import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { plainSpelling } from "../../src/scan/spelling.ts";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const PEM = privateKey.export({ type: "pkcs8", format: "pem" }).toString().trimEnd();
const HEADED = PEM.replace("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n");

const spellings: readonly [name: string, write: (pem: string) => string][] = [
  ["as its file has it", (pem) => pem],
  ["with line ends of Windows", (pem) => pem.replaceAll("\n", "\r\n")],
  ["indented", (pem) => pem.replaceAll("\n", "\n        ")],
  ["in JSON", (pem) => JSON.stringify(pem).slice(1, -1)],
  ["in JSON in JSON", (pem) => JSON.stringify(JSON.stringify(pem)).slice(3, -3)],
  ["indented by tabs, in JSON", (pem) => JSON.stringify(pem.replaceAll("\n", "\n\t\t")).slice(1, -1)],
];
for (const [name, write] of spellings) {
  test(`a key ${name} is the same key`, () => {
    assert.equal(plainSpelling(write(PEM)), PEM);
    assert.equal(plainSpelling(write(HEADED)), HEADED);
  });
}

test("another key is another key", () => {
  const at = PEM.length >> 1;
  const other = `${PEM.slice(0, at)}${PEM[at] === "A" ? "B" : "A"}${PEM.slice(at + 1)}`;
  assert.notEqual(plainSpelling(other), plainSpelling(PEM));
});

test("blanks and escapes of what is no PEM block belong to it", () => {
  for (const secret of ["a b\nc", "C:\\new\\table", "correct horse"]) assert.equal(plainSpelling(secret), secret);
});
