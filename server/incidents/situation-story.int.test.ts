import { afterEach, beforeEach, expect, test } from "vitest";
import { answerSentence } from "#components/frame/answer-sentence.ts";
import type { IncidentJson } from "#domain/api/alerts.ts";
import type { CompactBoardJson } from "#domain/api/board.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { withoutToday } from "#domain/moment.ts";
import { incidentText } from "#domain/notification/incident-lines.ts";
import { sayEnd } from "#domain/notification/say-end.ts";
import type { Notification } from "#domain/notification.ts";
import { asReadAt } from "#domain/situation.ts";
import { recordSamples } from "#server/explain/record-samples.ts";
import { flushNextGroup } from "#server/notifications/flush-group.ts";
import { AlertStory } from "#test/alert-story.ts";
import { HourStory } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";

const minuteMs = 60_000;
const perMinute = 100;
const types = ["AdClick", "EndSong", "PlayStart"];
const dcs = ["lon", "sjc"];
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({
    now: "2026-11-22T11:00:00Z",
    activeFrom: "2026-11-22T11:00:00Z",
    datacenters: dcs,
    eventTypes: types,
    deadlineSeconds: 3600,
  });
  const alerts = new AlertStory(story.test.database, story.clock);
  await alerts.channel("hook", { type: "webhook", url: "https://hooks.example.com/a" });
  await alerts.channel("pd", { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_KEY" } });
  await alerts.everythingTo(["hook", "pd"]);
});
afterEach(() => story.end());

const ctx = () => workerContext(story.test.database, story.clock);

/** What everybody reads at one moment. */
interface Moment {
  at: string;
  board: CompactBoardJson;
  /** Open and resolved, the newest first. */
  incidents: IncidentJson[];
  /** Messages written at this moment. */
  messages: Notification[];
}

let readDeliveries = 0n;

/** The minute's evaluation, notification and reading, in the order in which the workers do it. */
async function look(): Promise<Moment> {
  await story.judge();
  await recordSamples(story.test.database.sql, story.clock.now());
  await tickAlerts({ ctx: ctx() });
  await story.test.database.sql.query("UPDATE notification_group SET flush_at = now()");
  while (await flushNextGroup({ ctx: ctx() })) {
    // until none is due
  }
  const { rows } = await story.test.database.sql.query<{ id: bigint; body: Notification }>(
    "SELECT id, body FROM delivery WHERE id > $1 ORDER BY id",
    [readDeliveries],
  );
  readDeliveries = rows.at(-1)?.id ?? readDeliveries;
  const list = await story.get("/incidents");
  const incidents = await Promise.all(
    list.body.items.map(async ({ id }: { id: string }) => (await story.get(`/incidents/${id}`)).body),
  );
  return {
    at: story.clock.now().toISOString().slice(11, 16),
    board: (await story.get("/board/compact")).body,
    incidents,
    messages: rows.map(({ body }) => body),
  };
}

