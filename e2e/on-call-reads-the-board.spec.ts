import { expect, type Page } from "@playwright/test";
import type { IncidentJson } from "#domain/api/alerts.ts";
import type { CompactBoardJson } from "#domain/api/board.ts";
import { openLive } from "./open-live.ts";
import { test } from "./reading-test.ts";
import { expectAnswersOf, readIncidentCard } from "./seven-questions.ts";

test("the board answers on-call's questions as the incident's situation does", { tag: "@phone" }, async ({ page }) => {
  await openLive(page, "/");
  const card = page.getByRole("list", { name: "Open incidents" }).getByRole("listitem").first();
  await expect(card).toBeVisible();
  // Others acknowledge it meanwhile, and it is looked at every few seconds: compared with what is current.
  await expect(async () => {
    const incident = await mostUrgent(page);
    expectAnswersOf(incident, await readIncidentCard(card));
    const { acknowledgedBy } = incident;
    const whose = acknowledgedBy === null ? "Not acknowledged" : `Acknowledged by ${acknowledgedBy}`;
    await expect(card).toContainText(whose, { timeout: 1_000 });
  }).toPass();

  await test.step("a datacenter with an open incident is not on time, and nothing widens the page", async () => {
    const { incidents } = await boardNow(page);
    for (const name of new Set(incidents.flatMap(({ datacenters }) => datacenters))) {
      const place = page.getByRole("list", { name: "Datacenters" }).locator(`a[href="/datacenters/${name}"]`);
      await expect(place).not.toContainText("on time");
    }
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
      .toBe(0);
  });

  await test.step("the incident is one step away", async () => {
    const { title } = (await mostUrgent(page)).situation;
    await card.getByRole("link", { name: title }).click();
    await expect(page).toHaveURL(/\/alerts\/incidents\/\d+$/);
  });
});

test("columns sort by keys, and a third press brings the worst first again", async ({ page }) => {
  await openLive(page, "/");
  const head = page.getByRole("columnheader", { name: "Event type" });
  const names = page.getByRole("table", { name: /^Event types/ }).locator("[data-row-link]");
  // Other tests give and take types' trouble meanwhile, so which ones are listed may change.
  const untilSorted = async (direction: 1 | -1) => {
    const sorted = async () => {
      const shown = await names.allTextContents();
      const byName = shown.toSorted((one, other) => (one.toLowerCase() < other.toLowerCase() ? -direction : direction));
      return { shown, isSorted: shown.length > 5 && shown.join() === byName.join() };
    };
    await expect.poll(sorted).toMatchObject({ isSorted: true });
  };
  await head.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/sort=name/);
  await untilSorted(1);
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await untilSorted(-1);
  await page.keyboard.press("Enter");
  await expect(head).not.toHaveAttribute("aria-sort");
  await expect(names.first()).toHaveText("EndSong");
});

test("what is narrow keeps names whole and scrolls nothing sideways", async ({ page }) => {
  for (const width of [1024, 900, 600, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await openLive(page, "/");
    const table = page.getByRole("table", { name: "Event types, worst first" });
    await expect(table).toBeVisible();
    const { over, cut } = await page.evaluate(() => ({
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      cut: [...document.querySelectorAll("[data-row-link]")].filter((each) => each.scrollWidth > each.clientWidth)
        .length,
    }));
    expect([width, over, cut]).toEqual([width, 0, 0]);
    if (width === 1024) await expect(page.getByRole("columnheader", { name: "Owner" })).toBeHidden();
  }
});

async function boardNow(page: Page): Promise<CompactBoardJson> {
  return (await page.request.get("/api/v1/board/compact")).json();
}

async function mostUrgent(page: Page): Promise<IncidentJson> {
  const [first] = (await boardNow(page)).incidents;
  return (await page.request.get(`/api/v1/incidents/${first?.id}`)).json();
}
