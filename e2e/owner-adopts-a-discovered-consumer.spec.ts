import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { expectNoColourViolations, expectNoViolations } from "./expect-no-violations.ts";
import { signIn } from "./sign-in.ts";

test("OpenLineage discovers two jobs: one is dismissed and suggested again, one is adopted for all that it reads", {
  tag: "@phone",
}, async ({ page, baseURL }) => {
  const id = randomUUID().slice(0, 8);
  await read(baseURL, `charts/${id}`, ["SearchQuery", "PlaylistEdit"]);
  await read(baseURL, `scratch/${id}`, ["SearchQuery"]);
  await signIn(page, "/consumers");
  const section = page.getByRole("region", { name: /^(Discovered consumers|Dismissed jobs)$/ });
  const row = (name: string) =>
    section.getByRole("row").filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${name}`) }) });
  const heading = (name: string) => section.getByRole("heading", { name });

  await test.step("each with what it reads", async () => {
    await expect(row(`charts-${id}`)).toContainText(`charts/${id} in airflow`);
    await expect(row(`charts-${id}`)).toContainText("PlaylistEdit, SearchQuery");
    await expectBothSchemes(page);
  });

  await test.step("dismissed, and suggested again", async () => {
    await page.getByRole("button", { name: `Dismiss scratch-${id}` }).click();
    await expect(row(`scratch-${id}`)).toHaveCount(0);
    await expect(heading("Discovered consumers")).toBeFocused();
    await read(baseURL, `scratch/${id}`, ["SearchQuery"]);
    await page.getByRole("button", { name: "Show dismissed jobs" }).click();
    await expect(row(`scratch-${id}`)).toContainText("by admin");
    await expectNoViolations(page);
    await page.getByRole("button", { name: `Suggest again: scratch-${id}` }).click();
    await expect(row(`scratch-${id}`)).toHaveCount(0);
    await page.getByRole("button", { name: "Show discovered consumers" }).click();
    await expect(row(`scratch-${id}`)).toBeVisible();
  });

  await test.step("adopted with a contact", async () => {
    await page.getByRole("button", { name: new RegExp(`^Adopt charts-${id}`) }).click();
    const form = page.getByRole("form", { name: `Adopt charts-${id}` });
    await expect(form.getByLabel("Contact")).toBeFocused();
    await page.keyboard.type("#charts");
    await expectBothSchemes(page);
    await form.getByRole("button", { name: "Register" }).click();
    await expect(row(`charts-${id}`)).toHaveCount(0);
    await expect(heading("Discovered consumers")).toBeFocused();
    await page.getByLabel("Filter").fill(`charts-${id}`);
    const registered = page.getByRole("table", { name: "Consumers", exact: true }).getByRole("row");
    await expect(registered.filter({ hasText: `charts-${id}` })).toHaveText([
      /PlaylistEdit.*#charts/,
      /SearchQuery.*#charts/,
    ]);
  });

  for (const eventType of ["SearchQuery", "PlaylistEdit"])
    await call(baseURL, "DELETE", `/event-types/${eventType}/consumers/charts-${id}`);
});

test("no job was discovered: the section says how to", async ({ page }) => {
  await page.goto(`${process.env.E2E_MONTH_URL ?? ""}/consumers`);
  await expect(page.getByRole("region", { name: "Discovered consumers" })).toContainText(
    "Jobs are discovered by the OpenLineage events",
  );
  await expectBothSchemes(page);
});

async function read(baseURL: string | undefined, name: string, inputs: readonly string[]): Promise<void> {
  await call(baseURL, "POST", "/lineage", {
    eventTime: "2026-11-20T13:10:00Z",
    job: { namespace: "airflow", name },
    inputs: inputs.map((eventType) => ({ namespace: "tidemark", name: eventType })),
  });
}

async function call(baseURL: string | undefined, method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${baseURL}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${process.env.E2E_TOKEN}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
}

async function expectBothSchemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNoViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNoColourViolations(page);
}
