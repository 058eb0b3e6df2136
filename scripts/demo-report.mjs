// Makes docs/report.png of repositories whose secrets are minted: node scripts/build.mjs --test && node scripts/demo-report.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { demoReports } from "../.build/test/report/html/demo.js";

const leakreach = resolve("dist/leakreach.js");
const folder = mkdtempSync(join(tmpdir(), "leakreach-demo-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
try {
  const reports = demoReports(folder, leakreach).map((file) => basename(file));
  execFileSync(process.execPath, [leakreach, "report", ...reports, "--output", "leaks.html"], { cwd: folder });
  const page = await browser.newPage({ viewport: { width: 1200, height: 1600 }, colorScheme: "light" });
  await page.goto(pathToFileURL(join(folder, "leaks.html")).href);
  // Two of the urgent ones leave room for the picture.
  await page.locator(".urgent li:nth-child(n + 3)").evaluateAll((all) => {
    for (const one of all) one.remove();
  });
  const { y, height } = await page.locator("figcaption").boundingBox();
  await page.screenshot({ path: "docs/report.png", clip: { x: 0, y: 0, width: 1200, height: y + height + 8 } });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
