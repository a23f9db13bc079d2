import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { expectNoColourViolations, expectNoViolations } from "./expect-no-violations.ts";
import { signIn } from "./sign-in.ts";

test("an owner adds a source by its form, sees what the patterns match, edits it as a file, and deletes it", {
  tag: "@phone",
}, async ({ page }) => {
  const name = `google-${randomUUID().slice(0, 8)}`;
  const preview = page.getByRole("region", { name: "What the patterns match" });

  await test.step("an id is tried before it is saved", async () => {
    await signIn(page, "/new-source");
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Project", { exact: true }).fill("my-project");
    await page.getByLabel("Pattern", { exact: true }).fill("(?<type>[A-Za-z]+)-(?<dc>[a-z]+)-etl");
    await page.getByRole("combobox", { name: "Event types" }).fill("$type");
    await page.keyboard.press("Enter");
    await page.getByLabel("Datacenter", { exact: true }).fill("$dc");
    await preview.getByRole("combobox", { name: "Try an id" }).fill("EndSong-ash-etl");
    await page.keyboard.press("Enter");
    await expect(preview).toContainText("1 of 1 resource would feed 1 event type at ash.");
    await preview.getByRole("combobox", { name: "Try an id" }).fill("something-else");
    await page.keyboard.press("Enter");
    await expect(preview).toContainText("1 would not be mapped.");
    await expect(preview.getByRole("row", { name: /something-else/ })).toContainText("no pattern matches");
    await expectBothSchemes(page);
  });

  await test.step("switched off, so that nothing is asked; then created", async () => {
    await page.getByRole("checkbox", { name: "Collect from it" }).uncheck();
    await page.getByRole("button", { name: "Create" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByRole("main")).toContainText("Google Cloud Monitoring, project my-project");
    await expectBothSchemes(page);
  });

  await test.step("the file has what the form says", async () => {
    await page.getByRole("button", { name: "Edit as file" }).click();
    await expect(page.getByRole("textbox", { name: "Document" })).toHaveValue(/project: my-project/);
  });

  await test.step("listed, and deleted after being asked twice", async () => {
    await page.goto("/sources");
    await page.getByRole("row").filter({ hasText: name }).getByRole("link", { name }).click();
    await page.getByRole("button", { name: "Delete source" }).click();
    await page.getByRole("button", { name: `Delete ${name}` }).click();
    await expect(page).toHaveURL("/sources");
    await expect(page.getByRole("row").filter({ hasText: name })).toHaveCount(0);
  });
});

async function expectBothSchemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNoViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNoColourViolations(page);
}
