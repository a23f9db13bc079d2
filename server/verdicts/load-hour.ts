import type { Hour } from "#domain/hour.ts";
import { bulkRows, spanOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { acceptedColumn } from "./accepted-columns.ts";
import { awaitsJudge } from "./awaits-judge.ts";
import { type ReadableType, requireActive, requireClaimed, type TypeRow, typeColumns } from "./find-event-type.ts";
import { forecastColumn, type StoredForecast } from "./forecast-json.ts";
import { judgeNow } from "./judge-now.ts";
import { lanesOf, parseLanes } from "./lanes.ts";
import { type HourFacts, type HourKey, loadFacts } from "./load-facts.ts";
import { verdictKey } from "./load-verdicts.ts";
import type { Hearing, HourVerdict } from "./verdict-json.ts";

export interface AskedHour {
  /** By name. */
  eventType: string;
  hour: Hour;
}

const askedHours = bulkRows({ eventType: "text", hour: "timestamptz", position: "int" });

export interface LoadedHour extends Hearing {
  type: ReadableType;
  verdict: HourVerdict;
  /** null: the product's default. */
  maxDuplicated: number | null;
  forecast: StoredForecast | null;
}

type VerdictRow = Omit<HourVerdict, "datacenters"> & { lanes: unknown; settled: boolean; isDue: boolean };
/** Datacenter → milliseconds. */
type Instants = Record<string, number | null> | null;
type Row = (TypeRow | { id: null }) &
  HearingRow & { maxDuplicated: number | null; watermarkMs: Instants; forecast: StoredForecast | null } & (
    | VerdictRow
    | { revision: null }
  );

export interface HearingRow {
  lastSeenMs: Instants;
  lastIngestAt: Date | null;
}

export const hearingColumns = `
       (SELECT json_object_agg(d.name, extract(epoch FROM d.last_seen_at) * 1000) FROM datacenter d) AS "lastSeenMs",
       (SELECT max(w.last_ingest_at) FROM ingest_worker w) AS "lastIngestAt"`;

/** The hour's current verdict; NotFound for types without verdicts and hours outside the type's active range. */
export async function loadHour(sql: Sql, { now, ...asked }: AskedHour & { now: Date }): Promise<LoadedHour> {
  const [loaded] = await loadHours(sql, [asked], now);
  if (!loaded || loaded instanceof NotFound) throw loaded ?? new NotFound("No hour was asked for.");
  return loaded;
}

/** The same for many hours in one statement, in the order given; NotFound in place of each without a verdict. */
export async function loadHours(sql: Sql, asked: readonly AskedHour[], now: Date): Promise<(LoadedHour | NotFound)[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql.query<Row>(
    `SELECT ${typeColumns}, t.max_duplicated AS "maxDuplicated", ${hearingColumns},
            (SELECT json_object_agg(d.name, extract(epoch FROM w.watermark) * 1000)
               FROM watermark w JOIN datacenter d ON d.id = w.datacenter_id WHERE w.event_type_id = t.id) AS "watermarkMs",
            v.hour, v.state, v.revision, v.settled, v.amended, v.closed_at AS "closedAt", v.deadline_at AS "deadlineAt", v.known,
            v.produced, v.delivered, v.lost, v.duplicated, v.skewed, ${lanesOf("v")} AS lanes, ${acceptedColumn("v")},
            ${awaitsJudge("$1")} AS "isDue", ${forecastColumn} AS forecast
       FROM ${askedHours.from("k", 4)}
       LEFT JOIN event_type t ON t.name = k.event_type
       -- $2 and $3 let the planner leave other months' partitions out
       LEFT JOIN verdict v ON v.event_type_id = t.id AND v.hour = k.hour AND v.hour BETWEEN $2 AND $3
       LEFT JOIN forecast f ON f.event_type_id = t.id AND f.hour = k.hour
      ORDER BY k.position`,
    [
      now,
      ...spanOf(asked.map(({ hour }) => hour)),
      ...askedHours.values(asked.map((hour, position) => ({ ...hour, position }))),
    ],
  );
  const due = rows.flatMap((row, index) => dueKey(row, asked[index]?.hour));
  const facts = new Map((await loadFacts(sql, due)).map((each) => [verdictKey(each), each]));
  return rows.map((row, index) => {
    try {
      return toLoadedHour(row, asked[index] as AskedHour, facts, now);
    } catch (error) {
      if (error instanceof NotFound) return error;
      throw error;
    }
  });
}

/** Hours not judged yet are judged from their facts. */
function dueKey(row: Row, hour: Hour | undefined): HourKey[] {
  return row.id !== null && hour && !isJudged(row) ? [{ eventTypeId: row.id, hour }] : [];
}

function isJudged(row: Row): row is Row & VerdictRow {
  return row.revision !== null && row.revision > 0 && !row.isDue;
}

function toLoadedHour(
  row: Row,
  { eventType, hour }: AskedHour,
  facts: ReadonlyMap<string, HourFacts>,
  now: Date,
): LoadedHour {
  const type = requireClaimed(row.id === null ? undefined : row, eventType);
  requireActive(type, hour);
  const verdict = isJudged(row)
    ? storedVerdict(row)
    : judgeHeld(row, facts.get(verdictKey({ eventTypeId: type.id, hour })), now);
  return { type, verdict, maxDuplicated: row.maxDuplicated, forecast: row.forecast, ...toHearing(row) };
}

export function toHearing({ lastSeenMs, lastIngestAt }: HearingRow): Hearing {
  const heard = Object.entries(lastSeenMs ?? {});
  return { lastSeenAt: new Map(heard.map(([name, ms]) => [name, ms === null ? null : new Date(ms)])), lastIngestAt };
}

/** A watermark that closes no hour changes no verdict, so it is not stored there: read the current one. */
function storedVerdict(row: Row & VerdictRow): HourVerdict {
  const datacenters = parseLanes(row.lanes).map((datacenter) => {
    const ms = row.watermarkMs?.[datacenter.name];
    return ms === undefined || ms === null ? datacenter : { ...datacenter, watermark: new Date(ms) };
  });
  return { ...row, datacenters };
}

function judgeHeld(row: Row, facts: HourFacts | undefined, now: Date): HourVerdict {
  if (!facts) throw new NotFound("The event type was given up a moment ago. Ask again.");
  return judgeNow(facts, row.revision === null ? null : { ...row, datacenters: parseLanes(row.lanes) }, now);
}
