import { expect, test } from "@playwright/test";
import { openLive } from "./open-live.ts";

/** Each page by what it answers. */
const answers: [path: string, answer: RegExp][] = [
  ["/", /EndSong/],
  ["/event-types/PlayStart/hours/2026-11-20T11", /Complete\. All 16,730 events/],
  ["/event-types/EndSong", /2026-11-20T11/],
  ["/event-types", /PodcastPing/],
  ["/service-levels", /of (\S+ )?hours on time/],
  ["/status", /sjc/],
];

test.describe("what a page answers is read before its scripts come", () => {
  test.use({ javaScriptEnabled: false });
  for (const [path, answer] of answers) {
    test(path, { tag: "@phone" }, async ({ page }) => {
      // A server that has just started, or a busy machine, may take longer than what is read is waited for: then again.
      await expect(async () => {
        await page.goto(path);
        await expect(page.getByRole("main").getByText(answer).first()).toBeVisible({ timeout: 1_000 });
        await expect(page.getByRole("status", { name: /^Reading/ })).toHaveCount(0, { timeout: 1_000 });
      }).toPass();
    });
  }

  test("what is folded opens", { tag: "@phone" }, async ({ page }) => {
    const rules = page.getByRole("list", { name: "Alerts by rule" });
    await expect(async () => {
      await page.goto("/alerts");
      await page.getByRole("main").locator('a[href*="/alerts/incidents/"]').first().click({ timeout: 1_000 });
      await expect(rules).toBeVisible({ timeout: 1_000 });
    }).toPass();
    const inside = rules.getByRole("link", { name: /^Rule / }).first();
    await expect(inside).toBeHidden();
    await rules.locator("summary").first().click();
    await expect(inside).toBeVisible();
  });
});

test("on a phone the bar holds what is used most, and More the rest", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openLive(page, "/");
  const nav = page.getByRole("navigation", { name: "Main" });
  await expect(nav.getByRole("link")).toHaveText(["Board", "Completeness", "Alerts", "Service levels"]);
  const more = nav.getByRole("button", { name: "More" });

  await test.step("by keys: Enter opens, Tab goes in, Escape leaves", async () => {
    await more.focus();
    await page.keyboard.press("Enter");
    await expect(more).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("Tab");
    await expect(nav.getByRole("link", { name: "Catalogue" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(nav.getByRole("link", { name: "Catalogue" })).toBeHidden();
    await expect(more).toBeFocused();
  });

  await test.step("by touch: a place is gone to, and the sheet is closed", async () => {
    await more.click();
    await nav.getByRole("link", { name: "Status" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Status" })).toBeVisible();
    await expect(more).toHaveAttribute("aria-expanded", "false");
    await more.click();
    await page.getByRole("heading", { level: 1, name: "Status" }).click();
    await expect(more).toHaveAttribute("aria-expanded", "false");
  });
});
