import { expect, type Page, test } from "@playwright/test";
import { type ExpectedHour, readExpectedHours } from "#test/flights.ts";
import { tabTo } from "./tab-to.ts";

// A whole month of flights, as an independent program judged it: its figures, added up here, against those on the page.
const dashboard = process.env.E2E_MONTH_URL ?? "";
const promise = 0.95;
const expected = readExpectedHours();
const isLate = ({ closingDelaySeconds }: ExpectedHour) => closingDelaySeconds > 3_600;
const days = Array.from({ length: 31 }, (_, index) => index + 1);
const grouped = (count: number) => count.toLocaleString("en-US");

for (const eventType of [null, "LongHaul", "MediumHaul", "ShortHaul"]) {
  const hours = expected.filter((hour) => eventType === null || hour.eventType === eventType);
  const late = hours.filter(isLate);
  const allowed = (1 - promise) * hours.length;

  test(`January of ${eventType ?? "all flights"}: attainment, budget and every day of the calendar`, {
    tag: eventType === null ? "@phone" : [],
  }, async ({ page }) => {
    await page.goto(`${dashboard}/service-levels?month=2001-01${eventType === null ? "" : `&eventType=${eventType}`}`);
    await expect(page.getByRole("heading", { level: 1, name: "Service levels, January 2001" })).toBeVisible();
    const onTime = page.getByRole("region", { name: "On time", exact: true });
    await expect(onTime).toContainText(`${grouped(late.length)} of ${grouped(hours.length)} hours late.`);
    await expect(onTime).toContainText(`objective 95 % ${late.length > allowed ? "missed" : "met"}`);
    const said = (await onTime.textContent()) ?? "";
    expectPercent(/On time([\d.]+) %/.exec(said)?.[1], 1 - late.length / hours.length);
    expectPercent(/Weighted by events ([\d.]+) %/.exec(said)?.[1], 1 - events(late) / events(hours));
    const shown =
      (await onTime
        .getByText(/error budget overspent|error budget left/)
        .first()
        .textContent()) ?? "";
    const budget = /budget overspent: (\d+), limit ([\d.]+)|\((\d+) of ([\d.]+) spent\)/.exec(shown);
    expect(Number(budget?.[1] ?? budget?.[3])).toBe(late.length);
    expect(Math.abs(Number(budget?.[2] ?? budget?.[4]) - allowed)).toBeLessThanOrEqual(0.5);
    expect(await readCalendar(page)).toEqual(days.map((day) => calendarDay(day, hours, allowed)));
  });
}

test("the figures behind it: 216 of 2,232 hours took longer than 60 minutes", () => {
  expect([expected.length, expected.filter(isLate).length]).toEqual([2_232, 216]);
});

test("by keys alone: from the board to January, its worst type, what held it up, and all of it on paper", {
  tag: "@phone",
}, async ({ page }) => {
  await page.goto(`${dashboard}/service-levels`);
  // February is running: the page opens on the month before.
  await expect(page.getByRole("heading", { level: 1, name: "Service levels, January 2001" })).toBeVisible();
  await tabTo(page, page.getByRole("combobox", { name: "Tier" }));
  await page.keyboard.type("high");
  await tabTo(page, page.getByRole("button", { name: "Show" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/month=2001-01&tier=high/);

  const [worstType = ""] = ranking(({ eventType }) => eventType);
  const [worstPlace = ""] = ranking(({ lastDatacenter }) => lastDatacenter.trim());
  await expect(page.getByRole("main")).toContainText(
    new RegExp(`were held up by (${worstPlace}|several datacenters)\\.`),
  );
  const worst = page.getByRole("region", { name: /Five worst/ }).getByRole("link", { name: worstType });
  await tabTo(page, worst);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`eventType=${worstType}`));
  await expect(page.getByRole("main")).toContainText(`${worstType}’s hours on time`);
  await tabTo(page, page.getByRole("link", { name: `Only ${worstType}: show all types` }));
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/eventType/);

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tidemark report: Service levels, January 2001");
});

function events(hours: readonly ExpectedHour[]): number {
  return hours.reduce((total, { produced }) => total + produced, 0);
}

/** Names by their late hours, the most first. */
function ranking(nameOf: (hour: ExpectedHour) => string): string[] {
  const late = Map.groupBy(expected.filter(isLate), nameOf);
  return [...late].sort(([, a], [, b]) => b.length - a.length).map(([name]) => name);
}

/** What a day's cell has to say of it, whatever the rounding of its words. */
function calendarDay(day: number, hours: readonly ExpectedHour[], allowed: number) {
  const name = String(day).padStart(2, "0");
  const lateThen = (to: string) => hours.filter((hour) => isLate(hour) && hour.hour <= `2001-01-${to}T23`).length;
  const ofDay = hours.filter(({ hour }) => hour.startsWith(`2001-01-${name}`));
  const left = 1 - lateThen(name) / allowed;
  return {
    day,
    late: ofDay.filter(isLate).length,
    due: ofDay.length,
    left: left < 0 ? "overspent" : Math.floor(left * 100 + 1e-9),
  };
}

async function readCalendar(page: Page) {
  const cells = page.getByRole("region", { name: "Day by day" }).getByRole("cell").filter({ hasText: /\S/ });
  const read = await cells.evaluateAll((all) =>
    all.map((cell) => ({ text: cell.textContent ?? "", title: cell.getAttribute("title") ?? "" })),
  );
  return read.map(({ text, title }) => {
    const [, day, late, left] = /^(\d+)\sJan(on time|\d+ late)(overspent|\d+ % left)$/.exec(text) ?? [];
    const [, missed, due] = /^(\d+) of (\d+) hours late/.exec(title) ?? [];
    const lateHours = late === "on time" ? 0 : Number.parseInt(late ?? "", 10);
    expect(Number(missed), `${text}: the same in words and on hover`).toBe(lateHours);
    return {
      day: Number(day),
      late: lateHours,
      due: Number(due),
      left: left === "overspent" ? left : Number.parseInt(left ?? "", 10),
    };
  });
}

/** The page rounds to two decimals at least. */
function expectPercent(shown: string | undefined, share: number): void {
  expect(Math.abs(Number(shown) - 100 * share), `${shown} % is ${share}`).toBeLessThanOrEqual(0.01);
}
