import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { WebhookReceiver } from "#test/webhook-receiver.ts";
import { cloudEvent } from "./cloud-event.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { sendEvents } from "./send.ts";
import { signIn } from "./sign-in.ts";
import { tabTo } from "./tab-to.ts";

const token = process.env.E2E_TOKEN ?? "";
let receiver: WebhookReceiver;

test.beforeEach(async () => {
  receiver = await WebhookReceiver.start();
});
test.afterEach(() => receiver.stop());

test(
  "by keys alone: a job is registered, notified of an amended hour, resent what it rejected, and deleted",
  {
    tag: "@phone",
  },
  async ({ page, context, baseURL }, { project }) => {
    // Hours of its own for each project, for they run side by side.
    const [hour, later] =
      project.name === "phone"
        ? (["2026-11-19T04", "2026-11-19T02"] as const)
        : (["2026-11-19T03", "2026-11-19T01"] as const);
    const name = `plays-${randomUUID().slice(0, 8)}`;
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const button = (label: string | RegExp) => page.getByRole("button", { name: label });
    const secret = page.getByRole("region", { name: "Secret, shown only once" });

    await test.step("registered with a contact", async () => {
      await signIn(page, "/consumers");
      await fill(page, "Event type", "SearchQuery");
      await fill(page, "Name", name);
      await fill(page, "Contact", "#plays");
      await fill(page, /^Minimum completeness/, "99");
      await press(page, "Register");
      await tabTo(page, page.getByRole("link", { name: "Create a webhook" }));
      await page.keyboard.press("Enter");
    });

    const first = await test.step("a webhook of its own, whose secret is shown once", async () => {
      await expect(page.getByRole("heading", { level: 1, name: "New webhook" })).toBeVisible();
      await expect(page.getByRole("combobox", { name: "Event type" })).toHaveValue("SearchQuery");
      await expect(page.getByRole("combobox", { name: "Consumer" })).toHaveValue(name);
      await fill(page, "URL", receiver.url);
      await tabTo(page, page.getByRole("checkbox", { name: /own network/ }));
      await page.keyboard.press("Space");
      await expectNoViolations(page);
      await press(page, "Create webhook");
      await expect(page.getByRole("heading", { name: "Secret, shown only once" })).toBeFocused();
      await expectNoViolations(page);
      return copySecret(page);
    });

    await test.step("an hour changes that it never heard of: complete comes, signed with that secret", async () => {
      await tabTo(page, page.getByRole("link", { name: "View webhook" }));
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 1, name: `Webhook of ${name} for SearchQuery` })).toBeVisible();
      await expect(page.getByRole("main")).toContainText("No messages sent yet.");
      await expect(page.getByRole("main")).not.toContainText(first);
      await amend(baseURL, hour);
      await expect.poll(() => receiver.received.length).toBe(1);
      receiver.verify(0, first);
      expect(receiver.received[0]?.body).toMatchObject({
        type: "hour.complete",
        data: { eventType: "SearchQuery", hour, ready: true, before: null },
      });
      await expect(page.getByRole("row").filter({ hasText: hour })).toContainText(/complete.*complete.*delivered/);
    });

    await test.step("the hour is amended, and what the receiver refused for good is sent again by its own button", async () => {
      receiver.answers.push(410);
      await amend(baseURL, hour);
      const refused = page.getByRole("row").filter({ hasText: "failed after 1 attempt: HTTP 410" });
      // An amendment is held until a minute passed without another.
      await expect(refused).toBeVisible();
      await expect(refused).toContainText("amended");
      const { before, after } = receiver.received[1]?.body.data ?? {};
      expect(after.delivered - before.delivered).toBe(30);
      await tabTo(page, page.getByRole("link", { name: "Failed 1" }));
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/\?state=failed$/);
      await expectBothSchemes(page);
      await tabTo(page, refused.getByRole("button"));
      await page.keyboard.press("Enter");
      await expect(page.getByText("No failed messages.")).toBeVisible();
      await expect.poll(() => receiver.received.length).toBe(3);
      expect(receiver.received[2]?.id).toBe(receiver.received[1]?.id);
    });

    await test.step("a new secret: both sign for a day", async () => {
      await press(page, "Rotate secret");
      await expect(button("Create a new secret")).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(secret).toBeVisible();
      const second = await copySecret(page);
      expect(second).not.toBe(first);
      await amend(baseURL, later);
      await expect.poll(() => receiver.received.length).toBe(4);
      receiver.verify(3, first);
      receiver.verify(3, second);
    });

    await test.step("it shows where its type is, and among all consumers", async () => {
      await tabTo(page, page.getByRole("main").getByRole("link", { name: "SearchQuery", exact: true }));
      await page.keyboard.press("Enter");
      const depends = page.getByRole("region", { name: "Consumers" }).getByRole("listitem").filter({ hasText: name });
      await expect(depends.first()).toContainText(`${later} complete, delivered`);
      await tabTo(page, depends.first().getByRole("link", { name: new URL(receiver.url).host }));
      await page.keyboard.press("Enter");
    });

    await test.step("removed, after being asked twice", async () => {
      await press(page, "Delete webhook");
      await expect(button(`Stop notifying ${name}`)).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL("/consumers");
      await fill(page, "Filter", name);
      await expect(page.getByRole("row").filter({ hasText: name })).toContainText("none, create one");
      await expectBothSchemes(page);
    });

    await test.step("the contact changes, the rest stays; then the registration is deleted", async () => {
      await press(page, `Change ${name}, which reads SearchQuery`);
      await expect(page.getByLabel("Contact", { exact: true })).toBeFocused();
      await expect(page.getByLabel(/^Minimum completeness/)).toHaveValue("99");
      await page.keyboard.type("-oncall");
      // What someone else saved meanwhile is shown first, and then saved with the change.
      const lists = /\/api\/v1\/consumers\b/;
      const saved = Promise.withResolvers<void>();
      await page.route(lists, (route) => saved.promise.then(() => route.continue()));
      await describeConsumer(baseURL, name, "Hourly plays.");
      await press(page, "Save");
      await expect(page.getByRole("main").getByRole("alert")).toContainText("changed since you loaded it");
      saved.resolve();
      await expect(page.getByLabel(/^Description/)).toHaveValue("Hourly plays.");
      await press(page, "Save");
      await expect(page.getByRole("row").filter({ hasText: name })).toContainText(/#plays-oncall.*99 %/);
      await expectNoViolations(page);
      await press(page, "Delete");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: `No consumer matches “${name}”` })).toBeVisible();
    });
  },
);

