import { expect, test } from "@playwright/test";
import { untilLive } from "./until-live.ts";

const dashboard = process.env.E2E_PRIVATE_URL ?? "";
const hour = "/event-types/EndSong/hours/2026-11-20T11";

test("a stranger sees nothing, signs in with a token, and comes to the page asked for", { tag: "@phone" }, async ({
  page,
}) => {
  await page.goto(`${dashboard}${hour}`);
  await expect(page.getByRole("heading", { name: "Sign in to Tidemark" })).toBeVisible();
  await expect(page.getByText("sjc")).toBeHidden();
  expect((await page.request.get(`${dashboard}/api/v1/board`)).status()).toBe(401);

  await untilLive(page);
  await page.getByText("Sign in with a token instead").click();
  await page.getByLabel("Token").fill("tm_not-a-token");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This token is unknown, expired or revoked.")).toBeVisible();

  await page.getByLabel("Token").fill(process.env.E2E_TOKEN ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${dashboard}${hour}`);
  await expect(page.getByRole("main")).toContainText("Late. 2 of 3 datacenters have closed it");
  // The token itself is nowhere that a script could read it.
  expect(await page.evaluate(() => `${document.cookie} ${JSON.stringify(localStorage)}`)).not.toContain("tm_");

  await test.step("and out again", async () => {
    await page.getByRole("link", { name: "Account" }).click();
    await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Sign in to Tidemark" })).toBeVisible();
    await page.goto(`${dashboard}/status`);
    await expect(page.getByRole("heading", { name: "Sign in to Tidemark" })).toBeVisible();
  });
});

test("a token never comes into the address, not even before the page's script", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${dashboard}${hour}`);
  await page.getByText("Sign in with a token instead").click();
  await page.getByLabel("Token").fill("tm_secret");
  const answered = page.waitForResponse((response) => response.request().isNavigationRequest());
  await page.getByRole("button", { name: "Sign in" }).click();
  expect((await answered).url()).not.toContain("tm_secret");
  expect(page.url()).not.toContain("tm_secret");
  await context.close();
});
