import { devices, expect, type Page, test } from "@playwright/test";
import { choose } from "./choose.ts";
import { openLive } from "./open-live.ts";

const lossyHour = "2026-11-20T10";
/** The drill day is 38 hours: the week before it is left out, so that its cells can be pointed at. */
const drillDay = "from=2026-11-19T00";

test("with the mouse: which hours of ads may not be read, and why", async ({ page }) => {
  await openLive(page, "/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Completeness" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Completeness" })).toBeVisible();
  await expect(cells(page)).toBeVisible();

  await test.step("the filter is the board's", async () => {
    await page.getByRole("searchbox", { name: "Filter event types" }).fill("owner:ads");
    await expect(page.getByRole("status").filter({ hasText: "1 of 10 types" })).toBeVisible();
    await expect(page).toHaveURL(/q=owner%3Aads/);
  });

  await test.step("the lossy hour is described under the pointer", async () => {
    await openLive(page, `/completeness?q=owner:ads&${drillDay}`);
    await page.mouse.move(...(await centreOf(page, 0, 34)));
    await expect(announced(page)).toHaveText(
      /^AdImpression 2026-11-20T10: incomplete, closed about \d+ min after its end, within the deadline, lost about 2 %\.$/,
    );
  });

  await test.step("hours are brushed over and stay in the address", async () => {
    const [x1, y] = await centreOf(page, 0, 32);
    const [x2] = await centreOf(page, 0, 36);
    await page.mouse.move(x1, y);
    await page.mouse.down();
    await page.mouse.move(x2, y, { steps: 5 });
    await page.mouse.up();
    const marked = page.getByRole("region", { name: "Selected hours" });
    await expect(marked).toContainText("2026-11-20T08 to 2026-11-20T13");
    await expect(marked).toContainText("5 hours of 1 type: 4 complete, 1 incomplete");
    await expect(page).toHaveURL(/selFrom=2026-11-20T08.*selTo=2026-11-20T13/);
    await page.reload();
    await expect(marked).toContainText("5 hours of 1 type: 4 complete, 1 incomplete");
    await marked.getByRole("button", { name: "Show only them" }).click();
    await expect(page).toHaveURL(/from=2026-11-20T08&to=2026-11-20T13/);
  });

  await test.step("a click picks the cell, the card leads to its evidence", async () => {
    await page.mouse.click(...(await centreOf(page, 0, 2, 5)));
    const picked = page.getByRole("region", { name: "Selected cell" });
    await expect(picked).toContainText(`AdImpression ${lossyHour}`);
    await picked.getByRole("link", { name: "Open the hour" }).click();
    await expect(page).toHaveURL(new RegExp(`/event-types/AdImpression/hours/${lossyHour}$`));
    await expect(page.getByRole("heading", { level: 1, name: `AdImpression ${lossyHour}` })).toBeVisible();
  });
});

test("with the keyboard alone: the worst type, its newest hours, the one that is late", async ({ page }) => {
  await openLive(page, `/completeness?${drillDay}`);
  await cells(page).focus();
  await page.keyboard.press("End");
  await expect(announced(page)).toHaveText("EndSong 2026-11-20T13: open, not ended.");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(announced(page)).toHaveText(/^EndSong 2026-11-20T11: late, not closed for \d+ min after its end\.$/);
  await expect(page).toHaveURL(/type=EndSong&hour=2026-11-20T11/);

  await test.step("zooming keeps the cell, and the view is in the address", async () => {
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    await expect(page).toHaveURL(/span=16\.9/);
    await page.keyboard.press("0");
    await expect(page).not.toHaveURL(/span=/);
  });

  await test.step("hours are marked with Shift", async () => {
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    const marked = page.getByRole("region", { name: "Selected hours" });
    await expect(marked).toContainText("2026-11-20T09 to 2026-11-20T12");
    await page.keyboard.press("Escape");
    await expect(marked).toBeHidden();
  });

  await test.step("Home is the first hour, and Enter opens what the cursor is on", async () => {
    await page.keyboard.press("Home");
    await expect(announced(page)).toHaveText(/^EndSong 2026-11-19T00: complete/);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/event-types\/EndSong\/hours\/2026-11-20T11$/);
    await expect(page.getByRole("main")).toContainText("Late. 2 of 3 datacenters have closed it");
  });
});