test("a visitor without the scope write sees how to sign in, and can read", { tag: "@phone" }, async ({ page }) => {
  await page.goto("/consumers");
  await expect(page.getByRole("main")).toContainText(
    "Sign in to register consumers and create webhooks. It needs the role editor, or a token with the scope write.",
  );
  await page.goto("/consumers/subscriptions/sub_nowhere");
  await expect(page.getByRole("heading", { name: "Webhook not found" })).toBeVisible();
});

test("no consumer is registered yet: both pages say what to do first", { tag: "@phone" }, async ({ page }) => {
  const empty = process.env.E2E_MONTH_URL ?? "";
  await page.goto(`${empty}/consumers/new-webhook`);
  await expect(page.getByRole("heading", { name: "No registered consumers" })).toBeVisible();
  await expectBothSchemes(page);
  await page.getByRole("link", { name: "Register the job first" }).click();
  await expect(page.getByRole("heading", { name: "No registered consumers" })).toBeVisible();
  await expectBothSchemes(page);
});

test("Tidemark is unreachable: what was shown stays, with its age", async ({ page }) => {
  await page.goto("/consumers");
  await expect(page.getByRole("main")).toContainText(/as of \d+ s ago/);
  await page.route("**/api/v1/**", (route) => route.abort());
  await expect(page.getByRole("main")).toContainText("not refreshed");
  await expect(page.getByRole("heading", { level: 1, name: "Consumers" })).toBeVisible();
});

async function fill(page: Page, label: string | RegExp, text: string): Promise<void> {
  // Suggestions below a field have its name too, outside of the page's content.
  await tabTo(page, page.getByRole("main").getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
}

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole("button", { name, exact: true }));
  await expect(page.getByRole("button", { name, exact: true })).toBeEnabled();
  await page.keyboard.press("Enter");
}

async function copySecret(page: Page): Promise<string> {
  await press(page, "Copy secret");
  await expect(page.getByRole("button", { name: "Copied secret" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^whsec_/);
  return copied;
}

/** Both counts in one batch: the hour stays complete, with other figures. */
async function amend(baseURL: string | undefined, hour: string): Promise<void> {
  const reporter = `ash-found-${randomUUID()}`;
  const report = (stage: string) =>
    cloudEvent("counters", "2026-11-20T13:19:00Z", {
      dc: "ash",
      stage,
      reporter,
      reports: [{ eventType: "SearchQuery", hour, events: 30 }],
    });
  await sendEvents({ url: baseURL ?? "", token }, [report("produced"), report("delivered")]);
}

/** As someone else would, with the rest as it was registered. */
async function describeConsumer(baseURL: string | undefined, name: string, description: string): Promise<void> {
  const answer = await fetch(`${baseURL}/api/v1/event-types/SearchQuery/consumers/${name}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ contact: "#plays", description, minCompleteness: 0.99 }),
  });
  expect(answer.status).toBe(200);
}

async function expectBothSchemes(page: Page): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const red = () => page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0]));
    await expect.poll(async () => (await red()) < 64).toBe(colorScheme === "dark");
    await expectNoViolations(page);
  }
}
