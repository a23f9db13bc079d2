import { expect, type Page, test } from "@playwright/test";
import type { SloAttainmentJson } from "#domain/api/slo.ts";
import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import { choose } from "./choose.ts";
import { openLive } from "./open-live.ts";
import { tabTo } from "./tab-to.ts";

const token = process.env.E2E_TOKEN ?? "";
const flights = ["LongHaul", "MediumHaul", "ShortHaul"];

test.beforeEach(async ({ request }) => {
  // What came in just before is added up within seconds.
  const pending = async () => {
    const answer = await request.get("/api/v1/slo/attainment", { headers: { authorization: `Bearer ${token}` } });
    return ((await answer.json()) as SloAttainmentJson).pendingDays;
  };
  await expect.poll(pending).toBe(0);
});

test("did we keep our promises: the page says what the verdicts say", { tag: "@phone" }, async ({ page, request }) => {
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Service levels" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Service levels, November 2026" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(/November 2026: [\d.]+ % of the hours on time, no objective/);
  await expect(page.getByRole("main")).toContainText("Not frozen yet");

  await choose(page, "Owner", "flights");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/[?&]owner=flights/);

  const verdicts = (await Promise.all(flights.map((name) => readHours(page, name)))).flat();
  const due = verdicts.filter((hour) => Date.parse(hour.deadlineAt) < Date.parse(hour.asOf));
  const late = due.filter((hour) => hour.deadlineMet === false);
  expect(late.length).toBeGreaterThan(0);
  const onTime = page.getByRole("region", { name: "On time", exact: true });
  await expect(onTime).toContainText(`${late.length} of ${due.length} hours late.`);

  const days = page.getByRole("region", { name: "Day by day" });
  for (const day of ["2026-11-19", "2026-11-20"]) {
    const lateThen = late.filter(({ hour }) => hour.startsWith(day)).length;
    await expect(days.getByRole("cell", { name: `${Number(day.slice(8))} Nov` })).toContainText(
      lateThen === 0 ? "on time" : `${lateThen} late`,
    );
  }

  const href = await page.getByRole("link", { name: "CSV", exact: true }).getAttribute("href");
  const csv = await request.get(href ?? "", { headers: { authorization: `Bearer ${token}` } });
  const marked = await page.getByRole("link", { name: "CSV for spreadsheets" }).getAttribute("href");
  const withMark = await request.get(marked ?? "", { headers: { authorization: `Bearer ${token}` } });
  expect([...(await withMark.body()).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [header = "", ...lines] = (await csv.text()).trim().split("\r\n");
  const column = header.split(",").indexOf("timeliness_hours_bad");
  const perType = lines.filter((line) => line.includes(",eventType,")).map((line) => Number(line.split(",")[column]));
  expect(perType.reduce((sum, bad) => sum + bad, 0)).toBe(late.length);
});

test("from the month to its worst type and what held it up, all in the address", async ({ page }) => {
  await page.goto("/service-levels?month=2026-11&owner=flights");
  const worst = page.getByRole("region", { name: /^Five worst/ });
  await expect(worst).toContainText(/held up \d+ hours?/);
  const name = (await worst.getByRole("link").first().textContent()) ?? "";
  await worst.getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`month=2026-11&owner=flights&eventType=${name}$`));
  await expect(page.getByRole("main")).toContainText(`${name}’s hours on time`);
  await page.getByRole("link", { name: "Last 28 days" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Service levels, the last 28 days" })).toBeVisible();
  await page.goto("/service-levels?month=soon");
  await expect(page.getByRole("main")).toContainText("is not a valid month");
});

test("by keys alone: from the board to the month, its worst type and back", { tag: "@phone" }, async ({ page }) => {
  await openLive(page, "/");
  await tabTo(page, page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Service levels" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Service levels, November 2026" })).toBeVisible();
  await tabTo(page, page.getByRole("combobox", { name: "Owner" }));
  await page.keyboard.type("payments");
  await tabTo(page, page.getByRole("button", { name: "Show" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]owner=payments/);
  const worst = page.getByRole("region", { name: /^Five worst/ });
  await expect(worst).toContainText("sjc held up");
  await tabTo(page, worst.getByRole("link", { name: "EndSong" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toContainText("EndSong’s hours on time");
  await tabTo(page, page.getByRole("link", { name: "Only EndSong: show all types" }));
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/eventType/);
});

test("the page's former URL, /slo, leads to the same month and scope", async ({ page, request }) => {
  const moved = await request.get("/slo?month=2026-11&owner=flights", { maxRedirects: 0 });
  expect(moved.status()).toBe(308);
  await page.goto("/slo?month=2026-11&owner=flights");
  await expect(page).toHaveURL(/\/service-levels\?month=2026-11&owner=flights$/);
  await expect(page.getByRole("heading", { level: 1, name: "Service levels, November 2026" })).toBeVisible();
});

test("on paper it is a report: a title, no frame, numbered pages", async ({ page }) => {
  await page.goto("/service-levels?month=2026-11");
  await expect(page.getByRole("heading", { name: "Definitions" })).toBeVisible();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tidemark report: Service levels, November 2026");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Export" })).toBeHidden();
  await expect(page.getByRole("region", { name: "Now" })).toBeHidden();
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(paper).toBe("rgb(255, 255, 255)");
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
  // A4 in points.
  expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
});

async function readHours(page: Page, name: string): Promise<VerdictSummaryJson[]> {
  const path = `/api/v1/event-types/${name}/hours?from=2026-11-01T00&limit=500`;
  const answer = await page.request.get(path, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { items: VerdictSummaryJson[] }).items;
}
