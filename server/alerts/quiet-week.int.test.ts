import { expect, it, onTestFinished } from "vitest";
import { addHours, parseHour } from "#domain/hour.ts";
import { makeSimulation } from "#simulator/simulation.ts";
import { AlertDrill } from "#test/alert-drill.ts";

const startAt = parseHour("2026-11-02T00") as Date;
/** Enough history to learn from what is usual. */
const weekAt = addHours(startAt, 72);

it("a quiet week pages no one", { timeout: 900_000 }, async () => {
  const simulation = makeSimulation({ seed: 11, types: 10, startAt, liveAt: weekAt, incidents: () => [] });
  const drill = await AlertDrill.begin(simulation);
  onTestFinished(() => drill.test.drop());
  await drill.liveUntil(weekAt, 60);
  await drill.liveUntil(addHours(weekAt, 7 * 24), 30);
  const pages = await drill.pages();
  console.table(
    pages.map(({ causeKey, title, openedAt, rules }) => ({ causeKey, title, openedAt, rules: rules.join(" ") })),
  );
  expect(pages).toEqual([]);
});
