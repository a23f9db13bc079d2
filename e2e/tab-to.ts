import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until it has the focus, as a keyboard user must. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`150 times Tab do not lead to ${target}.`);
}
