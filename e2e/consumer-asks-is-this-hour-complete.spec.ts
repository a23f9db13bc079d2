import { expect, type Page, test } from "@playwright/test";
import { openLive } from "./open-live.ts";

const token = process.env.E2E_TOKEN ?? "";

test("a complete hour: the sentence, the evidence, and a gate that is open", { tag: "@phone" }, async ({
  page,
  context,
}) => {
  await page.goto("/event-types");
  await page.getByRole("link", { name: "PlayStart" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "PlayStart" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(/Complete through\s*2026-11-20T12/);

  await page
    .getByRole("row", { name: /^2026-11-20T11/ })
    .getByRole("link", { name: "2026-11-20T11" })
    .click();
  await expect(page).toHaveTitle("PlayStart 2026-11-20T11 · Tidemark");
  const main = page.getByRole("main");
  await expect(main).toContainText(
    "Complete. All 16,730 events delivered, closed 13 min after the hour; within the deadline of 24 h.",
  );
  await expect(page.getByRole("region", { name: "Why" })).toBeHidden();

  const datacenters = page.getByRole("region", { name: "Datacenters" }).getByRole("row");
  await expect(datacenters.filter({ hasText: "lon" })).toContainText(
    /13 min after \(12:13 UTC\).*produced\s*8,420.*published\s*8,420.*delivered\s*8,420/,
  );
  await expect(datacenters.filter({ hasText: "ash" })).toContainText(/produced\s*8,310.*delivered\s*8,310/);

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const gate = await copyGateUrl(page);
  expect(gate).toBe(`${new URL(page.url()).origin}/api/v1/event-types/PlayStart/hours/2026-11-20T11/ready`);
  const answer = await askGate(gate, token);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ eventType: "PlayStart", hour: "2026-11-20T11", state: "complete" });
});

test("an hour that is not ready: who holds it up, and a gate that says when to ask again", { tag: "@phone" }, async ({
  page,
  context,
}) => {
  await openLive(page, "/event-types/EndSong/hours/2026-11-20T11");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const gate = await copyGateUrl(page);
  const answer = await askGate(gate, token);
  expect(answer.status).toBe(404);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ title: "Not ready yet", detail: expect.stringContaining("sjc") });
  expect((await askGate(gate, null)).status).toBe(401);
});

test("hours that are closed and not complete say what is missing, and where", { tag: "@phone" }, async ({ page }) => {
  const main = page.getByRole("main");
  const why = page.getByRole("region", { name: "Why" });
  for (const { hour, sentence, reason } of [
    {
      hour: "AdImpression/hours/2026-11-20T10",
      sentence: "Incomplete. 360 of 17,250 events were lost (2.09 %), all in ash; closed 13 min after the hour",
      reason: /ash lost 360 of 8,570 events/,
    },
    {
      hour: "SearchQuery/hours/2026-11-20T10",
      sentence: "Overcounted. 90 events were duplicated, all in lon",
      reason: /lon duplicated 90 of 8,580 events/,
    },
    {
      hour: "PlaylistEdit/hours/2026-11-20T10",
      sentence: "but sto's produced count is unknown, so losses are unknown.",
      reason: /sto reported no produced counts, so losses there are unknown\./,
    },
    {
      hour: "SkipTrack/hours/2026-11-20T12",
      sentence: "Closing. 1 of 2 datacenters has closed it, waiting for ash;",
      reason: /ash has not closed the hour: its watermark is at 12:31 UTC, 29 min before the hour's end\./,
    },
  ]) {
    await page.goto(`/event-types/${hour}`);
    await expect(main).toContainText(sentence);
    await expect(why).toHaveText(reason);
  }
});

test("an hour in another form leads to the hour; an invalid hour, or one before the first, says so", async ({
  page,
}) => {
  await page.goto("/event-types/PlayStart/hours/2026-11-20T11:00:00Z");
  await expect(page).toHaveURL(/\/hours\/2026-11-20T11$/);

  await page.goto("/event-types/PlayStart/hours/2026-11-18T11");
  await expect(page.getByRole("heading", { name: "This hour has no verdict" })).toBeVisible();
  await page.getByRole("link", { name: "The hours of PlayStart" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "PlayStart" })).toBeVisible();

  const answer = await page.goto("/event-types/PlayStart/hours/yesterday");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});

test("a type that no one has claimed says how to claim it", { tag: "@phone" }, async ({ page }) => {
  await page.goto("/event-types");
  await page
    .getByRole("navigation", { name: "Event types by status" })
    .getByRole("link", { name: "Discovered" })
    .click();
  await expect(page.getByRole("row", { name: /^PodcastPing/ })).toContainText("none");
  await expect(page.getByRole("link", { name: "PlayStart" })).toBeHidden();
  await page.getByRole("link", { name: "PodcastPing" }).click();
  await expect(page.getByRole("heading", { name: "Claim it" })).toBeVisible();
  await expect(page.getByLabel("Catalogue entry")).toHaveValue(/metadata: \{ name: PodcastPing \}/);
});

/** By the page's own button, as a person would. */
async function copyGateUrl(page: Page): Promise<string> {
  const use = page.getByRole("region", { name: "Use this hour" });
  await use.getByRole("button", { name: "Copy Gate URL" }).click();
  await expect(use.getByRole("button", { name: "Copied Gate URL" })).toHaveText("Copied");
  await expect(use.getByRole("status").filter({ hasText: "Copied: Gate URL" })).toBeAttached();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** As a scheduler's sensor does: outside of the browser, with a token alone. */
function askGate(url: string, bearer: string | null): Promise<Response> {
  return fetch(url, { headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` } });
}
