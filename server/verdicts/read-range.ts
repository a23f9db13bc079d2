import { addHours, type Hour } from "#domain/hour.ts";
import { type HourToUse, isReady, type ReadinessTerms } from "#domain/readiness.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { type AcceptedBy, acceptedColumn } from "./accepted-columns.ts";
import type { ReadableType } from "./find-event-type.ts";
import { loadHours } from "./load-hour.ts";

/** A type, and when its hours count as ready for the caller. */
export interface RangeType {
  type: ReadableType;
  terms: ReadinessTerms;
}

export interface RangeQuestion {
  types: readonly RangeType[];
  from: Hour;
  to: Hour;
  now: Date;
}

/** One hour of one type, current state. */
export interface RangeHour extends HourToUse {
  eventTypeId: number;
  eventType: string;
  hour: Hour;
  revision: number;
  amended: boolean;
  delivered: bigint;
  acceptedBy: AcceptedBy | null;
  ready: boolean;
  /** It is ready because its owner accepted it, and would not be otherwise. */
  byAcceptance: boolean;
}

export interface RangeReading {
  asOf: Date;
  /** By hour, then in the order of the types; without hours outside a type's active range. */
  hours: RangeHour[];
  notReady: RangeHour[];
}

type Row = Omit<RangeHour, "eventType" | "ready" | "accepted" | "byAcceptance"> & { isJudged: boolean };

/** Hours not judged yet are judged here from their facts, up to this many: the rest is read as stored. */
const mostJudgedHere = 500;

/** Several types' hours in one statement, plus another for those not judged yet. */
export async function readRange(sql: Sql, { types, from, to, now }: RangeQuestion): Promise<RangeReading> {
  const stored = await loadStored(sql, { types, from, to, now });
  const asked = hoursOf(types, from, to);
  const behind = asked
    .filter(({ type, hour }) => hour <= now && !stored.get(keyOf(type.id, hour))?.isJudged)
    .slice(0, mostJudgedHere);
  const judged = await judgeHere(sql, behind, now);
  const hours = asked.map(({ type, hour, terms }): RangeHour => {
    const key = keyOf(type.id, hour);
    const row = judged.get(key) ?? stored.get(key) ?? notBegun(type.id, hour);
    const accepted = row.acceptedBy !== null;
    const byAcceptance = accepted && !isReady({ ...row, accepted: false }, terms);
    return { ...row, accepted, byAcceptance, eventType: type.name, ready: isReady({ ...row, accepted }, terms) };
  });
  return { asOf: now, hours, notReady: hours.filter(({ ready }) => !ready) };
}

interface AskedHour extends RangeType {
  hour: Hour;
}

function hoursOf(types: readonly RangeType[], from: Hour, to: Hour): AskedHour[] {
  const asked: AskedHour[] = [];
  for (let hour = from; hour < to; hour = addHours(hour, 1)) {
    for (const each of types) {
      const { activeFrom, activeTo } = each.type;
      if (hour >= activeFrom && (activeTo === null || hour < activeTo)) asked.push({ ...each, hour });
    }
  }
  return asked;
}

function keyOf(eventTypeId: number, hour: Hour): string {
  return `${eventTypeId} ${hour.getTime()}`;
}

async function loadStored(sql: Sql, { types, from, to, now }: RangeQuestion): Promise<Map<string, Row>> {
  const { rows } = await sql.query<Row>(
    `SELECT v.event_type_id AS "eventTypeId", v.hour, v.state, v.revision, v.amended, v.known, v.produced, v.delivered, v.lost,
            v.duplicated, ${acceptedColumn("v")}, v.revision > 0 AND coalesce(v.next_due_at > $4, true) AS "isJudged"
       FROM verdict v
      WHERE v.event_type_id = ANY ($1) AND v.hour >= $2 AND v.hour < $3`,
    [types.map(({ type }) => type.id), from, to, now],
  );
  return new Map(rows.map((row) => [keyOf(row.eventTypeId, row.hour), row]));
}

async function judgeHere(sql: Sql, behind: readonly AskedHour[], now: Date): Promise<Map<string, Row>> {
  const asked = behind.map(({ type, hour }) => ({ eventType: type.name, hour }));
  const loaded = await loadHours(sql, asked, now);
  return new Map(
    loaded.flatMap((each): [string, Row][] => {
      // Just became inactive: keep the stored verdict.
      if (each instanceof NotFound) return [];
      const { type, verdict } = each;
      return [[keyOf(type.id, verdict.hour), { ...verdict, eventTypeId: type.id, isJudged: true }]];
    }),
  );
}

function notBegun(eventTypeId: number, hour: Hour): Row {
  const nothing = { produced: 0n, delivered: 0n, lost: 0n, duplicated: 0n, known: false, acceptedBy: null };
  return { ...nothing, eventTypeId, hour, state: "open", revision: 0, amended: false, isJudged: false };
}
