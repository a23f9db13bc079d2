import { expect, type Page } from "@playwright/test";
import type { oidcAccounts } from "./oidc-accounts.ts";
import { untilLive } from "./until-live.ts";

/** The private dashboard of the same data. */
export const dashboard = process.env.E2E_PRIVATE_URL ?? "";

/** From the page asked for, to the provider, and back to that page. */
export async function signInAtProvider(page: Page, account: keyof typeof oidcAccounts, path: string): Promise<void> {
  await page.goto(`${dashboard}${path}`);
  await page.getByRole("link", { name: "Sign in with Example ID" }).click();
  await page.getByRole("button", { name: account }).click();
  await expect(page).toHaveURL(`${dashboard}${path}`);
  await untilLive(page);
}
