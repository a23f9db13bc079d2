import { expect, type Page } from "@playwright/test";

/** Signs in with the administrator's token and opens the page. */
export async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
  await expect(async () => {
    await page.getByLabel("Token").fill(process.env.E2E_TOKEN ?? "");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(path, { timeout: 5_000 });
  }, "a form that is not live yet takes nothing").toPass();
}
