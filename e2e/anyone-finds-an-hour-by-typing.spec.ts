import { expect, test } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import { openLive } from "./open-live.ts";
import { signIn } from "./sign-in.ts";

test("⌘K and a phrase lead to yesterday's hour of a type", async ({ page }) => {
  await openLive(page, "/status");
  await page.keyboard.press("Control+k");
  const box = page.getByRole("textbox", { name: "Go to" });
  await expect(box).toBeFocused();
  await page.keyboard.type("es 11:00 yesterday");
  await expect(page.getByRole("button", { name: /EndSong 2026-11-19T11/ })).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/event-types\/EndSong\/hours\/2026-11-19T11$/);
});

test("a datacenter, a page, and what is called nothing", { tag: "@phone" }, async ({ page }) => {
  await openLive(page, "/");
  await page.getByRole("button", { name: /Go to/ }).click();
  const box = page.getByRole("textbox", { name: "Go to" });
  await box.fill("zzz");
  await expect(page.getByText("No results for “zzz”.")).toBeVisible();
  await box.fill("reject");
  await page.getByRole("button", { name: /Rejected/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Rejected messages" })).toBeVisible();
});

test("what can be done, by its words: a silence for one type, the colours at once", async ({ page }) => {
  await signIn(page, "/");
  await openLive(page, "/");
  await page.keyboard.press("Control+k");
  const box = page.getByRole("textbox", { name: "Go to" });
  await box.fill("colours dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.keyboard.press("Control+k");
  await box.fill("silence ends");
  await expect(page.getByRole("button", { name: /Silence EndSong/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Label 1" })).toHaveValue("eventType");
  await expect(page.getByRole("textbox", { name: "Value 1" })).toHaveValue("EndSong");
});

test("who types faster than the catalogue is read finds the same by Enter", async ({ page }) => {
  await openLive(page, "/status");
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/api\/v1\/event-types\?/, async (route) => {
    await asked;
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("textbox", { name: "Go to" })).toBeFocused();
  await page.keyboard.type("es 11:00 yesterday");
  await expect(page.getByText("Loading the catalogue…")).toBeVisible();
  answer();
  await expect(page.getByRole("button", { name: /EndSong 2026-11-19T11/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/event-types\/EndSong\/hours\/2026-11-19T11$/);
});
