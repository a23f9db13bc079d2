import { type APIRequestContext, expect, test } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import { signIn } from "./sign-in.ts";

// The month of flights: February 2001 has begun, and January is not frozen yet.
const month = process.env.E2E_MONTH_URL ?? "";

async function applyChannel(request: APIRequestContext, url: string, name: string): Promise<void> {
  const answer = await request.put(`${url}/api/v1/channels/${name}`, {
    headers: { authorization: `Bearer ${process.env.E2E_TOKEN ?? ""}` },
    data: {
      type: "email",
      to: ["managers@example.com"],
      smtp: { host: "127.0.0.1", port: 1, tls: "none" },
      monthlyDigest: { tier: "high" },
    },
  });
  expect(await answer.text()).toContain(name);
  expect(answer.ok()).toBe(true);
}

test("the page of a channel says which digest comes when, and shows it before it is sent", {
  tag: "@phone",
}, async ({ page, request }) => {
  await applyChannel(request, month, "managers");
  await page.goto(`${month}/alerts/channels/managers`);
  const digest = page.getByRole("region", { name: "Monthly digest" });
  await expect(digest).toContainText(
    "Service levels of the high tier, in text and HTML. January 2001’s digest is sent",
  );
  await expectNoViolations(page);
  await digest.getByRole("link", { name: "Preview last month’s digest" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Service levels, January 2001" })).toBeVisible();
  // As an independent program counts them: see manager-checks-january-by-the-raw-figures.
  await expect(page.locator("body")).toContainText("216 of 2,232 hours late");
  await expect(page.locator("body")).toContainText("Not frozen yet: its figures may change until 3 Feb 2001.");
  // The mail leaves the ground to whoever shows it; what reckons contrasts takes that for white unless it is said.
  await page.addStyleTag({ content: "body { background: Canvas; color: CanvasText }" });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoViolations(page);
  }
  const tooWide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(tooWide)).toBe(0);
  const report = page.getByRole("link", { name: "View the full report" });
  await expect(report).toHaveAttribute("href", /\/service-levels\?month=2001-01&tier=high$/);
});

test("a requested digest of last month names what it cannot compare", async ({ page, request, baseURL }) => {
  await applyChannel(request, baseURL ?? "", "digest-of-nothing");
  await signIn(page, "/alerts/channels/digest-of-nothing");
  await page.getByRole("button", { name: "Send last month’s digest now" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "digest" })).toContainText(
    "The digest is empty: none of its event types was active in 2026-10.",
  );
});
