import { expect, test } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import { openLive } from "./open-live.ts";
import { signIn } from "./sign-in.ts";

test("how EndSong fares over weeks: when it closes, what it loses, what was promised", { tag: "@phone" }, async ({
  page,
}) => {
  await openLive(page, "/event-types/EndSong");
  await page.getByRole("navigation", { name: "EndSong" }).getByRole("link", { name: "Trends" }).click();
  const closing = page.getByRole("region", { name: "Closing delay", exact: true });
  await expect(closing).toContainText(/\d+ of \d+ closed hours missed the deadline/);
  await closing.getByText("As a table").click();
  await expect(closing.getByRole("row", { name: /^2026-11-20/ })).toContainText("13 min");
  await expect(page.getByRole("region", { name: "Usual closing delay by hour of the week" })).toBeVisible();
  await expect(page.getByRole("region", { name: /^Service levels in 2026-11/ })).toContainText("Closed in time");
});

test("the owner sees what a change would do, and makes it", async ({ page }) => {
  await signIn(page, "/event-types/RoyaltyStatement/settings");
  const entry = page.getByLabel("EventType RoyaltyStatement");
  await expect(entry).toHaveValue(/tier: low/);
  await entry.fill((await entry.inputValue()).replace("tier: low", "tier: lowest"));
  await page.getByRole("button", { name: "Preview changes" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "lowest" })).toBeVisible();

  await entry.fill(`${(await entry.inputValue()).replace("tier: lowest", "tier: low")}  labels: { audit: "yes" }\n`);
  await page.getByRole("button", { name: "Preview changes" }).click();
  await expect(page.getByText('labels: not set → {"audit":"yes"}')).toBeVisible();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Applied.")).toBeVisible();
  await expectNoViolations(page);
});
