import { expect, type Page, test } from "@playwright/test";
import { openLive } from "./open-live.ts";
import { tabTo } from "./tab-to.ts";

const lateHour = "2026-11-20T11";
/** Others acknowledge it meanwhile. */
/** As the hour says it, or its incident once the lanes have been sampled for some minutes. */
const silentCause = /sjc (has sent nothing, of any type, since|stopped sending messages of any type at) 11:52 UTC\./;
/** The same as a title of rows. */
const groupedCause = /sjc (has sent nothing since|stopped sending messages of any type at) 11:52 UTC\./;
const alertMark = /^(page|page ✓|silenced|inhibited)( \+\d)?: incident \d+, page since /;

test("what is late, where it hangs, and why", { tag: "@phone" }, async ({ page }) => {
  await openLive(page, "/");

  await test.step("one sentence answers before any question", async () => {
    const now = page.getByRole("region", { name: "Now" });
    await expect(now).toContainText(
      "1 of 10 types late since 13:00 UTC, held up by sjc. 1 incomplete, 1 overcounted and 1 unverified.",
    );
    const sjc = now.getByRole("list", { name: "Datacenters" }).getByRole("link", { name: /sjc/ });
    await expect(sjc).toContainText("silent since 11:52 UTC");
    const lon = now.getByRole("list", { name: "Datacenters" }).getByRole("link", { name: /lon/ });
    await expect(lon.getByRole("img", { name: /^Lag of lon over the last 6 h: now \d+ min, at most / })).toBeVisible();
    // Everywhere the same versions: they are in the tooltip only.
    await expect(lon).not.toContainText("4.2.0");
    await expect(lon).toHaveAttribute("title", /Running: exporter 4\.2\.0 in 1 instance\./);
    await expect(lon).toHaveAttribute("title", /no comparison/);
  });

  await test.step("the incident that it is part of is one step away", async () => {
    const mark = boardRows(page).first().getByRole("link", { name: alertMark });
    await expect(mark).toHaveAttribute("title", /^Incident \d+: page since 2026-11-20 11:52 UTC, /);
    await mark.click();
    await expect(page).toHaveURL(/\/alerts\/incidents\/\d+$/);
    await expect(page.getByRole("heading", { level: 1, name: /sjc/ })).toBeVisible();
    await page.goBack();
  });

  await test.step("the late type comes first, the calm ones last", async () => {
    const rows = boardRows(page);
    await expect(rows).toHaveCount(10);
    await expect(rows.first()).toContainText("EndSong");
    await expect(rows.first()).toContainText("late");
    await expect(rows.first()).toContainText("payments");
    await expect(rows.first()).toContainText(/\d+ min \/ 60 min/);
    await expect(rows.first()).toContainText("sjc");
    await expect(rows.nth(1)).toContainText("AdImpression");
    await expect(rows.nth(1)).toContainText("incomplete");
    await expect(rows.last()).toContainText("complete");
  });

  await test.step("who else waits for sjc", async () => {
    await page.getByRole("list", { name: "Datacenters" }).getByRole("link", { name: /sjc/ }).click();
    await page.getByRole("link", { name: "Event types held up by sjc, on the board" }).click();
    await expect(page).toHaveURL(/\?q=dc%3Asjc$/);
    await expect(page.getByRole("searchbox", { name: "Filter event types" })).toHaveValue("dc:sjc");
    await expect(boardRows(page)).toHaveCount(1);
    await expect(page.getByRole("status").filter({ hasText: "1 of 10 types" })).toBeVisible();
  });

  await test.step("why, beside the board", async () => {
    await boardRows(page).first().getByRole("link", { name: "EndSong", exact: true }).click();
    const sheet = page.getByRole("complementary", { name: /EndSong/ });
    await expect(sheet).toContainText("waiting for sjc");
    await expect(sheet).toContainText("sjc has sent nothing since 11:52 UTC.");
    await expect(sheet).toContainText(new RegExp(`Likely cause: ${silentCause.source}`));
    await expect(sheet.getByRole("region", { name: "Alerts" })).toContainText(/Incident \d+: page since 11:52 UTC, /);
    await expect(page).toHaveURL(/open=EndSong/);
  });

  await test.step("its hours, the late one among them", async () => {
    await page.getByRole("complementary").getByRole("link", { name: "EndSong", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "EndSong" })).toBeVisible();
    await expect(page.getByText("Artists are paid from these hours.")).toBeVisible();
    const hour = page.getByRole("row", { name: new RegExp(`^${lateHour}`) });
    await expect(hour).toContainText("late");
    await expect(hour).toContainText("so far");
    await hour.getByRole("link", { name: lateHour }).click();
  });

  await readsWhyItIsLate(page);
});

