import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { loadBaseline } from "../../../src/config/baseline.ts";
import type { RepositoryReport } from "../../../src/report/repository-report.ts";
import { boundary, historyOf, jsonFindingOf, placeOf, repositoryOf } from "../make-json.ts";
import { noBrowser, open } from "./browser.ts";

const skip = { skip: noBrowser };

const worst = jsonFindingOf(9.5, {
  rule: "github-pat" as never,
  exposures: [placeOf("deploy/release.sh", { commit: "c0ffee1", object: "b10b" })],
  history: historyOf("2024-03-01", undefined, true),
});
const spanning = jsonFindingOf(7, {
  identity: "https://login.acme.example/ svc-cart",
  boundaries: [
    boundary("shop", { owner: "team-shop", sensitivity: "internal" }),
    boundary("pay", { owner: "team-pay", sensitivity: "regulated" }),
  ],
  owners: ["team-shop", "team-pay"],
  facts: [{ name: "scope", value: "ledger:post", basis: "claimed" }],
});
const printed = jsonFindingOf(5, { exposures: [placeOf("run.log", { log: { system: "github", job: "build" } })] });
const allowed = jsonFindingOf(8, { suppression: { by: "leakreach comment", reason: "a sample" } });

function reports(): readonly RepositoryReport[] {
  const { report, ...rest } = repositoryOf("acme/logs", [printed, allowed]);
  const incomplete = {
    ...rest,
    report: { ...report, gaps: [{ what: "x.zip", why: "it is broken" }], stats: { ...report.stats, complete: false } },
  };
  return [repositoryOf("acme/shop", [worst, spanning]), incomplete];
}

const shown = (page: Page): Promise<string[]> =>
  page
    .locator(".group:not([hidden]) > details.finding:not([hidden]) .body")
    .evaluateAll((bodies) => bodies.map(({ id }) => id));
const ids = (...findings: readonly { readonly fingerprint: string }[]): string[] =>
  findings.map(({ fingerprint }) => fingerprint);

test("the picture is drawn: identities, tokens and audiences, with ribbons between them", skip, async () => {
  const { page, faults } = await open(reports());
  const box = await page.locator("figure svg").boundingBox();
  assert.ok(box && box.width > 600 && box.height > 60);
  assert.equal(
    await page.locator(".ribbons path").count(),
    3 + 4,
    "a ribbon from each identity, and one to each audience",
  );
  const texts = await page.locator(".boxes text").allTextContents();
  for (const text of ["svc-cart at login.acme.example", "shop.example", "pay.example"])
    assert.ok(texts.includes(text), text);
  assert.ok(
    (await page.locator(".brackets text").allTextContents()).some((text) => /^pay team-pay, regulated$/.test(text)),
  );
  assert.deepEqual(faults, []);
});

const fitsWidth = (page: Page): Promise<unknown> => page.evaluate("document.documentElement.scrollWidth <= innerWidth");
const focused = (page: Page, selector: string): Promise<unknown> =>
  page.evaluate(`document.activeElement.matches("${selector}")`);

const choices: readonly [
  name: string,
  act: (page: Page) => Promise<unknown>,
  fits: readonly { readonly fingerprint: string }[],
][] = [
  ["nothing chosen: what is open", async () => {}, [worst, spanning, printed]],
  ["a level taken away", (page) => page.getByLabel("critical").uncheck(), [spanning, printed]],
  ["a repository", (page) => page.getByLabel("Repository").selectOption({ label: "acme/logs" }), [printed]],
  ["a provider", (page) => page.getByLabel("Provider").selectOption({ label: "GitHub" }), [worst]],
  ["an owner", (page) => page.getByLabel("Owner").selectOption({ label: "team-pay" }), [spanning]],
  ["a boundary", (page) => page.getByLabel("Boundary").selectOption({ label: "shop" }), [spanning]],
  ["a word of a claim, in any case", (page) => page.getByLabel("Search").fill("LEDGER:post"), [spanning]],
  ["two words of a path", (page) => page.getByLabel("Search").fill("release deploy/"), [worst]],
  [
    "allowed ones, too",
    (page) => page.getByLabel("allowed and known, too").check(),
    [worst, spanning, printed, allowed],
  ],
  ["what nothing fits", (page) => page.getByLabel("Search").fill("nowhere"), []],
];
for (const [name, act, fits] of choices)
  test(`the filters show ${name}`, skip, async () => {
    const { page, faults } = await open(reports());
    await act(page);
    assert.deepEqual(await shown(page), ids(...fits));
    assert.equal(await page.locator("#nothing").isVisible(), fits.length === 0);
    if (fits.length < 4)
      assert.match((await page.locator("#shown").textContent())!, new RegExp(`^${fits.length} shown\\. 4 findings`));
    await page.getByRole("button", { name: "Reset" }).click();
    // What a form is reset to shows a moment later; the page's policy forbids playwright to wait for a script there.
    for (let tries = 0; tries < 200 && (await shown(page)).length !== 3; tries++) await page.waitForTimeout(20);
    assert.deepEqual(await shown(page), ids(worst, spanning, printed));
    assert.deepEqual(faults, []);
  });

test("a finding's address opens it, also one that filters hide", skip, async () => {
  const { page } = await open(reports(), {}, `#${allowed.fingerprint}`);
  const finding = page.locator("details.finding", { has: page.locator(`[id="${allowed.fingerprint}"]`) });
  assert.ok(await finding.isVisible());
  assert.equal(await finding.getAttribute("open"), "");
  await page.locator(`figure a[href="#${spanning.fingerprint}"]`).click();
  assert.ok(await page.locator(`[id="${spanning.fingerprint}"]`).isVisible());
});

