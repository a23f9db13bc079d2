import { expect, test } from "vitest";
import { jobsOf, typesText } from "./discovered-words.ts";

const found = (eventType: string, jobName: string, lastSeenAt: string) => ({
  ...{ eventType, consumer: jobName.replace("/", "-"), jobNamespace: "airflow", jobName },
  ...{ firstSeenAt: "2026-11-01T00:00:00Z", lastSeenAt, dismissedAt: null, dismissedBy: null },
});

test("a job that reads several event types is one row, the last seen first", () => {
  const jobs = jobsOf([
    found("AdClick", "royalties/daily", "2026-11-22T12:00:00Z"),
    found("EndSong", "ads", "2026-11-22T13:00:00Z"),
    found("EndSong", "royalties/daily", "2026-11-22T14:00:00Z"),
  ]);
  expect(jobs).toMatchObject([
    { consumer: "royalties-daily", eventTypes: ["AdClick", "EndSong"], lastSeenAt: "2026-11-22T14:00:00Z" },
    { consumer: "ads", eventTypes: ["EndSong"] },
  ]);
});

test("many event types are counted", () => {
  expect(typesText(["A"])).toBe("A");
  expect(typesText(["A", "B"])).toBe("A and B");
  expect(typesText(["A", "B", "C"])).toBe("A and 2 more event types");
});
