import { expect, type Page } from "@playwright/test";
import { ageOfPage } from "./open-live.ts";
import { tabTo } from "./tab-to.ts";

/** Copies the gate's address with the page's own button, reached by keys. */
export async function copyGateUrl(page: Page): Promise<string> {
  await expect(page.getByRole("main")).toContainText(ageOfPage);
  await tabTo(page, page.getByRole("button", { name: "Copy Gate URL" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Copied Gate URL" })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Asks the gate outside of the browser with a token alone, as a scheduler's sensor does. */
export async function askGate(url: string) {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${process.env.E2E_TOKEN ?? ""}` } });
  return { status: answer.status, body: await answer.json() };
}
