import { expect, test } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import { signIn } from "./sign-in.ts";

test("a visitor reads excuses, and is asked to sign in to make one", { tag: "@phone" }, async ({ page }) => {
  await page.goto("/service-levels/excuses");
  await expect(page.getByRole("heading", { level: 1, name: "Excused hours" })).toBeVisible();
  await page.getByRole("link", { name: "Excuse hours", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Excuse hours" })).toBeVisible();
  await expect(page.getByRole("form", { name: "Excuse hours" })).toContainText(
    "Sign in to excuse hours. It needs the role responder, or a token with the scope respond.",
  );
});

test("an excuse is previewed before it is made, and listed when it is revoked", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "/service-levels/excuses/new");
  const form = page.getByRole("form", { name: "Excuse hours" });
  const preview = page.getByRole("status", { name: "Preview" });
  await form.getByRole("combobox", { name: "Event types" }).fill("EndSong");
  await form.getByLabel("From hour").fill("2026-11-22T02");
  await form.getByLabel("To hour").fill("2026-11-22T03");
  await expect(preview).toContainText(/hours? of 1 event type would not count|No hour that counts/);
  await expectNoViolations(page);
  await form.getByLabel("To hour").fill("2026-11-22T01");
  await expect(preview).toContainText("The end must be after the start");
  await form.getByLabel("To hour").fill("2026-11-22T25");
  await expect(form.getByLabel("To hour")).toHaveAccessibleDescription(/"2026-11-22T25" is not a valid hour/);
  await form.getByLabel("To hour").fill("2026-11-22T03");
  const reason = `Announced move ${Date.now()}`;
  await form.getByLabel("Reason").fill(reason);
  await form.getByRole("button", { name: "Excuse hours" }).click();
  await expect(page).toHaveURL(/\/service-levels\/excuses$/);
  const entry = page.getByRole("listitem").filter({ hasText: reason });
  await expect(entry).toContainText("in force");
  await entry.getByRole("button", { name: "Revoke" }).click();
  await entry.getByLabel("Why it is revoked").fill("The move was cancelled.");
  await entry.getByRole("button", { name: "Revoke" }).click();
  await expect(entry).toContainText("revoked by");
  await expect(entry).toContainText("The move was cancelled.");
});

test("a month that has not begun is not found", async ({ page }) => {
  const answer = await page.goto("/service-levels?month=2026-12");
  expect(answer?.status()).toBe(404);
});

test("a frozen link shows the month as it was reported", { tag: "@phone" }, async ({ page, request }) => {
  const url = process.env.E2E_MONTH_URL ?? "";
  const made = await request.post(`${url}/api/v1/slo/snapshots`, {
    headers: { authorization: `Bearer ${process.env.E2E_TOKEN ?? ""}` },
    data: { month: "2001-01" },
  });
  const { path } = (await made.json()) as { path: string };
  await page.goto(`${url}${path}`);
  await expect(page.getByRole("complementary", { name: "As reported" })).toContainText("This report does not change.");
  await expect(page.getByRole("heading", { level: 1, name: "Service levels, January 2001" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Tier" })).toHaveCount(0);
});
