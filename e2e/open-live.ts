import { expect, type Page } from "@playwright/test";

/** Of the month of flights nothing is judged any more once it is loaded, and its pages say so after a minute. */
export const ageOfPage = /as of \d+ (?:s ago|min ago, judging is behind)/;

/** Opens a page and waits until it is live: it counts its own age. Keys and buttons do nothing before. */
export async function openLive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("main")).toContainText(ageOfPage);
}
