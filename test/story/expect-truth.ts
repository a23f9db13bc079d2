import { expect } from "@playwright/test";
import { caughtUpAt, type Incident, isThrottle, type Throttle } from "#simulator/incidents.ts";
import { dependents } from "#simulator/promises.ts";
import type { Answers } from "../../e2e/seven-questions.ts";
import type { StoryTruth } from "./story-truth.ts";

const minuteMs = 60_000;
const onsetWithinMs = 5 * minuteMs;
const endWithinMs = 10 * minuteMs;

/** What each kind of trouble is called. */
const nouns: Partial<Record<Incident["kind"], string>> = {
  "network-cut": "events not reaching the queue",
  "bad-deployment": "slowed deliveries",
};

/** Each answer is what really happened, by what the simulator knows of it. */
export function expectTruth(said: Answers, real: Incident, { truth, atMs }: { truth: StoryTruth; atMs: number }): void {
  if (!isThrottle(real)) throw new Error(`Nothing is known of a ${real.kind}.`);
  const { dc, stage, version } = real.cause;
  expect(said.what).toContain(dc);
  expect(said.what).toContain(nouns[real.kind]);
  expect(Math.abs(Date.parse(said.sinceAt) - real.fromAt.getTime())).toBeLessThanOrEqual(onsetWithinMs);
  const others = truth.world.simulation.fleet.datacenters.map(({ name }) => name).filter((name) => name !== dc);
  expect(said.where).toContain(dc);
  const another = new RegExp(`\\b(${others.join("|")})\\b`);
  for (const words of [said.where, said.why]) expect(words).not.toMatch(another);
  expect(said.why).toContain(stage);
  for (const { cause } of truth.world.incidents) {
    if (cause.version === undefined) continue;
    const release = `${cause.component} ${cause.version}`;
    if (cause.version === version) for (const words of [said.why, said.deployed]) expect(words).toContain(release);
    else for (const words of [said.what, said.why, said.deployed]) expect(words).not.toContain(cause.version);
  }
  expectAffected(said, dc, { truth, atMs });
  expectTrend(said, real, atMs);
}

/** Every hour that the datacenter closed late, and none that it closed as usual; and who registered for their types. */
function expectAffected(said: Answers, dc: string, { truth, atMs }: { truth: StoryTruth; atMs: number }): void {
  const { surely, perhaps } = truth.delayedHours(dc, atMs);
  if (said.place === "page") {
    expect([...surely].filter((key) => !said.hours.includes(key))).toEqual([]);
    expect(said.hours.filter((key) => !perhaps.has(key))).toEqual([]);
  }
  const typesOf = (keys: Iterable<string>) => new Set([...keys].map((key) => key.slice(0, key.indexOf(" "))));
  const [sure, possible] = [typesOf(surely), new Set(truth.types.map(({ name }) => name))];
  for (const { eventType, consumer, contact } of dependents) {
    const isOfAny = dependents.some((each) => each.consumer === consumer && possible.has(each.eventType));
    if (!isOfAny) expect(said.consumers).not.toContain(consumer);
    if (said.place === "page" && sure.has(eventType))
      for (const w of [consumer, contact]) expect(said.consumers).toContain(w);
  }
}

/** Worse until it ends, better while its backlog passes, over after that; with the end that the backlog has. */
function expectTrend({ trend, place }: Answers, real: Throttle, atMs: number): void {
  const endMs = caughtUpAt(real).getTime();
  if (atMs < real.toAt.getTime()) {
    expect(trend).toMatch(/\b(starting|ongoing)\b/);
    expect(trend).not.toMatch(/catching up|recovering ~|caught up/i);
  } else if (atMs < endMs) {
    expect(trend).toContain("recovering");
    const said = /all closed by about (\d\d):(\d\d) UTC/.exec(trend);
    expect(said).not.toBeNull();
    const saidMs = Date.parse(`${new Date(atMs).toISOString().slice(0, 10)}T${said?.[1]}:${said?.[2]}:00Z`);
    expect(Math.abs(saidMs - endMs)).toBeLessThanOrEqual(endWithinMs);
  } else {
    expect(place).toBe("page");
    expect(trend).toMatch(/\bover\b/);
    expect(trend).not.toMatch(/catching up|at risk/i);
  }
}