test("on-call finds what is late with the keyboard alone", async ({ page }) => {
  await openLive(page, "/");
  const focused = page.locator(":focus");

  await page.keyboard.press("j");
  await expect(focused).toHaveText("EndSong");
  // Others amend hours meanwhile; while the focus is on the list, its order stays.
  const second = (await boardRows(page).nth(1).locator("[data-row-link]").textContent()) ?? "";
  await page.keyboard.press("j");
  await expect(focused).toHaveText(second);
  await page.keyboard.press("k");
  await expect(focused).toHaveText("EndSong");

  await test.step("/ writes into the filter, Esc leaves it", async () => {
    await page.keyboard.press("/");
    await expect(focused).toHaveAccessibleName("Filter event types");
    await page.keyboard.type("state:late");
    // Half-typed, "stat" leaves RoyaltyStatement alone.
    await expect(boardRows(page)).toHaveText([/EndSong/]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await expect(focused).toHaveText("EndSong");
  });

  await test.step("← goes back through its hours, Enter opens one", async () => {
    await page.keyboard.press("ArrowLeft");
    await expect(focused).toHaveAccessibleName(/^EndSong 2026-11-20T13 open/);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(focused).toHaveAccessibleName(`EndSong ${lateHour} late, not closed`);
    await page.keyboard.press("Enter");
  });

  await readsWhyItIsLate(page);
});

test("types one after the other in the side sheet, and back to the board, by keys", async ({ page }) => {
  // Whose hours no other test amends.
  await openLive(page, "/?q=tier:high");
  const sheet = page.getByRole("complementary");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(sheet).toContainText("waiting for sjc");
  await page.keyboard.press("j");
  await expect(sheet.getByRole("heading", { level: 2 })).toContainText("AdImpression");
  await expect(sheet).toContainText("lost");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.locator(":focus")).toHaveText("AdImpression");
  await page.keyboard.press("Enter");
  await expect(sheet.getByRole("heading", { level: 2 })).toContainText("AdImpression");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "AdImpression" })).toBeVisible();
});

test("chips narrow the board, groups order it, and a view of both is kept by name", async ({ page }) => {
  await openLive(page, "/");
  await page.getByRole("button", { name: /^high tier/ }).click();
  await expect(page.getByRole("button", { name: /^high tier/, pressed: true })).toBeVisible();
  await expect.poll(() => boardRows(page).count()).toBeLessThan(10);
  await page.getByRole("group", { name: "Group by" }).getByRole("button", { name: "owner" }).click();
  await expect(page.getByRole("rowheader", { name: /payments 1 type 1 late|payments \d+ types 1 late/ })).toBeVisible();
  await page.getByText("Views", { exact: true }).click();
  await page.getByRole("textbox", { name: "Name of the current view" }).fill("Ours");
  await page.getByRole("button", { name: "Save" }).click();

  await openLive(page, "/");
  await page.getByText("Views", { exact: true }).click();
  await page.getByRole("link", { name: "Ours" }).click();
  await expect(page).toHaveURL(/group=owner/);
  await expect(page.getByRole("button", { name: /^high tier/, pressed: true })).toBeVisible();
});

test("what fires, narrowed and grouped by its cause, with the keyboard alone", async ({ page }) => {
  await openLive(page, "/");
  const focused = page.locator(":focus");
  await expect(boardRows(page).first().getByRole("link", { name: alertMark })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("alert:firing");
  await expect(boardRows(page)).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^alert 1$/, pressed: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await tabTo(page, page.getByRole("button", { name: /^alert 1$/ }));
  await page.keyboard.press("Enter");
  await expect(boardRows(page)).toHaveCount(10);

  await tabTo(page, page.getByRole("group", { name: "Group by" }).getByRole("button", { name: "cause" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/group=cause/);
  const title = page.getByRole("rowheader", { name: /sjc .*1 type 1 late, 1 with an alert$/ });
  await expect(title).toContainText(groupedCause);
  await expect(page.getByRole("rowheader", { name: /^no trouble/ })).toBeVisible();

  await test.step("through the groups by j, to the incident by Tab", async () => {
    await tabTo(page, page.getByRole("link", { name: "EndSong", exact: true }));
    await page.keyboard.press("j");
    await expect(focused).not.toHaveText("EndSong");
    await page.keyboard.press("k");
    await expect(focused).toHaveText("EndSong");
    await page.keyboard.press("Tab");
    await expect(focused).toHaveAccessibleName(alertMark);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: /sjc/ })).toBeVisible();
  });
});