/** Everything that reads the record says the same, and its counts are those of the lists beside it. */
function expectNoContradiction({ at: time, board, incidents, messages }: Moment): void {
  const open = incidents.filter(({ state }) => state !== "resolved");
  expect(board.incidents.map(({ id }) => id).sort(), time).toEqual(open.map(({ id }) => id).sort());
  const [first] = board.incidents;
  if (first) expect(answerSentence(board, "well")[0], time).toContain(first.sentence);
  for (const incident of incidents) {
    const { situation, hours, alerts } = incident;
    const shown = board.incidents.find(({ id }) => id === incident.id);
    if (shown) expect(shown.sentence, time).toBe(situation.sentence);
    expect(incident, time).toMatchObject({ title: situation.title, since: situation.onset.at });
    expect(alerts, time).toHaveLength(incident.alertCount);
    const active = alerts.filter(({ state }) => state === "firing" || state === "recovering");
    expect(active, time).toHaveLength(incident.firingAlerts);
    // By this label they are grouped and inhibit each other, also those that were pending first.
    for (const alert of active) expect(alert.labels.cause, `${time} ${alert.rule}`).toBe(incident.causeKey);
    expect(situation.extent.hours?.affected ?? 0, time).toBe(hours.length);
    const lossy = hours.filter(({ state, accepted }) => state === "incomplete" && accepted === null);
    expect(situation.extent.hours?.lossy ?? 0, time).toBe(lossy.length);
    expect(situation.impact.missedDeadlines, time).toBe(
      hours.filter(({ deadlineMet }) => deadlineMet === false).length,
    );
    const lost = hours.filter(({ state }) => state === "incomplete").reduce((sum, hour) => sum + hour.lost, 0);
    expect(situation.impact.lost, time).toBe(lost);
    expect(situation.phase === "over", time).toBe(incident.state === "resolved");
  }
  for (const message of messages) {
    const told = incidents.find(({ id }) => id === message.incident?.id);
    const isEnd = message.status === "resolved" && told?.situation.phase === "over";
    // A message is kept: its times have their dates, also those of today.
    const text = withoutToday(incidentText(message), at(time));
    expect(text, time).toBe(isEnd ? sayEnd(told.situation) : told?.situation.sentence);
    const said = message.incident?.situation;
    expect(said && asReadAt(said, at(time)), time).toEqual(told?.situation);
    if (message.status === "firing") expect(message.title, time).toBe(told?.title);
  }
}

interface Minute {
  /** Events up to here are delivered; null: the datacenter is cut off, and reports nothing. */
  reached(dc: string): Date | null;
  lost?(dc: string, hour: string): number;
}

/** Both datacenters produce; what is connected reports what it produced and what was delivered so far. */
async function liveMinute(now: Date, { reached, lost = () => 0 }: Minute) {
  story.clock.set(now);
  const hour = hourOf(new Date(now.getTime() - 1));
  for (const dc of dcs) {
    const deliveredTo = reached(dc);
    if (deliveredTo === null) continue;
    for (const each of [addHours(hour, -1), hour].filter((one) => one >= at("11:00"))) {
      const minutesTo = (end: Date) => Math.max(0, Math.min(60, (end.getTime() - each.getTime()) / minuteMs));
      for (const [stage, end] of [
        ["produced", now],
        ["delivered", deliveredTo],
      ] as const) {
        const missing = stage === "delivered" ? lost(dc, formatHour(each)) : 0;
        const reports = types.map((eventType) => ({
          eventType,
          hour: formatHour(each),
          landedHour: formatHour(each),
          events: Math.max(0, minutesTo(end) * perMinute - (eventType === "EndSong" ? missing : 0)),
        }));
        await story.say("tidemark.counters.v1", { dc, stage, reporter: `${dc}-${stage}`, reports });
      }
    }
    const watermark = new Date(deliveredTo.getTime() - minuteMs).toISOString();
    await story.say("tidemark.watermark.v1", { dc, marks: types.map((eventType) => ({ eventType, watermark })) });
  }
}

