import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { leak } from "../scan/running.ts";
import { repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

/** Loaded before the command line: whoever opens a socket, asks for a name or starts a process other than git is reported. */
const guard = folder({
  "guard.mjs": `
    import { createRequire, syncBuiltinESMExports } from "node:module";
    import { writeSync } from "node:fs";
    const require = createRequire(import.meta.url);
    const refuse = (what) => () => { writeSync(2, "SOCKET " + what + "\\n"); throw new Error("no " + what + " here"); };
    const names = {
      net: ["connect", "createConnection", "createServer"], tls: ["connect", "createServer"],
      http: ["request", "get", "createServer"], https: ["request", "get", "createServer"], http2: ["connect"],
      dns: ["lookup", "resolve", "resolve4", "resolve6", "resolveAny"], dgram: ["createSocket"],
    };
    for (const [module, functions] of Object.entries(names))
      for (const name of functions) require(module)[name] = refuse(module + "." + name);
    for (const name of Object.keys(require("dns/promises"))) if (/^(?:lookup|resolve)/.test(name)) require("dns/promises")[name] = refuse("dns." + name);
    require("net").Socket.prototype.connect = refuse("net.Socket.connect");
    globalThis.fetch = refuse("fetch");
    globalThis.WebSocket = refuse("WebSocket");
    globalThis.EventSource = refuse("EventSource");
    const { spawn } = require("child_process");
    require("child_process").spawn = (file, ...rest) => file === "git" ? spawn(file, ...rest) : refuse("spawn " + file)();
    for (const name of ["exec", "execSync", "execFile", "execFileSync", "fork", "spawnSync"]) require("child_process")[name] = refuse(name);
    syncBuiltinESMExports();
  `,
});
const forbidden = ["--import", join(guard, "guard.mjs")];

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signature = mint("{{base64url 43}}", seededRandom(1));
const jwt = (header: object, claims: object) =>
  `${encode({ alg: "RS256", typ: "JWT", ...header })}.${encode(claims)}.${signature}`;
const claims = {
  iss: "https://login.attacker.example/",
  sub: "x",
  aud: "https://api.attacker.example",
  exp: 2_000_000_000,
};

const tokens = {
  "iss.txt": jwt({}, claims),
  "jku.txt": jwt({ jku: "https://attacker.example/jwks.json", kid: "1" }, claims),
  "x5u.txt": jwt({ x5u: "https://attacker.example/cert.pem" }, claims),
  "kid.txt": jwt({ kid: "http://169.254.169.254/latest/meta-data" }, claims),
  "jwk.txt": jwt({ jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } }, claims),
  "url.txt": mint("https://user:{{alnum 14}}@db.attacker.example/x\n", seededRandom(3)),
  "pat.env": leak(1),
};
const key = {
  keys: [{ kty: "RSA", kid: "1", n: mint("{{base64url 342}}", seededRandom(2)), e: "AQAB", alg: "RS256" }],
};

test("the guard does catch who opens a socket", async () => {
  const bad = folder({ "bad.mjs": "import net from 'node:net'; try { net.connect(1); } catch {}" });
  const ran = await leakreach(["rules"], { node: [...forbidden, "--import", join(bad, "bad.mjs")] });
  assert.match(ran.stderr, /SOCKET net\.connect/);
});

const runs: readonly [name: string, args: (root: string) => readonly string[], input: string][] = [
  ["a scan", (root) => ["scan", root, "--format", "json"], ""],
  [
    "a scan with keys and a policy",
    (root) => ["scan", root, "--format", "sarif", "--jwks", join(root, "keys.json")],
    "",
  ],
  ["a scan of standard input", () => ["scan", "-"], Object.values(tokens).join("\n")],
  ["logs that are files", (root) => ["logs", root, "--format", "json"], ""],
  ["a baseline", (root) => ["baseline", root, "--output", join(root, "known.json")], ""],
  ["decoding a token with jku", () => ["decode"], tokens["jku.txt"]],
  ["decoding a token with x5u", () => ["decode", "--format", "json"], tokens["x5u.txt"]],
];

for (const [name, args, input] of runs) {
  test(`${name} opens no socket and asks for no name, though the tokens say where to look`, async () => {
    const root = repository({
      ...tokens,
      "keys.json": JSON.stringify(key),
      ".leakreach.yml": 'issuers: [{match: "https://login.attacker.example/", kind: keycloak}]\n',
    });
    const ran = await leakreach(args(root), { input, node: forbidden });
    assert.doesNotMatch(ran.stderr, /SOCKET|bug of ours/);
    assert.ok(ran.code === 0 || ran.code === 1, ran.stderr);
    assert.ok(ran.stdout.length > 20);
  });
}

test("a scan with threads opens no socket either", async () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`d/${i}.env`, leak(i)]));
  const ran = await leakreach(["scan", folder({ ...tokens, ...many }), "--format", "json", "--jobs", "2"], {
    node: forbidden,
  });
  assert.doesNotMatch(ran.stderr, /SOCKET|bug of ours/);
  assert.ok(JSON.parse(ran.stdout).findings.length > 200);
});

test("logs of a provider are what opens one: nothing else would show that the guard sees it", async () => {
  const env = { GITHUB_API_URL: "http://127.0.0.1:9", GITHUB_TOKEN: "none" };
  const ran = await leakreach(["logs", "github", "acme/app", "--format", "json"], { node: forbidden, env });
  assert.match(ran.stderr, /SOCKET fetch/);
});
