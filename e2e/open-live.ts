import { expect, type Page } from "@playwright/test";

/** Opens a page and waits until it is live: it counts its own age. Keys and buttons do nothing before. */
export async function openLive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("main")).toContainText(/as of \d+ s ago/);
}
