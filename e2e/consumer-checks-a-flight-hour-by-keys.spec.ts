import { expect, test } from "@playwright/test";
import { readExpectedHours } from "#test/flights.ts";
import { askGate, copyGateUrl } from "./gate-by-keys.ts";
import { openLive } from "./open-live.ts";
import { tabTo } from "./tab-to.ts";

// Is this hour complete, and may my job read it? Asked without a mouse, of a month of flights that really were late, and
// of the scripted day.
const month = process.env.E2E_MONTH_URL ?? "";
const byDelay = readExpectedHours().sort((a, b) => a.closingDelaySeconds - b.closingDelaySeconds);
const latest = byDelay.at(-1);
const punctual = byDelay.findLast(({ closingDelaySeconds, produced }) => closingDelaySeconds < 3_000 && produced > 1);

for (const flight of [latest, punctual]) {
  if (!flight) throw new Error("The month of flights has late hours and punctual ones.");
  const { eventType, hour, produced, closingDelaySeconds, lastDatacenter } = flight;
  const minutes = closingDelaySeconds / 60;

  test(`${eventType} ${hour}, closed ${minutes} min after the hour`, { tag: "@phone" }, async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: month });
    await openLive(page, `${month}/event-types/${eventType}?from=${hour}&to=${hourAfter(hour)}`);
    await tabTo(page, page.getByRole("table").getByRole("link", { name: hour }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: `${eventType} ${hour}` })).toBeVisible();
    const main = page.getByRole("main");
    await expect(main).toContainText(
      `Complete. All ${produced} events delivered, closed ${inWords(minutes)} after the hour`,
    );
    await expect(main).toContainText(
      minutes > 60 ? `${inWords(minutes - 60)} past the deadline of 60 min` : "within the deadline of 60 min",
    );
    const last = page.getByRole("region", { name: "Datacenters" }).getByRole("row", { name: lastDatacenter.trim() });
    await expect(last).toContainText(`${inWords(minutes)} after`);
    expect(await askGate(await copyGateUrl(page))).toMatchObject({
      status: 200,
      body: { eventType, hour, state: "complete", produced, closingDelaySeconds, deadlineMet: minutes <= 60 },
    });
  });
}

test("an hour of the scripted day that is held up: typed, read, and its gate asked", { tag: "@phone" }, async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openLive(page, "/");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("textbox", { name: "Go to" })).toBeFocused();
  await page.keyboard.type("EndSong 2026-11-20T11");
  await expect(page.getByRole("button", { name: /EndSong 2026-11-20T11/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/event-types\/EndSong\/hours\/2026-11-20T11$/);
  await expect(page.getByRole("main")).toContainText("waiting for sjc");
  expect(await askGate(await copyGateUrl(page))).toMatchObject({
    status: 404,
    body: { title: "Not ready yet", detail: expect.stringContaining("sjc") },
  });
});

function hourAfter(hour: string): string {
  return new Date(Date.parse(`${hour}:00:00Z`) + 3_600_000).toISOString().slice(0, 13);
}

/** As the pages write durations: minutes up to two hours, then hours and minutes. */
function inWords(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
