import type { Hour } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { NotFound } from "#server/errors.ts";
import { forecastColumn, type StoredForecast } from "#server/forecast/forecast-json.ts";
import { decodeEvidence } from "./evidence.ts";
import { type ReadableType, requireActive, requireClaimed, type TypeRow, typeColumns } from "./find-event-type.ts";
import { judgeNow } from "./judge-now.ts";
import { loadFacts } from "./load-facts.ts";
import type { Hearing, HourVerdict } from "./verdict-json.ts";

export interface HourToLoad {
  eventType: string;
  hour: Hour;
  now: Date;
}

export interface LoadedHour extends Hearing {
  type: ReadableType;
  verdict: HourVerdict;
  /** null: the product's default. */
  maxDuplicated: number | null;
  forecast: StoredForecast | null;
}

type VerdictRow = Omit<HourVerdict, "datacenters"> & { evidence: unknown; settled: boolean; isDue: boolean };
/** Datacenter → milliseconds. */
type Instants = Record<string, number | null> | null;
type Row = TypeRow &
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

/** The hour's verdict as it stands now; NotFound for types without verdicts and hours that the type is not active in. */
export async function loadHour(sql: Sql, { eventType, hour, now }: HourToLoad): Promise<LoadedHour> {
  const { rows } = await sql.query<Row>(
    `SELECT ${typeColumns}, t.max_duplicated AS "maxDuplicated", ${hearingColumns},
            (SELECT json_object_agg(d.name, extract(epoch FROM w.watermark) * 1000)
               FROM watermark w JOIN datacenter d ON d.id = w.datacenter_id WHERE w.event_type_id = t.id) AS "watermarkMs",
            v.hour, v.state, v.revision, v.settled, v.amended, v.closed_at AS "closedAt", v.deadline_at AS "deadlineAt", v.known,
            v.produced, v.delivered, v.lost, v.duplicated, v.skewed, v.evidence,
            coalesce(v.next_due_at <= $3, false) AS "isDue", ${forecastColumn} AS forecast
       FROM event_type t
       LEFT JOIN verdict v ON v.event_type_id = t.id AND v.hour = $2
       LEFT JOIN forecast f ON f.event_type_id = t.id AND f.hour = $2
      WHERE t.name = $1`,
    [eventType, hour, now],
  );
  const type = requireClaimed(rows[0], eventType);
  requireActive(type, hour);
  const row = rows[0] as Row;
  return {
    type,
    verdict: await currentVerdict(sql, row, { eventTypeId: type.id, hour }, now),
    maxDuplicated: row.maxDuplicated,
    forecast: row.forecast,
    ...toHearing(row),
  };
}

export function toHearing({ lastSeenMs, lastIngestAt }: HearingRow): Hearing {
  const heard = Object.entries(lastSeenMs ?? {});
  return { lastSeenAt: new Map(heard.map(([name, ms]) => [name, ms === null ? null : new Date(ms)])), lastIngestAt };
}

async function currentVerdict(
  sql: Sql,
  row: Row,
  key: { eventTypeId: number; hour: Hour },
  now: Date,
): Promise<HourVerdict> {
  if (row.revision !== null && row.revision > 0 && !row.isDue) {
    // A watermark that closes no hour changes no verdict, and so is judged into none: it is read where it stands.
    const datacenters = decodeEvidence(row.evidence).map((datacenter) => {
      const ms = row.watermarkMs?.[datacenter.name];
      return ms === undefined || ms === null ? datacenter : { ...datacenter, watermark: new Date(ms) };
    });
    return { ...row, datacenters };
  }
  const [facts] = await loadFacts(sql, [key]);
  if (!facts) throw new NotFound("The event type was given up a moment ago. Ask again.");
  return judgeNow(facts, row.revision === null ? null : row, now);
}
