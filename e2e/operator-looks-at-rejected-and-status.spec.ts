import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { openLive } from "./open-live.ts";
import { countersMessage, publish, unreadableMessage } from "./publish.ts";

const token = process.env.E2E_TOKEN ?? "";
const emulatorHost = process.env.E2E_PUBSUB ?? "no-pubsub";

test("how Tidemark itself is: what it heard, what waits, which clock it lives on", { tag: "@phone" }, async ({
  page,
}) => {
  await openLive(page, "/");
  const places = page.getByRole("navigation", { name: "Main" });
  // A phone's bar holds the first four.
  if (test.info().project.name === "phone") await places.getByRole("button", { name: "More" }).click();
  await places.getByRole("link", { name: "Status" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Status" })).toBeVisible();
  const fact = (name: string) => page.getByRole("definition").and(page.locator(`dt:text-is("${name}") + dd`));
  await expect(fact("Last message")).toContainText(/^\d+ s ago/);
  await expect(fact("Hours waiting for a verdict")).toHaveText("none: every committed report is judged");
  await expect(fact("Messages")).toContainText(/^[12],\d{3} accepted, /);
  await expect(fact("Clock")).toContainText(/^20 Nov 2026 13:[2-5]\d UTC, simulated \(drill\)/);
  await expect(page.getByText("Drill: Tidemark runs on a simulated clock")).toBeVisible();

  await test.step("how much of the time each duty was within its limit", async () => {
    await expect(page.getByText(/^Recorded since 20\d\d-/)).toBeVisible();
    const judging = page
      .getByRole("table", { name: "Duties in the last 30 days" })
      .getByRole("row", { name: /^Judging/ });
    await expect(judging).toContainText(/\d %/);
  });

  await test.step("which datacenter is silent, and what runs in the others", async () => {
    const site = (name: string) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
    await expect(site("sjc, San José")).toContainText(/last message \d+ min ago, 11:52 UTC/);
    await expect(site("lon, London").getByRole("row", { name: /^exporter/ })).toContainText("4.2.0");
    await expect(site("lon, London")).not.toContainText("discovered");
  });
});

test("a rejected message is shown with its fault, fixed and resubmitted", { tag: "@phone" }, async ({
  page,
  baseURL,
}) => {
  test.skip(emulatorHost === "no-pubsub", "This machine has no Pub/Sub emulator, and HTTP rejects to its sender.");
  const reporter = `broken-${randomUUID()}`;
  await publish(emulatorHost, unreadableMessage(reporter));

  const message = page.getByRole("listitem").filter({ hasText: reporter });
  await expect(async () => {
    await page.goto("/status");
    await page.getByRole("link", { name: /^\d+ rejected$/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Rejected messages" })).toBeVisible();
    await expect(message).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(message).toContainText("by Pub/Sub at 13:");
  await expect(message.getByRole("list")).toContainText(
    "/data/reports/0/events must be a whole number from 0 to 9007199254740991; found -3",
  );
  const payload = message.getByText('"events":-3');
  await expect(payload).toBeHidden();
  await message.getByText("Payload and attributes").click();
  await expect(payload).toBeVisible();

  await message.getByText("Resubmit", { exact: true }).click();
  const command = await message.getByText(/^curl -X POST/).textContent();
  const path = /\$TIDEMARK_URL(\/api\/v1\/rejected-messages\/\d+\/resubmit)"/.exec(command ?? "")?.[1];
  const answer = await fetch(`${baseURL}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
    body: countersMessage(reporter, 3),
  });
  expect(answer.ok).toBe(true);
  await page.reload();
  await expect(message).toContainText(/Resubmitted at 13:\d\d UTC by \S+/);
  await expect(message.getByText("Resubmit", { exact: true })).toBeHidden();
});
