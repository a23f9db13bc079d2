import { expect, test } from "@playwright/test";
import { choose } from "./choose.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { openLive } from "./open-live.ts";
import { signIn } from "./sign-in.ts";

test("the board says who is on call now, and leads to the schedule @phone", async ({ page }) => {
  await openLive(page, "/");
  const line = page.getByText("On call now:");
  // Another test puts Bo Berg on call for a day that is ahead.
  await expect(line).toContainText("Ada Lind (data-platform, until ");
  await line.getByRole("link", { name: "Ada Lind" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "data-platform" })).toBeVisible();
});

test("who is on call, and a colleague who takes over for a day and hands back @phone", async ({ page }) => {
  await signIn(page, "/alerts/on-call");
  const schedule = page.getByRole("region", { name: "data-platform" });
  await expect(schedule).toContainText("No receiver of the routing tree names it");
  await expect(schedule.getByRole("list", { name: /^Shifts of data-platform in the next 14 days/ })).toContainText(
    "Bo Berg",
  );
  await schedule.getByRole("link", { name: "data-platform" }).click();

  const reason = `Ada is at the dentist ${Date.now()}`;
  await expect(page.getByRole("heading", { level: 1, name: "data-platform" })).toBeVisible();
  await choose(page, "Person", "Bo Berg");
  await page.getByLabel("From, now if empty (UTC)").fill("2026-11-24 08:00");
  await page.getByLabel("Until (UTC)").fill("2026-11-24 20:00");
  await page.getByLabel("Reason (optional)").fill(reason);
  await page.getByRole("button", { name: "Create override" }).click();

  const row = page.getByRole("table", { name: "Overrides ahead" }).getByRole("row").filter({ hasText: reason });
  await expect(row).toContainText("Bo Berg");
  await expect(row).toContainText("admin");
  await expectNoViolations(page);
  await row.getByRole("button", { name: "Remove" }).click();
  await row.getByRole("button", { name: "Remove now" }).click();
  await expect(row).toBeHidden();
  await page.getByText(/^Past and removed overrides/).click();
  const past = page
    .getByRole("table", { name: "Past and removed overrides" })
    .getByRole("row")
    .filter({ hasText: reason });
  await expect(past).toContainText("by admin");
});
