import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { cloudEvent } from "./cloud-event.ts";
import { sendEvents } from "./send.ts";

test(
  "a report comes a day late: the open page shows the loss, then the recovery",
  { tag: "@phone" },
  async ({ page, baseURL }, { project }) => {
    // An hour for each project, for they run side by side; older than the board's last day.
    const hour = project.name === "phone" ? "2026-11-19T07" : "2026-11-19T06";
    const produced = project.name === "phone" ? 17_810 : 17_730;
    const reporter = `ash-recovered-${randomUUID()}`;
    const report = (stage: string) =>
      sendEvents({ url: baseURL ?? "", token: process.env.E2E_TOKEN ?? "" }, [
        cloudEvent("counters", "2026-11-20T13:19:00Z", {
          dc: "ash",
          stage,
          reporter,
          reports: [{ eventType: "RoyaltyStatement", hour, events: 270 }],
        }),
      ]);

    await page.goto(`/event-types/RoyaltyStatement/hours/${hour}`);
    const main = page.getByRole("main");
    const revisions = page.getByRole("region", { name: "Revisions" }).getByRole("listitem");
    const count = (events: number) => events.toLocaleString("en-US");
    await expect(main).toContainText(`Complete. All ${count(produced)} events`);
    await expect(main).not.toContainText("Amended");
    await expect(revisions).toHaveText([/revision 1: first verdict: complete/]);
    // What a new page would forget.
    await page.evaluate(() => Object.assign(window, { stillTheSamePage: true }));

    await report("produced");
    await expect(main).toContainText(`Incomplete. 270 of ${count(produced + 270)} events were lost`);
    await expect(main).toContainText("Amended: this is revision 2.");
    await expect(page.getByRole("region", { name: "Why" })).toContainText(/ash lost 270 of [\d,]+ events/);
    await expect(revisions).toHaveCount(2);
    await expect(revisions.first()).toContainText("incomplete");
    await expect(revisions.first()).toContainText("amended");
    await expect(revisions.first()).toContainText(
      `revision 2: complete → incomplete, produced ${count(produced)} → ${count(produced + 270)}, lost 0 → 270`,
    );

    await report("delivered");
    await expect(main).toContainText(`Complete. All ${count(produced + 270)} events`);
    await expect(main).toContainText("Amended: this is revision 3.");
    await expect(revisions.first()).toContainText("revision 3: incomplete → complete");
    expect(await page.evaluate(() => "stillTheSamePage" in window)).toBe(true);

    await test.step("the list of its hours says so too", async () => {
      await page.getByRole("heading", { level: 1 }).getByRole("link", { name: "RoyaltyStatement" }).click();
      await expect(page.getByRole("row", { name: new RegExp(`^${hour}`) })).toContainText(/complete\s*amended/);
    });
  },
);
