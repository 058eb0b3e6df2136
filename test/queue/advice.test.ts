import assert from "node:assert/strict";
import { test } from "node:test";
import { advised } from "../../src/queue/advice.ts";

const cases: [fault: string, isEncrypted: boolean, advice: string | undefined][] = [
  ["self-signed certificate in certificate chain", true, "NODE_EXTRA_CA_CERTS=FILE names"],
  ["unable to verify the first certificate", true, "NODE_EXTRA_CA_CERTS=FILE names"],
  ["Hostname/IP does not match certificate's altnames: Host: queue", true, "The server needs another"],
  ["The server does not support SSL connections", true, "Leave ?sslmode=require out"],
  ["it does not answer", true, "Does it speak TLS?"],
  ["it does not answer", false, undefined],
  ["write ECONNRESET", false, "Does it want TLS?"],
  ["write ECONNRESET", true, undefined],
  ['no pg_hba.conf entry for host "10.0.0.1", user "leakreach", no encryption', false, "It wants TLS"],
  ["NOAUTH HELLO must be called with the client already authenticated", true, "Its password belongs in"],
  ['password authentication failed for user "leakreach"', false, "Its password belongs in"],
  ["connect ECONNREFUSED 127.0.0.1:6379", false, undefined],
];

for (const [fault, isEncrypted, advice] of cases)
  test(`${fault} (${isEncrypted ? "with" : "without"} TLS): ${advice ?? "nothing is advised"}`, () => {
    const told = advised(fault, { isEncrypted });
    if (advice === undefined) assert.equal(told, fault);
    else assert.ok(told.startsWith(`${fault}. ${advice}`), told);
  });
