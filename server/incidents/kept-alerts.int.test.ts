import { afterEach, beforeEach, expect, test } from "vitest";
import type { IncidentJson } from "#domain/api/alerts.ts";
import { HourStory } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({
    now: "2026-11-22T09:00:00Z",
    activeFrom: "2026-11-22T09:00:00Z",
    deadlineSeconds: 7200,
  });
});
afterEach(() => story.end());

async function at(now: string): Promise<void> {
  await story.at(now);
  await tickAlerts({ ctx: workerContext(story.test.database, story.clock) });
}

/** Incidents about lost events, the oldest first. */
async function lossy(): Promise<IncidentJson[]> {
  const { body } = await story.get("/incidents");
  const ids = body.items
    .filter(({ causeKey }: IncidentJson) => causeKey === "datacenter/east/lost")
    .map(({ id }: IncidentJson) => id)
    .reverse();
  return Promise.all(ids.map(async (id: string) => (await story.get(`/incidents/${id}`)).body));
}

test("a resolved incident keeps its alerts when one fires again for another, as they were", async () => {
  await at("2026-11-22T10:01:00Z");
  await story.settle("2026-11-22T09", { lost: 7 });
  await at("2026-11-22T10:16:01Z");
  // The loss is news for six hours.
  await at("2026-11-22T16:20:00Z");
  const [before] = await lossy();
  expect(before).toMatchObject({ state: "resolved", alertCount: 2, firingAlerts: 0 });
  await story.settle("2026-11-22T15", { lost: 9 });
  await at("2026-11-22T16:36:00Z");
  const [first, second] = await lossy();
  expect(second).toMatchObject({ state: "open", alertCount: 2, firingAlerts: 2 });
  expect(first).toMatchObject({ alertCount: 2, firingAlerts: 0, situation: before?.situation });
  expect(first?.alerts.map(({ fingerprint }) => fingerprint)).toEqual(
    second?.alerts.map(({ fingerprint }) => fingerprint),
  );
  for (const alert of first?.alerts ?? []) {
    expect(alert).toMatchObject({ state: "normal", incidentId: first?.id, firingSince: "2026-11-22T10:16:01Z" });
    expect(alert.resolvedAt).toBe("2026-11-22T16:20:00Z");
    expect(alert.summary).toContain("hour 2026-11-22T09");
  }
  for (const alert of second?.alerts ?? []) expect(alert.summary).toContain("hour 2026-11-22T15");
});
