import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { choose } from "./choose.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { openLive } from "./open-live.ts";
import { signIn } from "./sign-in.ts";

test("on-call silences an incident by keys alone, having seen what that hides, and ends it", async ({ page }) => {
  await signIn(page, "/alerts");
  const link = await incidentOf(page);
  await link.press("Enter");
  await expect(page.getByRole("button", { name: "Note" })).toBeVisible();
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/alerts\/silences\?matchers=cause/);

  const hides = page.getByRole("status", { name: "Preview" });
  await expect(page.getByRole("combobox", { name: "Label 1" })).toHaveValue("cause");
  await expect(page.getByRole("textbox", { name: "Value 1" })).not.toHaveValue("");
  await expect(hides).toContainText(/Matches \d+ firing alerts?:/);
  await expect(hides).toContainText("In the last 7 days it would have silenced");
  await choose(page, "Duration", "30 min");
  const reason = `The racks in sjc are moved ${Date.now()}`;
  await page.getByLabel("Reason").focus();
  await page.keyboard.type(reason);
  await expect(page.getByRole("button", { name: "Silence", exact: true })).toBeEnabled();
  await page.keyboard.press("Enter");

  const active = page.getByRole("region", { name: "Active" }).getByRole("listitem").filter({ hasText: reason });
  await expect(active).toContainText("by admin");
  await expect(page.getByRole("alert").filter({ hasText: /^Silenced until / })).toBeVisible();
  await expectNoViolations(page);
  await active.getByRole("button", { name: "Extend by 1 h" }).press("Enter");
  await expect(active).toContainText("end moved by admin");
  await active.getByRole("button", { name: "Expire" }).focus();
  await page.keyboard.press("Enter");
  await expect(active.getByRole("button", { name: "Expire now" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Ended" })).toContainText(reason);
});

test("a silence made by mistake is undone from its toast", async ({ page }) => {
  await signIn(page, "/alerts/silences?matchers=datacenter%3D%22ash%22");
  const reason = `Not this one ${Date.now()}`;
  await page.getByLabel("Reason").fill(reason);
  await page.getByRole("button", { name: "Silence", exact: true }).click();
  const active = page.getByRole("region", { name: "Active" }).getByRole("listitem").filter({ hasText: reason });
  await expect(active).toBeVisible();
  const toast = page.getByRole("alert").filter({ hasText: /^Silenced until / });
  await toast.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Undone." })).toBeVisible();
  await expect(active).toBeHidden();
  await expect(page.getByRole("region", { name: "Ended" })).toContainText(reason);
});

test("a silence is written as a file, and the form has what the file says", async ({ page }) => {
  await signIn(page, "/alerts/silences?matchers=datacenter%3D%22ash%22");
  const form = page.getByRole("form", { name: "New silence" });
  await form.getByRole("button", { name: "Edit as file" }).click();
  const file = form.getByLabel("Document");
  await expect(file).toHaveValue(/kind: Silence\n[\s\S]*datacenter="ash"/);
  const reason = `From a file ${Date.now()}`;
  const written = await file.inputValue();
  await file.fill(written.replace(/reason: .*/, "reasons: x"));
  await expect(form).toContainText("spec.reasons is not a field of a silence.");
  await expect(form.getByRole("button", { name: "Silence", exact: true })).toBeDisabled();
  await file.fill(written.replace(/reason: .*/, `reason: ${reason}`));
  await form.getByRole("button", { name: "Edit in the form" }).click();
  await expect(form.getByLabel("Reason")).toHaveValue(reason);
  await form.getByRole("button", { name: "Silence", exact: true }).click();
  const active = page.getByRole("region", { name: "Active" }).getByRole("listitem").filter({ hasText: reason });
  await expect(active).toBeVisible();
  await active.getByRole("button", { name: "Expire" }).click();
  await active.getByRole("button", { name: "Expire now" }).click();
  await expect(page.getByRole("region", { name: "Ended" })).toContainText(reason);
});

test("links of messages land on what they are for", async ({ page }) => {
  await openLive(page, "/alerts");
  const link = await incidentOf(page);
  const incident = (await link.getAttribute("href")) ?? "";
  await page.goto(`${incident}#silence`);
  await expect(page.getByRole("region", { name: "Respond" }).getByRole("link", { name: /^Silence/ })).toBeFocused();
  await page.goto("/status");
  await page.goto(`${incident}#acknowledge`);
  await expect(page.getByRole("region", { name: "Respond" })).toBeInViewport();
});

test("a rule in words, its threshold moved by key, and where its alerts go", { tag: "@phone" }, async ({ page }) => {
  await openLive(page, "/alerts/rules");
  await page.getByRole("link", { name: "deadline-near" }).click();
  await expect(page.getByText("Fires when an ended hour is not closed after 80 % of its deadline.")).toBeVisible();
  const threshold = page.getByRole("slider", { name: /^Threshold/ });
  await expect(threshold).toHaveAttribute("aria-valuetext", "80 %");
  await threshold.press("ArrowLeft");
  await expect(page.getByLabel("is above", { exact: true })).toHaveValue("70");
  await page.getByRole("button", { name: "Show as file" }).click();
  await expect(page.getByLabel("Document", { exact: true })).toHaveValue(/threshold: 70%/);
  await expect(page.getByText(/^As edited: .* after 70 % of its deadline/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Routing" })).toContainText("To on-call");
  await expect(page.getByText("to save it. It needs the role editor, or a token with the scope write.")).toBeVisible();
});

test("a channel is made, tested, its delivery read and sent again, and it is taken away", async ({ page }) => {
  await signIn(page, "/alerts/new-channel?type=webhook");
  const receiver = await listen();
  await page.getByLabel("Name", { exact: true }).fill("e2e-hook");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByLabel("URL")).toHaveAccessibleDescription(/must be a URL/i);
  await page.getByLabel("URL").fill(receiver.url);
  await page.getByLabel("Name", { exact: true }).press("Enter");
  // A receiver on this machine is refused unless that is meant.
  await expect(page.getByLabel("URL")).toHaveAccessibleDescription(/^127\.0\.0\.1 is a private address/);
  await page.getByLabel("The receiver is in a private network").check();
  await page.getByLabel("Name", { exact: true }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "e2e-hook" })).toBeVisible();
  await page.getByRole("button", { name: "Send test" }).click();
  await expect(page.getByText(/^The test is .*sent/)).toBeVisible();
  expect(receiver.bodies).toEqual([expect.stringContaining("e2e-hook")]);
  await receiver.close();
  await expectNoViolations(page);

  await goToTab(page, "Deliveries");
  await choose(page, "To", "e2e-hook");
  await expect(page).toHaveURL(/channel=e2e-hook/);
  await page.getByRole("link", { name: "Test of the channel e2e-hook" }).first().click();
  await expect(page.getByRole("table", { name: "Attempts" }).getByRole("row")).not.toHaveCount(0);
  await expect(page.getByText('"kind": "test"')).toBeVisible();
  await page.getByRole("button", { name: /^(Resend|Retry now)$/ }).click();
  await expect(page.getByText("Queued. The attempts show its status.")).toBeVisible();
  await expectNoViolations(page);

  await goToTab(page, "Channels");
  await expect(page.getByRole("list", { name: "Routing tree" })).toContainText('severity="page"');
  await page.getByRole("table", { name: "Channels" }).getByRole("link", { name: "e2e-hook" }).click();
  await page.getByRole("button", { name: "Delete channel" }).click();
  await page.getByRole("button", { name: "Delete e2e-hook" }).click();
  await expect(page).toHaveURL(/\/alerts\/channels$/);
  await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
  await expect(page.getByRole("link", { name: "e2e-hook" })).toHaveCount(0);
});

test("⌘K finds an incident by what it says", async ({ page }) => {
  await openLive(page, "/alerts");
  await incidentOf(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Go to" }).fill("sjc");
  await page
    .getByRole("button", { name: /incident, (open|acknowledged)/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/alerts\/incidents\/\d+$/);
});

/** The silence of sjc, which is an incident 45 s after the tests begin. */
async function incidentOf(page: Page): Promise<Locator> {
  const link = page.getByRole("list", { name: "Open incidents" }).getByRole("link", { name: /sjc/ });
  await expect(link).toBeVisible();
  return link;
}

/** A webhook's receiver on this machine. */
async function listen() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(await text(request));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${port}/hook`, bodies, close };
}

async function goToTab(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Alerts" }).getByRole("link", { name }).click();
}