test("the keyboard reaches and opens a finding, its filters and its triage", skip, async () => {
  const { page, faults } = await open(reports());
  await page.getByLabel("Search").focus();
  await page.keyboard.type("release");
  await page.keyboard.press("Enter");
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press("Tab");
    if (await focused(page, ".finding > summary")) break;
  }
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(`[id="${worst.fingerprint}"]`).isVisible());
  await page.locator(".finding .triage").waitFor();
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press("Tab");
    if (await focused(page, ".triage *")) break;
  }
  await page.keyboard.press("r");
  assert.equal(await page.locator(".triage select").inputValue(), "revoked");
  assert.deepEqual(faults, []);
});

test("triage is downloaded as a baseline that scans take", skip, async () => {
  const { page, faults } = await open(reports(), { acceptDownloads: true }, `#${spanning.fingerprint}`);
  const form = page.locator(`[id="${spanning.fingerprint}"] .triage`);
  await form.getByLabel("Mark as").selectOption("false-positive");
  await form.getByLabel("Reason").fill('made up "for" docs');
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download baseline (1)" }).click(),
  ]);
  const path = (await download.path())!;
  assert.equal(download.suggestedFilename(), "leakreach-baseline.json");
  assert.deepEqual([...loadBaseline(path).fingerprints], [spanning.fingerprint]);
  const [entry] = JSON.parse(readFileSync(path, "utf8")).fingerprints;
  assert.deepEqual(entry, {
    fingerprint: spanning.fingerprint,
    rule: "jwt",
    paths: ["src/config.ts"],
    triage: "false-positive",
    reason: 'made up "for" docs',
  });
  assert.deepEqual(faults, []);
});

const hostile = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  "</style><style>*{display:none}</style>",
  "\u202Egnp.exe\u2066",
  "javascript:alert(1)",
  '" onmouseover="alert(1)',
  "red; } body { background: url(https://evil.example/) } x {",
  "&lt;b&gt;",
  "]]><!--",
  "n".repeat(10_000),
];
test("hostile claims and names stay text, and nothing is run or fetched", skip, async () => {
  const findings = hostile.map((text) =>
    jsonFindingOf(9, {
      rule: text as never,
      identity: `https://x/ ${text}`,
      facts: [{ name: text, value: text, basis: "claimed" }],
      reasons: [text],
      remedies: [{ action: text, where: text, command: text, owner: text }],
      owners: [text],
      boundaries: [boundary(text, { audiences: [text], owner: text })],
      exposures: [
        placeOf(text, {
          inner: [text],
          assignedTo: text,
          commit: text,
          object: "b",
          log: { system: "github", job: text, step: text },
        }),
      ],
      suppression: { by: text, reason: text },
    }),
  );
  const open_ = findings.map(({ suppression: _, ...finding }) => ({
    ...finding,
    fingerprint: finding.fingerprint.replace(/.{4}$/, "0000"),
  }));
  const { page, faults } = await open(
    hostile.map((text, at) => repositoryOf(text, [findings[at]!, open_[at]!], { id: String(at), url: text })),
  );
  await page.getByLabel("allowed and known, too").check();
  await page.evaluate(`for (const one of document.querySelectorAll("details.finding")) one.open = true`);
  await page.waitForTimeout(50);
  assert.deepEqual(faults, []);
  assert.equal(await page.locator("img, iframe, object, embed, link, base, [onerror], [onmouseover]").count(), 0);
  assert.equal(await page.locator("script").count(), 1);
  assert.equal(await page.locator("style").count(), 1);
  const text = (await page.locator("main").textContent())!;
  for (const shown of ["<img src=x onerror=alert(1)>", "&lt;b&gt;", "\\u202egnp.exe\\u2066"])
    assert.ok(text.includes(shown), shown);
  assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069]/, "nothing turns what stands around it");
  assert.ok(await fitsWidth(page), "a long name breaks");
});

const looks = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["on a phone", { viewport: { width: 390, height: 844 }, isMobile: true }],
] as const;
for (const [name, how] of looks)
  test(`axe finds no serious fault, ${name}`, skip, async () => {
    const { page } = await open(reports(), how, `#${spanning.fingerprint}`);
    await page.locator("details.table summary").click();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    assert.deepEqual(
      grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      [],
    );
    assert.ok(await fitsWidth(page), "nothing stands out to the side");
  });

test(
  "without JavaScript all is there: findings open by a click and by their address, filters are not shown",
  skip,
  async () => {
    const { page, faults } = await open(reports(), { javaScriptEnabled: false }, `#${spanning.fingerprint}`);
    assert.ok(await page.locator("figure svg").isVisible());
    assert.equal(await page.locator("details.finding").count(), 4);
    assert.ok(!(await page.locator("form.filters").isVisible()));
    assert.ok(await page.getByText("ledger:post").first().isVisible(), "opened by its address");
    await page.locator("details.finding summary").first().click();
    assert.ok(await page.getByText("since 2024-03-01").first().isVisible());
    assert.deepEqual(faults, []);
  },
);

test("on paper every finding is open, and nothing stands there that only a screen can use", skip, async () => {
  const { page } = await open(reports());
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByText("ledger:post").first().isVisible());
  assert.ok(!(await page.locator("form.filters").isVisible()));
  assert.ok((await page.pdf()).length > 10_000);
});
