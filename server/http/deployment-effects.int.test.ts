import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deploymentEffectListSchema, deploymentEffectSchema } from "#domain/api/deployment-effect.ts";
import { addHours, formatHour } from "#domain/hour.ts";
import { HourStory } from "#test/hour-story.ts";

const first = new Date("2026-11-18T00:00:00Z");
const hours = Array.from({ length: 66 }, (_, index) => addHours(first, index));
const deployedAt = "2026-11-19T12:20:00Z";
let story: HourStory;

// East closes some ten minutes after each hour, after the deployment of its exporter some forty; west never changes.
beforeAll(async () => {
  story = await HourStory.begin({ now: first.toISOString(), activeFrom: first.toISOString(), deadlineSeconds: 7200 });
  const deployed = { component: "exporter", version: "2.0.0", deployedBy: "ci" };
  for (const [index, hour] of hours.entries()) {
    const end = addHours(hour, 1);
    const jitter = (index * 7) % 5;
    const name = formatHour(hour);
    if (formatHour(hour) === "2026-11-19T12") {
      story.clock.set(deployedAt);
      await story.say("tidemark.deployment.v1", { dc: "east", ...deployed });
      await story.say("tidemark.deployment.v1", { dc: "west", ...deployed });
    }
    const minutes = (dc: string) => jitter + (dc === "east" && end > new Date(deployedAt) ? 40 : 10);
    for (const dc of ["west", "east"]) {
      story.clock.set(new Date(end.getTime() + minutes(dc) * 60_000));
      await story.count({ dc, stage: "produced", hour: name, events: 1000 });
      await story.count({ dc, stage: "delivered", hour: name, events: 1000 });
      await story.watermark(dc, end.toISOString());
    }
  }
  await story.say("tidemark.deployment.v1", { dc: "west", component: "exporter", version: "2.1.0" });
  await story.judge();
});
afterAll(() => story.end());

describe("GET /deployment-effects", () => {
  it("sees the slower datacenter, and neither a change at the other nor in losses", async () => {
    const { status, body } = await story.get("/deployment-effects");
    expect(status).toBe(200);
    expect(deploymentEffectListSchema.parse(body)).toEqual(body);
    const at = (dc: string, version: string) =>
      body.items.find(
        ({ deployment }: { deployment: { datacenter: string; version: string } }) =>
          deployment.datacenter === dc && deployment.version === version,
      );
    const east = at("east", "2.0.0");
    expect(east.closingDelay.verdict).toBe("worse");
    expect(east.closingDelay.change).toBeGreaterThan(28 * 60);
    expect(east.closingDelay.change).toBeLessThan(32 * 60);
    expect(east.closingDelay.interval.low).toBeGreaterThan(20 * 60);
    expect(east.lostShare).toMatchObject({ verdict: "no_change_seen", p: 1, change: 0 });
    expect(at("west", "2.0.0").closingDelay.verdict).toBe("no_change_seen");
    expect(at("west", "2.1.0").closingDelay.verdict).toBe("too_few_hours");
  });

  it("filters like the list of deployments, and pages", async () => {
    const { body } = await story.get("/deployment-effects?datacenter=west&limit=1");
    expect(body.items).toHaveLength(1);
    expect(body.items[0].deployment.version).toBe("2.1.0");
    const next = await story.get(`/deployment-effects?datacenter=west&limit=1&cursor=${body.nextCursor}`);
    expect(next.body.items[0].deployment.version).toBe("2.0.0");
  });
});

describe("GET /deployments/{id}/effect", () => {
  it("answers of one, and 404 with what to do of none", async () => {
    const { body } = await story.get("/deployments?datacenter=east");
    const answer = await story.get(`/deployments/${body.items[0].id}/effect`);
    expect(deploymentEffectSchema.parse(answer.body)).toEqual(answer.body);
    expect(answer.body.closingDelay.verdict).toBe("worse");
    const none = await story.get("/deployments/nothing/effect");
    expect(none.status).toBe(404);
    expect(none.body.detail).toContain("GET /api/v1/deployments lists");
  });
});
