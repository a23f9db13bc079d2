import { expect, test } from "@playwright/test";
import { expectNoViolations } from "./expect-no-violations.ts";
import { openLive } from "./open-live.ts";
import { signIn } from "./sign-in.ts";

const silence = /sjc/;

test("one incident for sjc's silence: what, since when, why, and what it affects", { tag: "@phone" }, async ({
  page,
}) => {
  await openLive(page, "/alerts");
  const open = page.getByRole("list", { name: "Open incidents" });
  await expect(open.getByRole("link", { name: silence })).toHaveCount(1);
  await open.getByRole("link", { name: silence }).click();

  await expect(page.getByRole("heading", { level: 1, name: silence })).toBeVisible();
  await expect(page.getByRole("region", { name: "Likely cause" })).toContainText("sjc");
  const affected = page.getByRole("region", { name: "Affected hours", exact: true });
  // The day goes on while it is read: the later it is, the likelier the second hour misses its deadline too.
  const impact = /2 hours of 1 event type affected: 1 deadline missed(, 1 at risk)?; none recovered yet\./;
  await expect(affected).toContainText(impact);
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("noticed after");
  await expect(page.getByText("It needs the role responder, or a token with the scope respond.")).toBeVisible();
  await expectNoViolations(page);
});

test("the six acts are one row of whole labels on every phone", { tag: "@phone" }, async ({ page }) => {
  await signIn(page, "/alerts");
  await page.getByRole("list", { name: "Open incidents" }).getByRole("link", { name: silence }).click();
  const acts = page.getByRole("region", { name: "Respond" });
  // Another test may have acknowledged it: of six acts five are left.
  await expect(acts.getByRole("button", { name: "Resolve" })).toBeVisible();
  for (const width of [360, 390, 412]) {
    await page.setViewportSize({ width, height: 800 });
    const buttons = await acts.locator("button, a").all();
    expect(buttons.length).toBeGreaterThanOrEqual(5);
    const boxes = await Promise.all(buttons.map((button) => button.evaluate(boxesOf)));
    expect(new Set(boxes.map(({ top }) => top)).size, `one row at ${width} px`).toBe(1);
    for (const { label, button, text } of boxes) {
      expect(text.left, `${label} at ${width} px`).toBeGreaterThanOrEqual(button.left);
      expect(text.right, `${label} at ${width} px`).toBeLessThanOrEqual(button.right);
    }
    const right = Math.max(...boxes.map(({ button }) => button.right));
    expect(right, `within the screen at ${width} px`).toBeLessThanOrEqual(width);
  }
});

/** Runs in the browser. Of an act its own box, and that of its words as they are written, cut or not. */
function boxesOf(act: Element) {
  const { left, right, top } = act.getBoundingClientRect();
  const words = document.createRange();
  words.selectNodeContents(act);
  const text = words.getBoundingClientRect();
  return { label: act.textContent, top, button: { left, right }, text: { left: text.left, right: text.right } };
}

test("on-call signs in, acknowledges by key with a note, and it stands in the timeline", async ({ page }) => {
  await signIn(page, "/alerts");
  await page.getByRole("list", { name: "Open incidents" }).getByRole("link", { name: silence }).click();
  await page.getByRole("button", { name: "Note" }).click();
  await page
    .getByRole("textbox", { name: "Note" })
    .fill("The exporter's host is gone.\nSee https://wiki.example.com/exporter: a new one is starting.");
  await page.getByRole("button", { name: "Add note" }).click();
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline).toContainText("a new one is starting");
  await expect(timeline.getByRole("link", { name: "https://wiki.example.com/exporter" })).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("e");
  await expect(timeline).toContainText("Acknowledged.");
  await expect(page.getByRole("main")).toContainText("Acknowledged by admin.");
  await expect(page.getByRole("button", { name: /^Acknowledge/ })).toBeHidden();
  await page.getByRole("button", { name: "Assign" }).click();
  await page.getByRole("textbox", { name: "Assign to" }).fill("mira");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toContainText("Assigned to mira.");
  await page.getByRole("button", { name: "Snooze" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("The host is being replaced.");
  await page.getByRole("button", { name: "Snooze", exact: true }).last().click();
  await expect(timeline).toContainText("Snoozed until");
  await page.getByRole("button", { name: "Snoozed" }).click();
  await page.getByRole("button", { name: "Unsnooze" }).click();
  await expect(timeline).toContainText("Snooze ended by hand");
  // Its alerts still fire: to end it by hand would open it again at once.
  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "still fire" })).toBeVisible();
  await expectNoViolations(page);
});
