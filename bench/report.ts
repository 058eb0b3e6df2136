import { spawnSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { boundary, historyOf, jsonFindingOf, jsonReportOf, placeOf } from "../test/report/make-json.ts";
import { median } from "./measure.ts";

const COUNT = 5000;
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** What the reader does, as a script in the page, and how many findings are then shown. */
const CHOICES: readonly [what: string, script: string, shown: number][] = [
  ["search for a word that one finding has", `set("input[type=search]", "path-4321/")`, 1],
  ["search for nothing again", `set("input[type=search]", "")`, COUNT],
  ["one owner", `set("[data-field=owner]", "3")`, COUNT / 10],
  ["all owners", `set("[data-field=owner]", "")`, COUNT],
  ["without a level", `tick("[value=critical]")`, COUNT / 2],
  ["with it again", `tick("[value=critical]")`, COUNT],
];

/** How long the page of 5,000 findings takes to be written, and what each change of its filters costs Chromium until the next frame. */
export async function reportFigures(folder: string): Promise<Record<string, number>> {
  const json = join(folder, "many.json");
  const page = join(folder, "many.html");
  writeFileSync(json, JSON.stringify(jsonReportOf(Array.from({ length: COUNT }, (_, at) => findingOf(at)))));
  const started = performance.now();
  const { status } = spawnSync("node", ["dist/leakreach.js", "report", json, "--output", page]);
  const written = performance.now() - started;
  if (status !== 0) throw new Error(`leakreach report ended with ${status}`);
  const times = await filterTimes(page);
  return {
    "page written, s": Math.round(written / 100) / 10,
    "page, MB": Math.round(statSync(page).size / 1e5) / 10,
    ...times,
  };
}

function findingOf(at: number) {
  return jsonFindingOf(at % 2 === 0 ? 9.5 : 5, {
    identity: `https://login.acme.example/ svc-${at % 50}`,
    owners: [`team-${at % 10}`],
    boundaries: [boundary(`b${at % 7}`)],
    facts: Array.from({ length: 10 }, (_, fact) => ({
      name: `claim ${fact}`,
      value: `value ${fact} of ${at}`,
      basis: "claimed" as const,
    })),
    exposures: Array.from({ length: 4 }, (_, place) =>
      placeOf(`services/path-${at}/file-${place}.ts`, { commit: "c0ffee1", object: "b10b" }),
    ),
    history: historyOf("2024-03-01", undefined, true),
  });
}

const SCRIPT = `(async () => {
  const set = (selector, value) => change(document.querySelector("form.filters " + selector), "value", value);
  const tick = (selector) => { const box = document.querySelector("form.filters " + selector); change(box, "checked", !box.checked); };
  const change = (input, property, value) => { input[property] = value; input.dispatchEvent(new Event("input", { bubbles: true })); };
  CHOICE;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
})()`;

/** What is out of sight follows while nobody waits. */
const COUNT_SHOWN = `(async () => {
  const count = () => document.querySelectorAll("div.group:not([hidden]) > details.finding:not([hidden])").length;
  for (let i = 0; i < 500 && count() !== EXPECTED; i++) await new Promise((done) => setTimeout(done, 10));
  return count();
})()`;

async function filterTimes(file: string): Promise<Record<string, number>> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const tools = await page.context().newCDPSession(page);
    // CPU time of the page's thread: a busy machine does not lengthen it.
    await tools.send("Performance.enable", { timeDomain: "threadTicks" });
    const busy = async () => {
      const { metrics } = await tools.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration")!.value * 1000;
    };
    await page.goto(pathToFileURL(file).href);
    await page.waitForTimeout(2000);
    await page.locator("#findings").scrollIntoViewIfNeeded();
    const times = CHOICES.map((): number[] => []);
    for (let round = 0; round < 9; round++)
      for (const [at, [what, script, expected]] of CHOICES.entries()) {
        const before = await busy();
        await page.evaluate(SCRIPT.replace("CHOICE", script));
        const time = (await busy()) - before;
        const shown = await page.evaluate(COUNT_SHOWN.replace("EXPECTED", String(expected)));
        if (shown !== expected) throw new Error(`${what}: ${shown} findings are shown instead of ${expected}`);
        times[at]!.push(time);
      }
    return Object.fromEntries(CHOICES.map(([what], at) => [`${what}, ms of CPU`, Math.round(median(times[at]!))]));
  } finally {
    await browser.close();
  }
}
