// Checks what `npm pack` would publish: no install script, no dependency, and only what the package needs.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const faults = [];
for (const field of ["dependencies", "optionalDependencies", "bundleDependencies"]) {
  if (manifest[field] && Object.keys(manifest[field]).length) faults.push(`package.json has ${field}`);
}
// Packages that only a queue needs are loaded when there is one: none may have slipped into the bundle.
const notices = readFileSync("dist/THIRD-PARTY-NOTICES.txt", "utf8");
for (const name of Object.keys(manifest.peerDependencies ?? {})) {
  if (!manifest.peerDependenciesMeta?.[name]?.optional) faults.push(`the peer ${name} is not optional`);
  if (notices.includes(`\n${name} `)) faults.push(`dist/ holds ${name}`);
}
for (const script of ["preinstall", "install", "postinstall", "prepare", "prepublish", "prepack", "postpack"]) {
  if (manifest.scripts?.[script]) faults.push(`package.json has the script ${script}`);
}
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const [packed] = JSON.parse(
  execFileSync(npm, ["pack", "--dry-run", "--json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
);
for (const { path } of packed.files) {
  if (!/^(?:dist\/|package\.json$|README\.md$|LICENSE$)/.test(path)) faults.push(`the package would hold ${path}`);
  if (/\.(?:node|wasm|exe|so|dylib)$/.test(path)) faults.push(`a binary in the package: ${path}`);
}
for (const fault of faults) console.error(fault);
console.log(
  `${packed.files.length} files, ${(packed.size / 1e6).toFixed(2)} MB packed, ${(packed.unpackedSize / 1e6).toFixed(2)} MB unpacked`,
);
process.exitCode = faults.length ? 1 : 0;
