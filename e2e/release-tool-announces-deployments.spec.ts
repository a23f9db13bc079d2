import { createHmac, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { expectNoColourViolations, expectNoViolations } from "./expect-no-violations.ts";
import { signIn } from "./sign-in.ts";
import { tabTo } from "./tab-to.ts";

test("an editor makes a hook for GitHub, and sees what came of a signed and a badly signed delivery", {
  tag: "@phone",
}, async ({ page, baseURL, context }) => {
  const name = `github-${randomUUID().slice(0, 8)}`;
  const url = `${baseURL}/api/v1/hooks/${name}`;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const deliveries = page.getByRole("region", { name: "Deliveries" });

  const secret = await test.step("made with a pattern; its secret is shown once", async () => {
    await signIn(page, "/deployments/hooks");
    await page
      .getByRole("main")
      .getByRole("link", { name: /^(New hook|Create a hook)$/ })
      .click();
    await expect(page.getByRole("heading", { level: 1, name: "New deployment hook" })).toBeVisible();
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Pattern").fill("acme/(?<app>[a-z]+)/environments/prod-(?<dc>[a-z]+)");
    await page.getByLabel("Component").fill("$ap");
    await page.getByRole("button", { name: "Create" }).click();
    await expect(page.getByText(/found \$ap/).first()).toBeVisible();
    await expectNoViolations(page);
    await page.getByLabel("Component").fill(`$app-${name}`);
    await page.getByLabel("Datacenter (empty: every one)").fill("$dc");
    await page.getByRole("button", { name: "Create" }).click();
    await expect(page.getByRole("heading", { name: "Secret, shown only once" })).toBeFocused();
    await expectBothSchemes(page);
    await expect(page.getByRole("region", { name: "Set up GitHub" })).toContainText(url);
    return copySecret(page);
  });

  await test.step("signed, not mapped, and signed with another secret", async () => {
    const fixture = await readFile(
      join(import.meta.dirname, "../test/fixtures/hooks/github-deployment-status.json"),
      "utf8",
    );
    const body = fixture.replace("2026-11-22T12:40:00Z", "2026-11-20T13:00:00Z").replaceAll("prod-ams", "prod-lon");
    expect(await deliver(url, body.replaceAll("prod-", "staging-"), secret)).toBe(202);
    expect(await deliver(url, body, secret)).toBe(202);
    expect(await deliver(url, body, "guessed")).toBe(401);
  });

  await test.step("its page says what came of each", async () => {
    await page.getByRole("link", { name: "View hook" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    const rows = deliveries.getByRole("row").filter({ hasNot: page.getByRole("columnheader") });
    await expect(rows).toHaveText([
      /refused.*does not match: GitHub signs with another secret/,
      new RegExp(`recorded.*exporter-${name} v4\\.2\\.0 at lon`),
      /not mapped.*acme\/exporter\/environments\/staging-lon/,
    ]);
    await expect(page.getByRole("region", { name: "Not mapped" })).toContainText("staging-lon");
    await expect(page.getByRole("main")).toContainText("2 deliveries recorded 1 deployment. 1 was refused.");
    await expect(page.getByRole("main")).not.toContainText(secret);
    await expectBothSchemes(page);
  });

  await test.step("a new secret ends the old one at once", async () => {
    await page.getByRole("checkbox", { name: "The old secret ends at once" }).check();
    await tabTo(page, page.getByRole("button", { name: "Rotate secret" }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Create a new secret" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Secret, shown only once" })).toBeFocused();
    const second = await copySecret(page);
    expect([await deliver(url, "{}", secret, "ping"), await deliver(url, "{}", second, "ping")]).toEqual([401, 202]);
    await expect(deliveries).toContainText("GitHub checks that the hook answers");
  });

  await test.step("listed with its URL and its last delivery; deleted after being asked twice", async () => {
    await page.goto("/deployments/hooks");
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
    await expect(page.getByRole("row").filter({ hasText: url })).toBeVisible();
    await expect(row).toContainText("GitHub checks that the hook answers");
    await expectBothSchemes(page);
    await row.getByRole("link", { name }).click();
    await page.getByRole("button", { name: "Delete hook" }).click();
    await page.getByRole("button", { name: `Refuse deliveries to ${name}` }).click();
    await expect(page).toHaveURL("/deployments/hooks");
    await expect(page.getByRole("row").filter({ hasText: name })).toHaveCount(0);
  });
});

test("no hook yet: the page says what to do first", { tag: "@phone" }, async ({ page }) => {
  await page.goto(`${process.env.E2E_MONTH_URL ?? ""}/deployments/hooks`);
  await expect(page.getByRole("heading", { name: "No deployment hooks" })).toBeVisible();
  await expectBothSchemes(page);
});

test("Tidemark is unreachable: the hooks stay, with their age", async ({ page }) => {
  await page.goto("/deployments/hooks");
  await expect(page.getByRole("main")).toContainText(/as of \d+ s ago/);
  await page.route("**/api/v1/**", (route) => route.abort());
  await expect(page.getByRole("main")).toContainText("not refreshed");
  await expect(page.getByRole("heading", { level: 1, name: "Deployment hooks" })).toBeVisible();
});

async function deliver(url: string, body: string, secret: string, event = "deployment_status"): Promise<number> {
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "x-github-event": event,
    "x-hub-signature-256": `sha256=${signature}`,
  };
  return (await fetch(url, { method: "POST", headers, body })).status;
}

async function copySecret(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Copy secret" }).click();
  await expect(page.getByRole("button", { name: "Copied secret" })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function expectBothSchemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNoViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNoColourViolations(page);
}