test("everybody says the same of a datacenter that is cut off, from its first minute to the end", {
  timeout: 900_000,
}, async () => {
  const [cutAt, backAt] = [at("13:20"), at("14:40")];
  const moments: Moment[] = [];
  for (let now = at("12:55"); now <= at("15:20"); now = new Date(now.getTime() + minuteMs)) {
    const caughtUpTo = new Date(Math.min(now.getTime(), cutAt.getTime() + 5 * (now.getTime() - backAt.getTime())));
    const reachedBySjc = now < cutAt ? now : now < backAt ? null : caughtUpTo;
    await liveMinute(now, { reached: (dc) => (dc === "sjc" ? reachedBySjc : now) });
    const moment = await look();
    expectNoContradiction(moment);
    moments.push(moment);
  }
  const lives = moments.flatMap(({ at: time, incidents }) => incidents.map((incident) => ({ time, incident })));
  expect(new Set(lives.map(({ incident }) => incident.causeKey))).toEqual(new Set(["datacenter/sjc/late"]));
  const settled = lives.filter(({ incident }) => incident.situation.phase !== "starting");
  const onsets = new Set(settled.map(({ incident }) => incident.situation.onset.at));
  expect([...onsets]).toHaveLength(1);
  const [onset = ""] = onsets;
  expect(Math.abs(Date.parse(onset) - cutAt.getTime())).toBeLessThanOrEqual(5 * minuteMs);
  const causes = new Set(
    settled.map(({ incident: { situation } }) => `${situation.cause.code} ${situation.cause.datacenter}`),
  );
  expect([...causes]).toHaveLength(1);
  expect([...causes][0]).toContain("sjc");
  // No page is green: the fleet's sentence never says that all is on time.
  for (const { board } of moments.filter((each) => each.board.incidents.length > 0))
    expect(answerSentence(board, "well").join("")).not.toContain("are on time");
  const last = moments.at(-1);
  expect(last?.board.incidents).toEqual([]);
  const ended = last?.incidents[0];
  expect(ended?.situation.sentence).toMatch(/from 13:\d\d to 1[45]:\d\d UTC\. \d+ hours? of 3 event types affected/);
  expect(ended?.situation.extent.hours).toMatchObject({ lossy: 0 });
  const phases = [...new Set(lives.map(({ incident }) => incident.situation.phase))];
  expect(phases).toEqual(expect.arrayContaining(["starting", "ongoing", "recovering", "over"]));
  const ends = moments.flatMap(({ messages }) => messages).filter(({ status }) => status === "resolved");
  expect(ends.map(incidentText).find((text) => text.startsWith("Resolved after"))).toBe(
    ended && sayEnd(ended.situation),
  );
  const { body } = await story.get(`/incidents/${ended?.id}/revisions`);
  expect(body.items.map(({ revision }: { revision: number }) => revision)).toEqual(
    Array.from({ length: ended?.situationRevision ?? 0 }, (_, index) => (ended?.situationRevision ?? 0) - index),
  );
  expect(body.items.at(-1).reason).toBe("Opened.");
  expect(body.items[0].situation).toEqual(ended?.situation);
});

test("an hour that lost events for good never counts as recovered, also when the incident is over and amended", async () => {
  const moments: Moment[] = [];
  const live = async (from: string, to: string, stepMinutes: number, lookEveryMinutes = stepMinutes) => {
    for (let now = at(from); now <= at(to); now = new Date(now.getTime() + stepMinutes * minuteMs)) {
      await liveMinute(now, {
        reached: () => now,
        lost: (dc, hour) => (dc === "lon" && hour === "2026-11-22T12" ? 300 : 0),
      });
      if ((at(to).getTime() - now.getTime()) % (lookEveryMinutes * minuteMs) !== 0) continue;
      const moment = await look();
      expectNoContradiction(moment);
      moments.push(moment);
    }
  };
  await live("12:55", "13:40", 5);
  const [open] = moments.at(-1)?.incidents ?? [];
  expect(open).toMatchObject({ causeKey: "datacenter/lon/lost", situation: { title: "lon: events lost" } });
  expect(open?.situation.sentence).toContain(
    "1 hour of 1 event type affected; 1 closed with loss (300 of 12,000 events lost).",
  );
  // For six hours the loss is news.
  await live("13:50", "19:40", 10, 30);
  const [over] = moments.at(-1)?.incidents ?? [];
  expect(over).toMatchObject({
    state: "resolved",
    situation: { phase: "over", extent: { hours: { final: 1, lossy: 1 } } },
  });
  for (const { incidents } of moments)
    for (const { situation } of incidents) expect(situation.sentence).not.toContain("recovered,");
  const revision = over?.situationRevision ?? 0;
  await story.count({ dc: "lon", stage: "delivered", hour: "2026-11-22T12", events: 5_990, eventType: "EndSong" });
  const [amended] = (await look()).incidents;
  expect(amended?.situationRevision).toBe(revision + 1);
  expect(amended?.situation).toMatchObject({ phase: "over", onset: over?.situation.onset, impact: { lost: 10 } });
  expect(amended?.timeline.at(-1)?.message).toBe("Amended after the end: 10 events lost (before: 300).");
});
