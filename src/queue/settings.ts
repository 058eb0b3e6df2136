import { createHash, scryptSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { builtData } from "../rules/data.ts";
import { prepare } from "../setup/prepare.ts";
import type { Looking } from "../sweep/look.ts";

/**
 * Hash of what decides which findings there are and what they are called: leakreach's version and rules, the settings with
 * their salt, policy and keys. Sweep and workers each have these as files of their own, so that no salt is in a queue; a hash
 * that is dear to compute (scrypt, RFC 7914) tells whether they are the same, and not what they are.
 */
export async function settingsHash({ settings, version }: Pick<Looking, "settings" | "version">): Promise<string> {
  const { config, policy, jwks } = settings;
  const { options } = await prepare({ ...settings, paths: ["-"] }, new AbortController().signal);
  const { disabled, custom, extraSamples } = options.scanner;
  const hash = createHash("sha256");
  for (const name of ["matchers.txt", "compiled.txt", "tables.bin", "rules.txt"] as const) hash.update(builtData(name));
  const files = [config, policy, jwks].map((file) => file && readFileSync(resolve(file), "utf8"));
  const keys = options.keySets.map((set) => set.keys);
  hash.update(JSON.stringify({ version, disabled, custom, extraSamples, files, keys }));
  return scryptSync(hash.digest(), "leakreach queue v1", 16, { N: 1 << 14, r: 8, p: 1 }).toString("hex");
}