test("as a table, for whoever listens: by day, then by hour", { tag: "@phone" }, async ({ page }) => {
  await openLive(page, "/completeness?days=7");
  await page.getByRole("checkbox", { name: "As table" }).check();
  const table = page.getByRole("table");
  const row = table.getByRole("row", { name: /^AdImpression/ });
  await expect(row).toContainText("14 hours: 12 complete, 1 incomplete, 1 open");
  await table.getByRole("button", { name: "11-20" }).click();
  await expect(table.getByRole("columnheader")).toHaveCount(15);
  await row.getByRole("link", { name: "incomplete" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `AdImpression ${lossyHour}` })).toBeVisible();
});

test("calm days fold away, colours follow the figure asked for", async ({ page }) => {
  await openLive(page, `/completeness?${drillDay}&q=PlayStart`);
  await page.getByRole("checkbox", { name: "Fold calm days" }).check();
  await cells(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await expect(announced(page)).toHaveText("PlayStart 2026-11-19: 24 hours: 24 complete.");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: "Fold calm days" })).not.toBeChecked();
  await choose(page, "Colour by", "closing delay");
  await expect(page.getByRole("list", { name: "Legend: closing delay" })).toContainText("past the deadline");
  await expect(page).toHaveURL(/by=delay/);
});

test("on a phone: a tap picks the hour, a finger pans", async ({ browser, baseURL }) => {
  const { defaultBrowserType, ...phone } = devices["Pixel 7"];
  const context = await browser.newContext({ ...phone, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await openLive(page, `/completeness?${drillDay}&span=12&at=2026-11-20T02`);
  await page.touchscreen.tap(...(await centreOf(page, 0, 9, 12)));
  const picked = page.getByRole("region", { name: "Selected cell" });
  await expect(picked).toContainText("EndSong 2026-11-20T11");

  await test.step("hours before come in from the left", async () => {
    const [x, y] = await centreOf(page, 0, 3, 12);
    await drag(page, [x, y], [x + 120, y]);
    await expect(page).toHaveURL(/at=2026-11-19T2\d/);
  });

  await picked.getByRole("link", { name: "Open the hour" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "EndSong 2026-11-20T11" })).toBeVisible();
  await context.close();
});

test("Tidemark stops answering: the cells stay, with their age", async ({ page }) => {
  await openLive(page, `/completeness?${drillDay}`);
  await page.route("**/api/v1/**", (route) => route.abort("connectionrefused"));
  await expect(page.getByRole("main")).toContainText(/as of \d+ s ago, not refreshed/);
  await expect(cells(page)).toBeVisible();
});

test("nothing could be read at all: it says why", async ({ page }) => {
  await page.route("**/api/v1/matrix?**", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      json: { title: "Unavailable", status: 503, detail: "The database cannot be reached." },
    }),
  );
  await page.goto("/completeness");
  await expect(page.getByRole("heading", { name: "Couldn’t load the hours" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("The database cannot be reached.");
});

function cells(page: Page) {
  return page.getByRole("application", { name: /types? by \d+ hours/ });
}

function announced(page: Page) {
  return page.getByRole("main").locator("[aria-live=polite]");
}

/** Where a row's cell is on the screen, by its place among `hours` that fill the width. */
async function centreOf(page: Page, row: number, hour: number, hours = 38): Promise<[number, number]> {
  const box = await cells(page).boundingBox();
  if (!box) throw new Error("The cells are not there.");
  return [box.x + ((hour + 0.5) * box.width) / hours, box.y + (row + 0.5) * 20];
}

/** A finger from one place to the other. */
async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const touch = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", points: [number, number][]) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  await send("touchStart", [from]);
  for (let step = 1; step <= 6; step += 1) await send("touchMove", [[from[0] + ((to[0] - from[0]) * step) / 6, to[1]]]);
  await send("touchEnd", []);
}
