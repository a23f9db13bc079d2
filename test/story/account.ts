import type { IncidentJson } from "#domain/api/alerts.ts";
import type { Database } from "#server/db/database.ts";
import type { World } from "#simulator/drill/world.ts";
import { StoryDay } from "./story-day.ts";
import type { Teller } from "./teller.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;

export interface Closing {
  /** Type, datacenter and hour. */
  lane: string;
  /** At which the product says that it closed. */
  closedAtMs: number;
  /** The first minute in which it said so. */
  knownMs: number;
}

/** An alert that fired. */
export interface Fired {
  rule: string;
  datacenter: string | null;
  eventType: string | null;
  /** For the first time. */
  atMs: number;
}

/** What the product said of a day, and when. */
export interface Account {
  minutes: number;
  closings: Closing[];
  fired: Fired[];
  /** As they were said at the end. */
  incidents: IncidentJson[];
  /** Every cause that was ever said of an incident, code and stage, by its key. */
  causes: ReadonlyMap<string, ReadonlySet<string>>;
  /** When the first message went out. */
  pagedMs: number | null;
  /** Every letter of the boards' strips, and every state of their rows. */
  states: ReadonlySet<string>;
}

/** Plays a scripted day on an empty, migrated database, and keeps what was said. */
export async function accountOf(database: Database, world: World, teller: Teller): Promise<Account> {
  const day = await StoryDay.begin(database, world, teller);
  const known = new Map<string, Closing>();
  const causes = new Map<string, Set<string>>();
  const states = new Set<string>();
  let pagedMs: number | null = null;
  let minutes = 0;
  try {
    for (const closing of await readClosings(database, world, world.fromMs)) known.set(closing.lane, closing);
    await day.readSent();
    for (let atMs = world.fromMs + minuteMs; atMs <= world.toMs; atMs += minuteMs, minutes++) {
      await day.live();
      for (const closing of await readClosings(database, world, atMs))
        if (!known.has(closing.lane)) known.set(closing.lane, closing);
      for (const row of (await day.readBoard()).items)
        for (const state of [row.state, ...row.states]) states.add(state);
      if ((await day.readSent()).length > 0) pagedMs ??= atMs;
      for (const { causeKey, situation } of await day.readIncidents()) {
        const { code, stage } = situation.cause;
        causes.set(causeKey, (causes.get(causeKey) ?? new Set()).add(`${code} ${stage}`));
      }
    }
    const incidents = await day.readIncidents();
    const closings = [...known.values()].filter(({ knownMs }) => knownMs > world.fromMs);
    return { minutes, closings, fired: await readFired(database), incidents, causes, pagedMs, states };
  } finally {
    await day.close();
  }
}

/** The hours of the world's days that each lane has closed. */
async function readClosings(database: Database, { simulation }: World, knownMs: number): Promise<Closing[]> {
  const { rows } = await database.sql.query<{ type: string; dc: string; through: Date; at: Date }>(
    `SELECT t.name AS type, d.name AS dc, c.closed_through AS through, c.closed_at AS at
       FROM closing_step c JOIN event_type t ON t.id = c.event_type_id JOIN datacenter d ON d.id = c.datacenter_id
      ORDER BY t.name, d.name, c.closed_through`,
  );
  const closings: Closing[] = [];
  for (const lane of Map.groupBy(rows, ({ type, dc }) => `${type} ${dc}`).values()) {
    let endMs = simulation.startAt.getTime() + hourMs;
    for (const { type, dc, through, at } of lane)
      for (; endMs <= through.getTime(); endMs += hourMs) {
        const hour = new Date(endMs - hourMs).toISOString().slice(0, 13);
        closings.push({ lane: `${type} ${dc} ${hour}`, closedAtMs: Math.max(at.getTime(), endMs), knownMs });
      }
  }
  return closings;
}

async function readFired(database: Database): Promise<Fired[]> {
  const { rows } = await database.sql.query<{ rule: string; labels: Record<string, string>; at: Date }>(
    "SELECT rule, labels, min(at) AS at FROM alert_transition WHERE to_state = 'firing' GROUP BY rule, labels ORDER BY 3, 1, labels::text",
  );
  return rows.map(({ rule, labels, at }) => ({
    rule,
    datacenter: labels.datacenter ?? null,
    eventType: labels.eventType ?? null,
    atMs: at.getTime(),
  }));
}
