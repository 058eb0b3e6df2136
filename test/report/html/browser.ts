import { existsSync } from "node:fs";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { htmlPieces } from "../../../src/report/html/document.ts";
import type { RepositoryReport } from "../../../src/report/repository-report.ts";
import { folder } from "../../config/folder.ts";
import { makeOptions } from "../make-report.ts";

/** Debian's, or the one that CHROMIUM names, which has to be there. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Says why tests in a browser are left out, if they are. */
export const noBrowser: string | false =
  process.env.CHROMIUM === undefined && !existsSync(executablePath)
    ? "there is no /usr/bin/chromium: install it, or set CHROMIUM to a Chromium's path"
    : false;

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let launched: Promise<Browser> | undefined;
after(async () => (await launched)?.close());

/** A page in the browser, and everything in it that should not have happened. */
export interface Opened {
  readonly page: Page;
  /** Console messages, errors, dialogs, and requests beyond the page's own. */
  readonly faults: string[];
}

/** Writes reports as a page and opens it as a user does: as a file. */
export async function open(
  reports: readonly RepositoryReport[],
  how: BrowserContextOptions = {},
  hash = "",
): Promise<Opened> {
  const root = folder({ "report.html": [...htmlPieces(reports, makeOptions())].join("") });
  const address = pathToFileURL(`${root}/report.html`).href + hash;
  launched ??= chromium.launch({ executablePath, args: ARGS });
  const context = await (await launched).newContext(how);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => faults.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address.split("#")[0] && !request.url().startsWith("blob:"))
      faults.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, faults };
}
