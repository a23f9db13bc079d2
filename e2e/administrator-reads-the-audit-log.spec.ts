import { expect, type Page, test } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import { dashboard, signInAtProvider } from "./sign-in-at-provider.ts";
import { untilLive } from "./until-live.ts";

test(
  "an administrator finds what they changed, with before and after",
  { tag: "@phone" },
  async ({ page, baseURL }, { project, retry }) => {
    const guest = `Audrey Audited ${project.name} ${retry}`;
    await signInAtProvider(page, "adam", "/people");
    await page.getByRole("textbox", { name: "Name" }).fill(guest);
    await page.getByRole("button", { name: "Invite" }).click();
    const row = page
      .getByRole("table", { name: "People, by name" })
      .getByRole("row", { name: new RegExp(`^${guest}`) });
    await row.getByRole("textbox", { name: `Teams of ${guest}` }).fill("playback");
    await row.getByRole("button", { name: "Save" }).click();
    await expect(row.getByRole("button", { name: "Save" })).toBeHidden();

    await page.goto(`${dashboard}/account`);
    await page.getByRole("link", { name: "Audit log" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
    await untilLive(page);
    const entries = page.getByRole("table", { name: "Entries, newest first" });

    await test.step("by its object, which is then in the URL", async () => {
      await page.getByRole("textbox", { name: "Object" }).fill(guest);
      await page.getByRole("button", { name: "Search" }).click();
      await expect(page).toHaveURL(`${dashboard}/audit?${new URLSearchParams({ name: guest })}`);
      const changed = entries.getByRole("row", { name: `Person changed ${guest}` });
      await expect(changed).toContainText("Adam Admin");
      await expect(changed).toContainText("browser");
      await changed.getByRole("button", { name: "1 field" }).click();
      const changes = page.getByRole("table", { name: `Changes of ${guest}` });
      await expect(changes.getByRole("row", { name: /^teams/ }).getByRole("cell")).toHaveText(["[]", '["playback"]']);
      await expectNoViolations(page);
      await expectNothingScrollsSideways(page);
    });

    await test.step("a URL asks for more, and the CSV has the same entries", async () => {
      await page.goto(`${dashboard}/audit?${new URLSearchParams({ name: guest, act: "person.created" })}`);
      await expect(entries.getByRole("row", { name: `Person created ${guest}` })).toBeVisible();
      await expect(entries.getByRole("row", { name: `Person changed ${guest}` })).toBeHidden();
      const href = (await page.getByRole("link", { name: "CSV" }).getAttribute("href")) ?? "";
      const csv = await page.request.get(`${dashboard}${href}`);
      expect((await csv.text()).trim().split("\r\n")).toEqual([
        expect.stringMatching(/^id,at,actor,/),
        expect.stringContaining(`person.created,${guest}`),
      ]);
    });

    await test.step("older entries follow, and the newest come back", async () => {
      await fillPage(page, `${baseURL}/api/v1/tokens`);
      await page.goto(`${dashboard}/audit`);
      await page.getByRole("link", { name: "older →" }).click();
      await expect(page).toHaveURL(/\/audit\?cursor=/);
      await page.getByRole("link", { name: "← newest" }).click();
      await expect(page).toHaveURL(`${dashboard}/audit`);
    });

    await test.step("filtered to nothing, and refused", async () => {
      await page.goto(`${dashboard}/audit?actor=No+One`);
      await expect(page.getByRole("heading", { name: "No matching entries" })).toBeVisible();
      await expectNoViolations(page);
      await page.goto(`${dashboard}/audit?cursor=x`);
      await expect(page.getByRole("alert").filter({ hasText: "cursor" })).toBeVisible();
    });
  },
);

test("a viewer reads that the audit log is for administrators", { tag: "@phone" }, async ({ page }) => {
  await signInAtProvider(page, "vera", "/audit");
  await expect(page.getByRole("heading", { name: "For administrators" })).toBeVisible();
  await expect(page.getByText("Your role is viewer.")).toBeVisible();
  await expectNoViolations(page);
});

/** As many acts as a page of the log shows. */
async function fillPage(page: Page, tokens: string): Promise<void> {
  const headers = { authorization: `Bearer ${process.env.E2E_TOKEN}` };
  for (let made = 0; made < 25; made += 1) {
    const answer = await page.request.post(tokens, { headers, data: { name: "Read and forgotten", scopes: ["read"] } });
    const { id } = (await answer.json()) as { id: string };
    expect((await page.request.delete(`${tokens}/${id}`, { headers })).ok()).toBe(true);
  }
}

async function expectNothingScrollsSideways(page: Page): Promise<void> {
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await over()).toBeLessThanOrEqual(0);
}
