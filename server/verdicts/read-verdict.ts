import type { VerdictJson } from "#domain/api/verdict.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { Invalid, NotFound } from "#server/errors.ts";
import { acceptedColumn } from "./accepted-columns.ts";
import { findEventType, requireActive } from "./find-event-type.ts";
import { toForecastJson } from "./forecast-json.ts";
import { readHourInput } from "./hour-input.ts";
import { parseLanes } from "./lanes.ts";
import { type HearingRow, hearingColumns, loadHour, toHearing } from "./load-hour.ts";
import { loadMissingReporters } from "./load-missing-reporters.ts";
import { type HourVerdict, toVerdict } from "./verdict-json.ts";

export interface ReadVerdictInput {
  eventType: string;
  /** In any accepted form of an hour. */
  hour: string;
  /** An instant: what was known then. Absent: now. */
  asOf?: string | undefined;
}

/** One hour's verdict with evidence and reasons, now or as known at an instant. */
export async function readVerdict({ ctx, input }: Call<ReadVerdictInput>): Promise<VerdictJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const hour = readHourInput(input.hour, "hour");
  if (input.asOf !== undefined) return readKnownAt(sql, { ...input, hour }, readAsOf(input.asOf, now));
  const { type, verdict, forecast, ...hearing } = await loadHour(sql, { eventType: input.eventType, hour, now });
  const missingReporters = await loadMissingReporters(sql, type.id, verdict);
  const json = toVerdict(type.name, verdict, now, { ...hearing, missingReporters });
  // A closed hour has no forecast, although its row is deleted only moments later.
  return verdict.closedAt ? json : { ...json, forecast: toForecastJson(forecast, verdict.deadlineAt, ctx.clock) };
}

function readAsOf(text: string, now: Date): Date {
  const asOf = parseInstant(text);
  if (asOf && asOf <= now) return asOf;
  const detail = asOf
    ? `asOf ${formatInstant(asOf)} has not come yet: it is ${formatInstant(now)}. Leave asOf out for what is known now.`
    : `asOf "${text}" is not a valid instant. Write it like 2026-11-22T13:04:05Z.`;
  throw new Invalid(detail, [{ parameter: "asOf", detail }]);
}

type RevisionRow = HearingRow & Omit<HourVerdict, "datacenters"> & { lanes: unknown };

async function readKnownAt(
  sql: Sql,
  { eventType, hour }: { eventType: string; hour: Date },
  asOf: Date,
): Promise<VerdictJson> {
  const type = await findEventType(sql, eventType);
  requireActive(type, hour);
  const { rows } = await sql.query<RevisionRow>(
    `SELECT ${hearingColumns},
            r.hour, r.state, r.revision, r.amended, r.closed_at AS "closedAt", r.deadline_at AS "deadlineAt", r.known,
            r.produced, r.delivered, r.lost, r.duplicated, r.skewed, r.lanes, ${acceptedColumn("r")}
       FROM (SELECT * FROM verdict_revision WHERE event_type_id = $1 AND hour = $2 AND known_at <= $3
              ORDER BY revision DESC LIMIT 1) r`,
    [type.id, hour, asOf],
  );
  const row = rows[0];
  if (!row) {
    throw new NotFound(`Nothing was known of ${type.name}'s hour ${formatHour(hour)} at ${formatInstant(asOf)}.`);
  }
  return toVerdict(type.name, { ...row, datacenters: parseLanes(row.lanes) }, asOf, toHearing(row));
}
