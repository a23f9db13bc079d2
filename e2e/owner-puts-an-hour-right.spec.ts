import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { cloudEvent } from "./cloud-event.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { sendEvents } from "./send.ts";
import { signIn } from "./sign-in.ts";

test(
  "an owner accepts a falsified hour, thinks better of it, and takes the wrong counts back",
  {
    tag: "@phone",
  },
  async ({ page, baseURL }, { project }) => {
    // An hour for each project, for they run side by side.
    const hour = project.name === "phone" ? "2026-11-19T09" : "2026-11-19T08";
    const reporter = `load-test-${randomUUID()}`;
    await sendEvents({ url: baseURL ?? "", token: process.env.E2E_TOKEN ?? "" }, [
      cloudEvent("counters", "2026-11-20T13:19:00Z", {
        dc: "ash",
        stage: "delivered",
        reporter,
        epoch: Number.MAX_SAFE_INTEGER,
        reports: [{ eventType: "SkipTrack", hour, events: 20_000_000 }],
      }),
    ]);
    const main = page.getByRole("main");
    const corrections = page.getByRole("region", { name: "Corrections" });
    const preview = page.getByRole("status", { name: "Preview" });
    await signIn(page, `/event-types/SkipTrack/hours/${hour}`);
    await expect(main).toContainText("Overcounted");

    await test.step("accept it as it is", async () => {
      await corrections.getByRole("link", { name: "Accept this hour…" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Accept hours" })).toBeVisible();
      await expect(preview).toContainText("1 hour would be accepted.");
      await page.getByLabel("Reason").fill("Nobody counts it again.");
      await expectNoViolations(page);
      await page.getByRole("button", { name: "Accept", exact: true }).click();
      // It is said once, with a way back, on the page that the correction was started from.
      const toast = page.getByRole("alert").filter({ hasText: `SkipTrack: hour ${hour} accepted.` });
      await expect(toast.getByRole("button", { name: "Undo" })).toBeVisible();
      await toast.getByRole("button", { name: "Dismiss" }).click();
      await expect(toast).toBeHidden();
      await expect(page.getByRole("heading", { level: 1, name: `SkipTrack ${hour}` })).toBeVisible();
      await expect(corrections).toContainText(/Accepted by .*: Nobody counts it again\./);
      await expect(main).toContainText("Overcounted");
    });

    await test.step("undo that", async () => {
      await corrections.getByRole("button", { name: "Undo" }).click();
      await corrections.getByRole("button", { name: "Undo now" }).click();
      await expect(corrections).toContainText("No correction is in force.");
    });

    await test.step("take the wrong counts back", async () => {
      await corrections.getByRole("link", { name: "Discard counts…" }).click();
      await page.getByRole("combobox", { name: "Datacenter" }).fill("ash");
      await page.getByRole("textbox", { name: "Reporter" }).fill(reporter);
      await expect(preview).toContainText("1 hour would be judged again.");
      await expect(preview.getByRole("row", { name: new RegExp(hour) })).toContainText(/overcounted\s*complete/);
      await page.getByLabel("Reason").fill("A load test ran against production.");
      await page.getByRole("button", { name: "Discard counts" }).click();
      await expect(page.getByRole("heading", { level: 1, name: `SkipTrack ${hour}` })).toBeVisible();
      await expect(main).toContainText("Complete. All");
      await expect(corrections).toContainText("A load test ran against production.");
    });

    await test.step("the list holds both", async () => {
      await corrections.getByRole("link", { name: "All corrections" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Corrections" })).toBeVisible();
      await expect(main).toContainText(`by ${reporter}`);
      await expect(main).toContainText(`SkipTrack: hour ${hour} accepted`);
      await expectNoViolations(page);
    });
  },
);
