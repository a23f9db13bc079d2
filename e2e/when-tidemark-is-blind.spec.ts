import { expect, type Page, test } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import { openLive } from "./open-live.ts";

test("Tidemark stops answering: what was shown stays, with its age, and it says so", { tag: "@phone" }, async ({
  page,
}) => {
  await openLive(page, "/");
  const row = page.getByRole("row", { name: /EndSong/ });
  await expect(row).toContainText("late");
  await expect(alarm(page)).toBeEmpty();

  await page.route("**/api/v1/**", (route) => route.abort("connectionrefused"));
  await expect(alarm(page)).toContainText(
    /Tidemark has not responded for \d+ s\. The figures are at least that old\. Tidemark is unreachable\. Check the network, and whether Tidemark is running\./,
  );
  await expect(page.getByRole("main")).toContainText(/as of \d+ s ago, not refreshed/);
  await expect(row).toContainText("late");
  await expect(page.getByRole("region", { name: "Now" })).toContainText(
    "1 of 10 types late since 13:00 UTC, held up by sjc.",
  );

  await test.step("and when it answers again, it is over by itself", async () => {
    await page.unrouteAll();
    await expect(alarm(page)).toBeEmpty();
    await expect(page.getByRole("main")).toContainText(/as of (now|\d s ago)/);
    await expect(page.getByRole("main")).not.toContainText("not refreshed");
  });
});

test("no report has come in for long: the page says that it may be out of date", { tag: "@phone" }, async ({
  page,
}) => {
  // What the API answers when every reporter has been quiet for seven minutes.
  await page.route("**/api/v1/status", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), telemetryAgeSeconds: 420 } });
  });
  await page.goto("/status");
  await expect(alarm(page)).toHaveText("Tidemark has received no reports for 7 min. The figures may be out of date.");
  await expect(page.getByRole("main")).toContainText(/7 min ago/);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNoViolations(page);
});

test("its database is away: the page says so in the API's words and keeps the hour", { tag: "@phone" }, async ({
  page,
}) => {
  await openLive(page, "/event-types/PlayStart/hours/2026-11-20T11");
  await page.route("**/api/v1/**", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      json: { title: "Unavailable", status: 503, detail: "The database cannot be reached." },
    }),
  );
  await expect(page.getByRole("main")).toContainText(/as of \d+ s ago, not refreshed/);
  await expect(alarm(page)).toContainText("The database cannot be reached.");
  await expect(page.getByRole("main")).toContainText("Complete. All 16,730 events delivered");
});

test("a page that cannot be drawn says so, says why Tidemark is away, and comes back with it", async ({ page }) => {
  await openLive(page, "/event-types/PlayStart");
  const notice = page.getByRole("heading", { name: "Couldn’t load this page" }).locator("..");
  // An answer that no version of the API gives.
  await page.route("**/api/v1/event-types/PlayStart/hours?**", (route) => route.fulfill({ json: { items: 7 } }));
  await expect(notice).toContainText("If the error persists, check the log of the web process");
  await page.route("**/api/v1/status", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      json: { title: "Unavailable", status: 503, detail: "The database cannot be reached." },
    }),
  );
  await expect(notice).toContainText("The database cannot be reached. Retrying.");
  await page.unrouteAll();
  await expect(page.getByRole("heading", { level: 1, name: "PlayStart" })).toBeVisible();
});

/** The one place for what must be known before anything else is believed; a screen reader reads it out by itself. */
function alarm(page: Page) {
  return page.getByRole("region", { name: "Now" }).getByRole("alert");
}
