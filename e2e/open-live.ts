import { expect, type Page } from "@playwright/test";
import { untilLive } from "./until-live.ts";

/** Once loaded, the month of flights is not judged any more, and its pages say so after a minute. */
export const ageOfPage = /as of \d+ (?:s ago|min ago, judging is behind)/;

/** Opens a page and waits until it is hydrated and its age ticks. Keys and buttons do nothing before. */
export async function openLive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await untilLive(page);
  await expect(page.getByRole("main")).toContainText(ageOfPage);
}
