import { expect, type Page, test } from "@playwright/test";
import type { IncidentJson, IncidentSummaryJson } from "#domain/api/alerts.ts";
import { choose } from "./choose.ts";
import { dragAcross } from "./drag-across.ts";
import { expectNoColourViolations, expectNoViolations } from "./expect-no-violations.ts";
import { openLive } from "./open-live.ts";
import { expectAnswersOf, readIncidentPage } from "./seven-questions.ts";

/** The record of the silent datacenter's incident, as the API has it. */
async function recordOfSjc(page: Page): Promise<IncidentSummaryJson> {
  const answer = await page.request.get("/api/v1/incidents?q=sjc&state=open,acknowledged");
  const { items } = (await answer.json()) as { items: IncidentSummaryJson[] };
  const found = items.find(({ situation }) => situation.cause.datacenter === "sjc");
  if (!found) throw new Error("The silent datacenter has no open incident.");
  return found;
}

async function openSjc(page: Page): Promise<IncidentSummaryJson> {
  // The page gives the visitor's cookie, without which the API answers nothing.
  await page.goto("/alerts");
  await expect.poll(async () => (await recordOfSjc(page).catch(() => null))?.id, "sjc has an incident").toBeTruthy();
  const record = await recordOfSjc(page);
  await openLive(page, `/alerts/incidents/${record.id}`);
  return record;
}

test("the on-call's seven questions are answered, each as the record has it", { tag: "@phone" }, async ({ page }) => {
  const { id } = await openSjc(page);
  // Lanes are sampled and others act meanwhile: compared with what is current.
  await expect(async () => {
    const record = (await (await page.request.get(`/api/v1/incidents/${id}`)).json()) as IncidentJson;
    expectAnswersOf(record, await readIncidentPage(page));
  }).toPass();
});

test("the page is accessible in light and dark", { tag: "@phone" }, async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await openSjc(page);
  await expect(page.getByRole("region", { name: "Over time" })).toBeVisible();
  await page.getByRole("list", { name: "Alerts by rule" }).locator("summary").first().click();
  await expectNoViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNoColourViolations(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, "nothing scrolls sideways").toBeLessThanOrEqual(0);
});

test("the chart's range is in the URL, and the timeline follows it", async ({ page }) => {
  const { situation } = await openSjc(page);
  const chart = page.getByRole("region", { name: "Over time" });
  await expect(chart.getByText("As a table")).toBeVisible();
  await chart.getByText("As a table").click();
  await expect(chart.getByRole("table", { name: "Figures over time" }).getByRole("row").nth(1)).toBeVisible();
  await chart.getByRole("button", { name: "Around the onset" }).click();
  const from = new Date(Date.parse(situation.onset.at) - 1_800_000).toISOString().slice(0, 16);
  await expect.poll(() => new URL(page.url()).searchParams.get("from")).toContain(from);
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline).toContainText("more outside the chart’s range");
  // A link shows what its sender saw.
  await page.reload();
  await expect(timeline).toContainText("more outside the chart’s range");
  await timeline.getByRole("button", { name: "Show all" }).click();
  await expect(timeline).not.toContainText("more outside the chart’s range");
});

test("a finger or a mouse drawn across the chart zooms in, and the link keeps it", { tag: "@phone" }, async ({
  page,
  hasTouch,
}) => {
  await openSjc(page);
  const chart = page.getByRole("region", { name: "Over time" });
  await dragAcross(page, chart.locator(".recharts-wrapper").first(), { from: 0.4, to: 0.7, hasTouch });
  await expect(page).toHaveURL(/from=[^&]+&to=/);
  const { searchParams } = new URL(page.url());
  await page.reload();
  await expect(chart.getByRole("button", { name: "All of it" })).toBeEnabled();
  expect(new URL(page.url()).searchParams.get("from")).toBe(searchParams.get("from"));
  await chart.getByRole("button", { name: "All of it" }).click();
  await expect(page).not.toHaveURL(/from=/);
});

for (const path of ["/datacenters/sjc", "/event-types/EndSong"])
  test(`the lags of ${path} are zoomed by drawing across them, and the link keeps it`, { tag: "@phone" }, async ({
    page,
    hasTouch,
  }) => {
    await openLive(page, path);
    const lag = page.getByRole("region", { name: "Lag" });
    await dragAcross(page, lag.locator(".recharts-wrapper"), { from: 0.5, to: 0.99, hasTouch });
    await expect(page).toHaveURL(/lagFrom=[^&]+&lagTo=/);
    await page.reload();
    await expect(lag.getByRole("button", { pressed: true })).toHaveCount(0);
    await lag.getByText("As a table").click();
    await expect(lag.getByRole("table", { name: "Figures over time" })).toContainText("min");
    await expectNoViolations(page);
    await lag.getByRole("button", { name: "24 h" }).click();
    await expect(page).not.toHaveURL(/lagFrom/);
    await expect(page).toHaveURL(/lag=24/);
  });

test("an incident is found by words, and written up as a post-mortem", async ({ page }) => {
  const record = await openSjc(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export post-mortem" }).click();
  expect((await download).suggestedFilename()).toBe(`incident-${record.id}-post-mortem.md`);
  await openLive(page, "/alerts");
  const search = page.getByRole("region", { name: "Search incidents" });
  await search.getByRole("searchbox", { name: "Words" }).fill("SJC");
  await search.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/q=SJC/);
  await expect(search.getByRole("list", { name: "Incidents found" })).toContainText(record.title);
  await search.getByRole("searchbox", { name: "Words" }).fill("no-incident-has-this");
  await page.keyboard.press("Enter");
  await expect(search).toContainText("No incident matches.");
  await search.getByRole("button", { name: "More filters" }).click();
  await choose(page, "Severity", "info");
  await search.getByRole("searchbox", { name: "Words" }).fill("SJC");
  await search.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/q=SJC.*severity=info/);
  await expect(search.getByRole("combobox", { name: "Severity" })).toHaveValue("info");
  await expectNoViolations(page);
});

for (const isGranted of [true, false])
  test(`the tab's title counts open incidents with notices ${isGranted ? "allowed" : "blocked"}`, async ({
    page,
    context,
  }) => {
    if (isGranted) await context.grantPermissions(["notifications"]);
    await openLive(page, "/status");
    await page.getByRole("button", { name: "Desktop notices of incidents" }).click();
    const said = isGranted ? "Incident notices are on" : "The browser blocks desktop notices";
    await expect(page.getByText(said).first()).toBeVisible();
    await expect(page).toHaveTitle(/^\(\d+\) Status/);
    await page.getByRole("link", { name: "Deployments" }).first().click();
    await expect(page).toHaveTitle(/^\(\d+\) Deployments/);
    await page.getByRole("button", { name: "Desktop notices of incidents" }).click();
    await expect(page).toHaveTitle(/^Deployments/);
  });
