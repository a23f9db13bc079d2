import { describe, expect, test } from "vitest";
import { collectKafka, type PartitionLag } from "./collect-kafka.ts";
import { parseSource } from "./source-spec.ts";

const now = new Date("2026-11-22T13:20:00.000Z");
const agoMs = (seconds: number) => now.getTime() - seconds * 1000;

function specOf(lane: object = {}) {
  const parsed = parseSource({
    owner: "data",
    kafka: {
      groups: [{ group: "etl-ams", topics: ["plays.EndSong"] }],
      lanes: [{ match: "etl-(?<dc>\\w+)/plays\\.(?<type>\\w+)", eventType: "$type", datacenter: "$dc", ...lane }],
    },
  });
  if (!parsed.ok || !parsed.spec.kafka) throw new Error(JSON.stringify(parsed));
  return parsed.spec.kafka;
}
const partition = (more: Partial<PartitionLag>): PartitionLag => ({
  partition: 0,
  committed: 10n,
  first: 0n,
  end: 10n,
  waitingSinceMs: null,
  ...more,
});
const collect = (partitions: PartitionLag[], lane = {}, topic = "plays.EndSong") =>
  collectKafka(specOf(lane), [{ group: "etl-ams", topic, partitions }], now);

describe("a consumer group's lag", () => {
  test("what waits is a backlog since the oldest record of all partitions", () => {
    const { events, readings } = collect([
      partition({ committed: 4n, waitingSinceMs: agoMs(30) }),
      partition({ partition: 1, committed: 8n, waitingSinceMs: agoMs(90) }),
      partition({ partition: 2 }),
    ]);
    expect(events).toMatchObject([
      {
        type: "tidemark.backlog.v1",
        time: now,
        data: { dc: "ams", eventType: "EndSong", stage: "delivered", oldestAgeSeconds: 90, messages: 8 },
      },
    ]);
    expect(readings.map(({ metric, value }) => [metric, value])).toEqual([
      ["lag_messages", 8],
      ["oldest_waiting_age_seconds", 90],
    ]);
  });

  test("the watermark is the oldest waiting record's time, or now if nothing waits, less the lateness", () => {
    const watermarkOf = (partitions: PartitionLag[]) =>
      collect(partitions, { watermark: true, lateness: "2m" }).events[1]?.data;
    expect(watermarkOf([partition({ committed: 4n, waitingSinceMs: agoMs(600) })])).toEqual({
      dc: "ams",
      marks: [{ eventType: "EndSong", watermark: "2026-11-22T13:08:00.000Z" }],
    });
    expect(watermarkOf([partition({})])).toMatchObject({ marks: [{ watermark: "2026-11-22T13:18:00.000Z" }] });
  });

  test("a partition without a committed offset says nothing: it is not taken for zero", () => {
    const { events, readings, problems } = collect([partition({}), partition({ partition: 1, committed: null })]);
    expect([events, readings]).toEqual([[], []]);
    expect(problems).toEqual([expect.stringContaining("no committed offset in 1 of 2 partitions")]);
  });

  test("a partition in which nothing was ever written has nothing that waits", () => {
    const { events } = collect([partition({ committed: null, end: 0n })]);
    expect(events).toMatchObject([{ data: { messages: 0, oldestAgeSeconds: 0 } }]);
  });

  test("messages that retention deleted before they were read wait no more", () => {
    const { events } = collect([partition({ committed: 2n, first: 7n, waitingSinceMs: agoMs(5) })]);
    expect(events).toMatchObject([{ data: { messages: 3, oldestAgeSeconds: 5 } }]);
  });

  test.each([null, -1, now.getTime() + 3_600_000])(
    "a waiting record's timestamp of %s gives a lag, and no age or watermark",
    (waitingSinceMs) => {
      const { events, readings, problems } = collect([partition({ committed: 4n, waitingSinceMs })], {
        watermark: true,
      });
      expect(events).toEqual([]);
      expect(readings.map(({ metric }) => metric)).toEqual(["lag_messages"]);
      expect(problems).toHaveLength(1);
    },
  );

  test("what no pattern matches is listed, and nothing is made of it", () => {
    const { events, resources } = collect([partition({})], {}, "other");
    expect(events).toEqual([]);
    expect(resources).toEqual([{ kind: "group", id: "etl-ams/other", lanes: [] }]);
  });
});
