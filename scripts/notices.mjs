import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The licence of every package whose code stands in dist/, from the bundler's own list of inputs. */
export function thirdPartyNotices(metafile) {
  const folders = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const input of Object.keys(output.inputs)) {
      // One package may bring its own version of another: the folder tells which.
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
      if (folder) folders.add(folder);
    }
  }
  const nameOf = (folder) => folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
  const named = [...folders]
    .map((folder) => [`${nameOf(folder)} ${folder}`, folder])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [...new Set(named.map(([, folder]) => notice(nameOf(folder), folder)))];
  return `leakreach contains code of these packages.\n\n${parts.join(`\n${"-".repeat(79)}\n\n`)}`;
}

function notice(name, folder) {
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder)
    .sort()
    .find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  const text =
    file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, "utf8") : `Licence: ${license}\n`;
  return `${name} ${version} (${license})\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
}
