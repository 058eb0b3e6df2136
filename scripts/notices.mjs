import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The licence of every package whose code stands in dist/, from the bundler's own list of inputs. */
export function thirdPartyNotices(metafile) {
  const names = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const input of Object.keys(output.inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(input)?.[1];
      if (name) names.add(name);
    }
  }
  const parts = [...names].sort().map(notice);
  return `leakreach contains code of these packages.\n\n${parts.join(`\n${"-".repeat(79)}\n\n`)}`;
}

function notice(name) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder)
    .sort()
    .find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  const text =
    file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, "utf8") : `Licence: ${license}\n`;
  return `${name} ${version} (${license})\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
}
