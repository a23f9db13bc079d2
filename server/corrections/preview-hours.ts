import type { CorrectionPreviewJson } from "#domain/api/corrections.ts";
import type { CorrectionDraft } from "#domain/correction.ts";
import { formatHour, hourEnd } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type DatacenterFacts, judgeHour, type VerdictState } from "#domain/verdict.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourFacts, type HourKey, loadFacts, verdictKey } from "#server/verdicts/index.ts";
import { type AffectedHours, toAffected } from "./find-affected-hours.ts";
import { loadLeftClosings } from "./load-left-closings.ts";
import { type LeftCounts, loadLeftCounts } from "./load-left-counts.ts";
import type { Scope } from "./resolve-scope.ts";

type Hour = CorrectionPreviewJson["hours"][number];
type Previewed = Pick<CorrectionPreviewJson, "hourCount" | "changedStates" | "hours" | "alsoUnknown">;

/** The affected hours, judged from their facts before and after. */
export async function previewHours(
  ctx: Context,
  { draft, scope, affected }: { draft: CorrectionDraft; scope: Scope; affected: AffectedHours },
): Promise<Previewed> {
  const { sql } = ctx.database;
  const facts = await loadFacts(sql, affected.keys);
  const names = await loadNames(sql, affected.eventTypeIds);
  const isCounts = draft.action === "discard-counts";
  const counts = isCounts ? await loadLeftCounts(sql, { draft, scope, keys: affected.keys }) : null;
  const closings = isCounts ? null : await loadLeftClosings(sql, { draft, scope, keys: affected.keys });
  const change =
    (hour: HourFacts) =>
    (lane: DatacenterFacts): DatacenterFacts => {
      if (lane.name !== draft.datacenter) return lane;
      const left = counts?.get(verdictKey(hour));
      if (left) return withCounts(lane, left);
      if (!closings) return lane;
      const closedAt = closings.get(verdictKey(hour)) ?? null;
      return { ...lane, closedAt: closedAt && new Date(Math.max(closedAt.getTime(), hourEnd(hour.hour).getTime())) };
    };
  const now = ctx.clock.now();
  const hours = facts
    .map((hour): Hour => {
      const { terms } = hour;
      return {
        eventType: names.get(hour.eventTypeId) ?? "",
        hour: formatHour(hour.hour),
        before: figuresOf(judgeHour({ hour: hour.hour, facts: hour.facts, terms, now })),
        after: figuresOf(judgeHour({ hour: hour.hour, facts: hour.facts.map(change(hour)), terms, now })),
      };
    })
    .sort(newestFirst);
  return {
    hourCount: affected.count,
    changedStates: hours.filter(({ before, after }) => before.state !== after.state).length,
    hours,
    alsoUnknown: [...(counts?.values() ?? [])].some(({ reportedProduced }) => !reportedProduced),
  };
}

function withCounts(lane: DatacenterFacts, left: LeftCounts): DatacenterFacts {
  const { produced, published, delivered, skewed, reportedProduced } = left;
  return { ...lane, produced, published, delivered, skewed: skewed ?? 0n, reportedProduced };
}

/** The hours that an acceptance would cover: those not complete. */
export async function previewAcceptance(
  ctx: Context,
  { eventTypeId, from, to }: { eventTypeId: number; from: Date; to: Date },
): Promise<{ preview: Previewed; eventTypeIds: number[] }> {
  const { rows } = await ctx.database.sql.query<StoredHour>(
    `SELECT event_type_id AS "eventTypeId", hour, state, closed_at AS "closedAt", known, produced, delivered, lost, duplicated,
            accepted_by_correction IS NOT NULL AS accepted
       FROM verdict WHERE event_type_id = $1 AND hour >= $2 AND hour < $3 AND state <> 'complete' ORDER BY hour DESC`,
    [eventTypeId, from, to],
  );
  const names = await loadNames(ctx.database.sql, [eventTypeId]);
  const affected = toAffected(rows);
  const hours = rows.slice(0, affected.keys.length).map((row): Hour => {
    const before = { ...figuresOf(row), accepted: row.accepted };
    const after = { ...before, accepted: true };
    return { eventType: names.get(eventTypeId) ?? "", hour: formatHour(row.hour), before, after };
  });
  const changedStates = hours.filter(({ before }) => !before.accepted).length;
  return { preview: { hourCount: rows.length, changedStates, hours, alsoUnknown: false }, eventTypeIds: [eventTypeId] };
}

interface Figures {
  state: VerdictState;
  closedAt: Date | null;
  known: boolean;
  produced: bigint;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
}

type StoredHour = HourKey & Figures & { accepted: boolean };

function figuresOf({ state, closedAt, known, produced, delivered, lost, duplicated }: Figures): Hour["before"] {
  return {
    state,
    closedAt: closedAt && formatInstant(closedAt),
    known,
    produced: Number(produced),
    delivered: Number(delivered),
    lost: Number(lost),
    duplicated: Number(duplicated),
    accepted: false,
  };
}

async function loadNames(sql: Sql, ids: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql.query<{ id: number; name: string }>(
    "SELECT id, name FROM event_type WHERE id = ANY ($1)",
    [ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function newestFirst(a: Hour, b: Hour): number {
  return b.hour.localeCompare(a.hour) || a.eventType.localeCompare(b.eventType);
}
