import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";

let story: HourStory;
const options = { now: "2026-11-22T09:00:00Z", activeFrom: "2026-11-22T07:00:00Z", deadlineSeconds: 7200 };
const claimed = openingOf(options, claim);
// East lost 7 events of hour 9.
const eastLost = openingOf(options, async (lived) => {
  await claim(lived);
  await settleHour8(lived);
  await loseOfHour9(lived);
});
afterEach(() => story.end());

async function claim({ test }: HourStory): Promise<void> {
  await test.database.sql.query("UPDATE event_type SET claimed_at = '2026-11-22T09:30:00Z'");
}

async function settleHour8(of: HourStory): Promise<void> {
  await of.at("2026-11-22T09:50:00Z");
  await of.settle("2026-11-22T08");
  await of.at("2026-11-22T10:20:00Z");
}

async function loseOfHour9(of: HourStory): Promise<void> {
  await of.settle("2026-11-22T09", { lost: 7 });
  await of.at("2026-11-22T10:36:00Z");
}

const standingOf = async (rule: string) => (await story.get(`/rules/${rule}/standing`)).body;

describe("what a rule evaluates as hours close, over the API", () => {
  beforeEach(async () => {
    story = await claimed.begin();
  });

  it("nothing was received, then hours that ended before the claim, then an hour", async () => {
    expect(await standingOf("deadline-near")).toMatchObject({
      state: "blind",
      sentence: "Evaluates nothing now: nothing has been received yet.",
    });
    await settleHour8(story);
    expect(await standingOf("completeness")).toMatchObject({
      state: "blind",
      sentence: expect.stringMatching(
        /^Evaluates nothing now: \d hours? ended before the claim and (is|are) not evaluated\.$/,
      ),
      evaluates: { what: "closed hours", count: 0 },
      notEvaluated: [{ code: "before_claim", eventTypes: ["EndSong"] }],
    });
    expect(await standingOf("volume-drop")).toMatchObject({
      sentence: "Evaluates nothing now: volumes of EndSong have no baseline yet (0 of 7 days).",
    });
    await loseOfHour9(story);
    expect(await standingOf("completeness")).toMatchObject({
      state: "partly",
      activeAlerts: 1,
      sentence: expect.stringMatching(/^Evaluates 1 hour of 1 event type; 1 alert is active\. .* before the claim/),
    });
  });
});

describe("what a rule evaluates once an hour has losses, over the API", () => {
  beforeEach(async () => {
    story = await eastLost.begin();
  });

  it("by scope, by catalogue, and for Tidemark itself", async () => {
    expect((await standingOf("events-lost-low")).sentence).toBe("Evaluates nothing now: no type matches tier:low.");
    expect((await standingOf("reporters-missing")).notEvaluated).toMatchObject([{ code: "no_reporters_expected" }]);
    expect(await standingOf("telemetry-blind")).toMatchObject({ state: "whole", eventTypes: 1 });
  });

  it("its alerts are silenced, by a silence of the alert or of the whole rule", async () => {
    const silence = { reason: "planned work", startsAt: "2026-11-22T10:30:00Z", endsAt: "2026-11-22T12:00:00Z" };
    for (const matcher of ["datacenter=east", "alertname=volume-drop"]) {
      const body = JSON.stringify({ ...silence, matchers: [matcher] });
      const headers = { "content-type": "application/json" };
      expect((await story.api.call("POST", "/api/v1/silences", { headers, body })).status).toBe(201);
    }
    await tickAlerts({ ctx: workerContext(story.test.database, story.clock) });
    expect(await standingOf("events-lost-high")).toMatchObject({
      muted: { reason: "silenced", until: "2026-11-22T12:00:00Z" },
      sentence: expect.stringMatching(/Silenced until 12:00 UTC\.$/),
    });
    expect((await standingOf("volume-drop")).sentence).toBe(
      "Evaluates nothing now: volumes of EndSong have no baseline yet (0 of 7 days). Silenced until 12:00 UTC.",
    );
    expect((await standingOf("datacenter-silent")).muted).toBeNull();
  });

  it("a rule that does not exist", async () => {
    const { status, body } = await story.get("/rules/nothing/standing");
    expect([status, body.detail]).toEqual([404, 'Rule "nothing" does not exist. GET /api/v1/rules lists all rules.']);
  });
});
