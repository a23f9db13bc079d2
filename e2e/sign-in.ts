import { expect, type Page } from "@playwright/test";
import { untilLive } from "./until-live.ts";

/** Signs in with the administrator's token and opens the page. */
export async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
  await untilLive(page);
  await page.getByLabel("Token").fill(process.env.E2E_TOKEN ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(path);
  await untilLive(page);
}
