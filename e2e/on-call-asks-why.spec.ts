import { expect, type Page, test } from "@playwright/test";
import { openLive } from "./open-live.ts";

const silentCause = /sjc (has sent nothing, of any type, since|stopped sending messages of any type at) 11:52 UTC\./;
const lateHour = "/event-types/EndSong/hours/2026-11-20T11";

test("why an hour is late, what runs where it hangs, and what was deployed there", { tag: "@phone" }, async ({
  page,
}) => {
  await page.goto(lateHour);
  await readsTheCause(page);
  await test.step("the course of the hour is drawn and said", async () => {
    const progress = page.getByRole("region", { name: "Closing" });
    await expect(progress.getByRole("listitem").filter({ hasText: "sjc" })).toContainText(/not closed for \d/);
    await expect(progress.getByRole("listitem").filter({ hasText: "lon" })).toContainText("closed after 13 min");
    await expect(page.getByRole("region", { name: "Skew" })).toContainText("own partition");
    await expect(page.getByRole("region", { name: "Deployments" })).toContainText("exporter 4.2.1 at sjc");
  });

  await causes(page).getByRole("link", { name: "sjc" }).first().click();
  await readsTheDatacenter(page);
  await page.getByRole("link", { name: "All deployments and their effects" }).click();
  await readsTheDeployments(page);
});

test("on-call asks why with the keyboard alone", async ({ page }) => {
  await openLive(page, lateHour);
  await readsTheCause(page);
  await tabTo(page, "sjc", { within: "main" });
  await page.keyboard.press("Enter");
  await readsTheDatacenter(page);
  await tabTo(page, "All deployments and their effects", { within: "main" });
  await page.keyboard.press("Enter");
  await readsTheDeployments(page);
});

test("who was right all along has nothing to explain, and who lost events is named", async ({ page }) => {
  await page.goto("/event-types/PlayStart/hours/2026-11-20T11");
  await expect(page.getByRole("heading", { level: 1, name: "PlayStart 2026-11-20T11" })).toBeVisible();
  await expect(causes(page)).toHaveCount(0);

  await page.goto("/event-types/AdImpression/hours/2026-11-20T10");
  await expect(causes(page)).toContainText("Events of ash were lost between the queue and the partition.");
  await page.goto("/event-types/SearchQuery/hours/2026-11-20T10");
  await expect(causes(page)).toContainText("Events of lon were duplicated between the queue and the partition.");
});

test("every datacenter in one list, the silent one marked", { tag: "@phone" }, async ({ page }) => {
  await page.goto("/datacenters");
  const rows = page.getByRole("table", { name: "Datacenters" }).getByRole("row");
  await expect(rows.filter({ has: page.getByRole("rowheader", { name: "sjc" }) })).toContainText(
    "silent since 11:52 UTC",
  );
  await expect(rows.filter({ has: page.getByRole("rowheader", { name: "lon" }) })).toContainText("exporter 4.2.0");
});

function causes(page: Page) {
  return page.getByRole("region", { name: "Why" });
}

async function readsTheCause(page: Page): Promise<void> {
  await test.step("the likeliest cause comes first, with its evidence", async () => {
    const first = causes(page).getByRole("listitem").first();
    // In the product's first minutes the hour speaks for itself; then it is its incident's, whose lanes have been sampled.
    await expect(first).toContainText(silentCause);
    await expect(first).toContainText("strong evidence");
    await expect(first).toContainText(/ingest works|sjc sent no message of any type for \d+ min from 11:52 UTC\./);
  });
}

async function readsTheDatacenter(page: Page): Promise<void> {
  await test.step("what runs at sjc, and which types hang there", async () => {
    await expect(page).toHaveURL(/\/datacenters\/sjc$/);
    await expect(page.getByRole("heading", { level: 1, name: "sjc" })).toBeVisible();
    const main = page.getByRole("main");
    await expect(main).toContainText(
      /sjc has sent nothing for \d+ min; its state is unknown\. It holds up its one type past the deadline/,
    );
    await expect(page.getByRole("region", { name: "Components" })).toContainText("4.2.0");
    await expect(page.getByRole("region", { name: "Types" })).toContainText("EndSong");
    await expect(page.getByRole("region", { name: "Share of late and lost" })).toContainText("closed last");
  });
}

async function readsTheDeployments(page: Page): Promise<void> {
  await test.step("what was deployed, and that nothing is claimed of it", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Deployments at sjc" })).toBeVisible();
    const row = page.getByRole("row").filter({ hasText: "exporter 4.2.1" });
    await expect(row).toContainText("by release-train");
    await expect(row).toContainText("too few hours to compare");
  });
}

/** Tab until the link has the focus: by no other way than a person without a mouse has. */
async function tabTo(page: Page, name: string, { within }: { within: string }): Promise<void> {
  const link = page.locator(within).getByRole("link", { name, exact: true }).first();
  for (let presses = 0; presses < 80; presses++) {
    if (await link.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(link).toBeFocused();
}