test("causes that cannot be read are said to be so, and the rows still stand in their groups", async ({ page }) => {
  await page.route("**/api/v1/explanation", (route) => route.abort("connectionrefused"));
  await openLive(page, "/?group=cause");
  await expect(page.getByRole("rowheader", { name: /^sjc .*1 type 1 late, 1 with an alert$/ })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Couldn’t load the causes" })).toBeVisible();
  await expect(page.getByRole("row", { name: /EndSong/ })).toBeVisible();
});

test("of a thousand types those near the screen are drawn, and keys and filter reach all", async ({ page }) => {
  await page.route("**/api/v1/board/compact", async (route) => {
    const answer = await route.fetch();
    const board = await answer.json();
    const calm = board.items.at(-1);
    const more = Array.from({ length: 990 }, (_, at) => ({ ...calm, eventType: `Copy${String(at).padStart(3, "0")}` }));
    const counts = { ...board.counts, complete: board.counts.complete + more.length };
    await route.fulfill({ response: answer, json: { ...board, items: [...board.items, ...more], counts } });
  });
  await openLive(page, "/");
  const focused = page.locator(":focus");
  await expect(page.getByRole("status").filter({ hasText: "1,000 types" })).toBeVisible();
  await expect.poll(() => boardRows(page).count()).toBeLessThan(80);
  for (let pressed = 0; pressed < 60; pressed += 1) await page.keyboard.press("j");
  await expect(focused).toHaveText("Copy049");
  await expect(focused).toBeInViewport();

  await test.step("what has the focus stays, however far one looks away", async () => {
    await page.keyboard.press("End");
    await expect(page.getByRole("link", { name: "Copy989", exact: true })).toBeInViewport();
    await expect(page.getByRole("row").filter({ hasText: "Copy989" })).toHaveAttribute("aria-rowindex", "1001");
    await expect(focused).toHaveText("Copy049");
    await page.keyboard.press("j");
    await expect(focused).toHaveText("Copy050");
    await expect(focused).toBeInViewport();
  });

  await test.step("the filter finds what was not drawn", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("copy77");
    await expect(boardRows(page)).toHaveCount(10);
    await expect(page.getByRole("link", { name: "Copy775", exact: true })).toBeInViewport();
  });
});

test("the keys are listed by ?, and can be turned off", async ({ page }) => {
  await openLive(page, "/");
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys).toContainText("next and previous event type on the board");
  await keys.getByRole("checkbox", { name: "Enable single-key shortcuts in this browser" }).uncheck();
  await keys.getByRole("button", { name: "Close" }).click();
  await expect(keys).toBeHidden();

  await page.keyboard.press("/");
  await page.keyboard.press("j");
  await expect(page.getByRole("searchbox", { name: "Filter event types" })).not.toBeFocused();
  await expect(page.getByRole("link", { name: "EndSong", exact: true })).not.toBeFocused();
});

/** The rows below the head: each has a type's name as its header. */
function boardRows(page: Page) {
  const table = page.getByRole("table", { name: "Event types, worst first" });
  return table.getByRole("row").filter({ has: page.getByRole("rowheader") });
}

async function readsWhyItIsLate(page: Page): Promise<void> {
  await test.step("the hour says in words what holds it up", async () => {
    await expect(page).toHaveURL(new RegExp(`/event-types/EndSong/hours/${lateHour}$`));
    await expect(page.getByRole("heading", { level: 1, name: `EndSong ${lateHour}` })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(
      /Late\. 2 of 3 datacenters have closed it, waiting for sjc; the deadline passed \d+ min ago\./,
    );
    const why = page.getByRole("region", { name: "Why" });
    // Once: not again as what was found.
    await expect(why.getByText(silentCause)).toHaveCount(1);
    const sjc = page.getByRole("region", { name: "Datacenters" }).getByRole("row", { name: /^sjc/ });
    await expect(sjc).toContainText("not yet (watermark 11:38 UTC)");
    await expect(sjc).toContainText("230 not delivered yet");
  });
}
