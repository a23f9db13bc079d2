import { expect, type Page, test } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import { askGate, copyGateUrl } from "./gate-by-keys.ts";
import { openLive } from "./open-live.ts";
import { tabTo } from "./tab-to.ts";

test("by keys alone: is a day ready, why is the next one not, and where does a job ask", { tag: "@phone" }, async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const main = page.getByRole("main");

  await test.step("found by its words; yesterday is offered", async () => {
    await openLive(page, "/");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("textbox", { name: "Go to" })).toBeFocused();
    await page.keyboard.type("is a day ready");
    await expect(page.getByRole("button", { name: /Is a day ready\?/ })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Is a day ready?" })).toBeVisible();
    await expect(main.getByLabel("Day", { exact: true })).toHaveValue("2026-11-19");
    await expectNoViolations(page);
  });

  await test.step("a day of two types that is complete, and the gate that says so", async () => {
    await type(page, "Event types", "PlayStart,AdImpression");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Is 2026-11-19 ready?" })).toBeVisible();
    await expect(main).toContainText("All 48 hours are ready.");
    await expect(page.getByRole("heading", { name: "Hours that are not ready" })).toBeHidden();
    expect(await askGate(await copyGateUrl(page))).toMatchObject({
      status: 200,
      body: { ready: true, readyHours: 48 },
    });
  });

  await test.step("the next day is not: which hour, why, and the same at the gate", async () => {
    await tabTo(page, main.getByRole("link", { name: "2026-11-20 →" }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Is 2026-11-20 ready?" })).toBeVisible();
    const incomplete = page
      .getByRole("table", { name: "Hours that are not ready" })
      .getByRole("row", { name: /^.*T?10/ });
    await expect(incomplete.first()).toContainText(/AdImpression.*incomplete.*ash lost 360 of/i);
    await expect(main).toContainText("AdImpression 2026-11-20T10 is incomplete");
    const { status, body } = await askGate(await copyGateUrl(page));
    expect(status).toBe(404);
    expect(body.detail).toContain("AdImpression 2026-11-20T10 is incomplete: ash lost 360 of");
    await expectNoViolations(page);
  });

  await test.step("the day of another zone is other hours", async () => {
    await type(page, "Time zone", "Europe/Stockholm");
    await page.keyboard.press("Enter");
    await expect(main).toContainText("2026-11-19T23 to 2026-11-20T23 UTC, the day in Europe/Stockholm");
    await expect(page).toHaveURL(/day=2026-11-20&zone=Europe%2FStockholm$/);
  });

  await test.step("an hour that is missing leads to its evidence", async () => {
    const table = page.getByRole("table", { name: "Hours that are not ready" });
    await tabTo(page, table.getByRole("row").filter({ hasText: "ash lost 360 of" }).getByRole("link"));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "AdImpression 2026-11-20T10" })).toBeVisible();
  });
});

test("what cannot be answered says why, and keeps what was asked", { tag: "@phone" }, async ({ page }) => {
  await page.goto("/ready?eventTypes=EndSnog&day=2026-11-19&zone=UTC");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("EndSnog");
  await expect(page.getByRole("main").getByLabel("Event types", { exact: true })).toHaveValue("EndSnog");
  await expectNoViolations(page);
});

/** Over what stands in the field. */
async function type(page: Page, label: string, text: string): Promise<void> {
  // The header has a switch of that name too.
  await tabTo(page, page.getByRole("main").getByLabel(label, { exact: true }));
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}
