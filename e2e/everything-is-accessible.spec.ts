import { expect, type Page } from "@playwright/test";
import { expectNoColourViolations, expectNoViolations } from "./expect-no-violations.ts";
import { openLive } from "./open-live.ts";
import { test } from "./reading-test.ts";

/** Every kind of page, each by what is read on it once it is there; some have a shape of their own on a phone. */
const places: [path: string, heading: string, shape?: "@phone"][] = [
  ["/", "Board", "@phone"],
  ["/?q=nothing-is-called-so", "No type matches “nothing-is-called-so”"],
  ["/completeness", "Completeness", "@phone"],
  ["/completeness?from=2026-11-19T00&by=delay&type=EndSong&hour=2026-11-20T11", "Completeness", "@phone"],
  ["/completeness?days=7&view=table", "Completeness", "@phone"],
  ["/event-types", "Catalogue", "@phone"],
  ["/event-types?status=discovered", "Catalogue"],
  ["/event-types/EndSong", "EndSong", "@phone"],
  ["/event-types/RoyaltyStatement?from=2026-10-01T00&to=2026-10-02T00", "No verdicts in this range"],
  ["/event-types/PodcastPing", "PodcastPing", "@phone"],
  ["/event-types/EndSong/hours/2026-11-20T11", "EndSong 2026-11-20T11", "@phone"],
  ["/event-types/PlayStart/hours/2026-11-20T11", "PlayStart 2026-11-20T11"],
  ["/event-types/AdImpression/hours/2026-11-20T10", "AdImpression 2026-11-20T10"],
  ["/event-types/SearchQuery/hours/2026-11-20T10", "SearchQuery 2026-11-20T10"],
  ["/event-types/PlaylistEdit/hours/2026-11-20T10", "PlaylistEdit 2026-11-20T10", "@phone"],
  ["/event-types/PlayStart/hours/2026-11-20T13", "PlayStart 2026-11-20T13"],
  ["/event-types/PlayStart/hours/2026-11-18T11", "This hour has no verdict"],
  ["/ready", "Is a day ready?", "@phone"],
  ["/ready?eventTypes=PlayStart,AdImpression&day=2026-11-20&zone=Europe/Stockholm", "Is 2026-11-20 ready?", "@phone"],
  ["/ready?eventTypes=EndSnog&day=2026-11-20&zone=UTC", "Is 2026-11-20 ready?"],
  ["/consumers", "Consumers", "@phone"],
  ["/consumers?q=nobody-is-called-so", "Consumers"],
  ["/consumers/new-webhook", "New webhook", "@phone"],
  ["/consumers/subscriptions/nowhere", "Webhook not found"],
  ["/datacenters", "Datacenters", "@phone"],
  ["/datacenters/sjc", "sjc", "@phone"],
  ["/datacenters/nowhere", "Datacenter not found"],
  ["/deployments", "Deployments", "@phone"],
  ["/deployments?datacenter=ash", "No deployments reported"],
  ["/deployments/hooks", "Deployment hooks", "@phone"],
  ["/deployments/hooks/nowhere", "Deployment hook not found"],
  ["/deployments/new-hook", "New deployment hook", "@phone"],
  ["/sources", "Sources", "@phone"],
  ["/new-source", "New source", "@phone"],
  ["/sources/nowhere", "Source not found"],
  ["/service-levels", "Service levels, November 2026", "@phone"],
  ["/service-levels?month=2026-01", "No objectives in this period"],
  ["/corrections", "Corrections", "@phone"],
  ["/corrections/new?action=accept-hour&eventType=EndSong&from=2026-11-20T11", "Accept hours", "@phone"],
  ["/rejected-messages", "Rejected messages", "@phone"],
  ["/status", "Status", "@phone"],
  ["/event-types/EndSong/trends", "EndSong", "@phone"],
  ["/event-types/EndSong/settings", "EndSong"],
  ["/alerts", "Active alerts", "@phone"],
  ["/alerts/rules", "Rules", "@phone"],
  ["/alerts/rules/deadline-near", "deadline-near", "@phone"],
  ["/alerts/rules/nowhere", "Rule not found"],
  ["/alerts/new-rule", "New rule", "@phone"],
  ["/alerts/silences?matchers=datacenter%3D%22sjc%22", "Silences", "@phone"],
  ["/alerts/on-call", "On call", "@phone"],
  ["/alerts/on-call/data-platform", "data-platform", "@phone"],
  ["/alerts/on-call/nowhere", "Schedule not found"],
  ["/alerts/new-on-call-schedule", "New on-call schedule", "@phone"],
  ["/alerts/channels", "Channels", "@phone"],
  ["/alerts/new-channel?type=email", "New channel", "@phone"],
  ["/alerts/deliveries?state=failed", "Deliveries", "@phone"],
  ["/audit", "For administrators", "@phone"],
  ["/docs", "Getting started", "@phone"],
  ["/docs/protocol", "What reporters send"],
  ["/sign-in", "Sign in to Tidemark", "@phone"],
  ["/no/such/page", "Page not found"],
  ["/api/docs", "Tidemark API"],
];

for (const [path, heading, shape] of places) {
  test(`${path} in light and dark`, { tag: shape ?? [] }, async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(path);
    // An empty list has a heading of its own below, such as "No corrections".
    await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
    await expectNoViolations(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectDark(page);
    await expectNoColourViolations(page);

    await page.setViewportSize({ width: 390, height: 844 });
    await expectNothingScrollsSideways(page);
  });
}

test("the list of keys is accessible in light and dark", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await openLive(page, "/");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectNoViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectDark(page);
  await expectNoColourViolations(page);
});

test("the first Tab leads past the navigation to the content", async ({ page }) => {
  await page.goto("/status");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

/** Else the rules would be asked of the light page twice. */
async function expectDark(page: Page): Promise<void> {
  const red = () => page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0]));
  await expect.poll(red, "the page turns dark").toBeLessThan(64);
}

async function expectNothingScrollsSideways(page: Page): Promise<void> {
  const widest = () =>
    page.evaluate(() => ({
      page: document.documentElement.scrollWidth,
      outside: [...document.querySelectorAll("main *, header *, section *")]
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
        .map((element) => element.outerHTML.slice(0, 120))
        .slice(0, 3),
    }));
  await expect.poll(async () => (await widest()).page, { message: JSON.stringify(await widest()) }).toBe(390);
}
