import type { SloExcuseSuggestionJson } from "#domain/api/slo.ts";
import { formatHour } from "#domain/hour.ts";
import { matchesAll } from "#domain/routing.ts";
import { nextWindows, parseStoredSilence } from "#domain/silence.ts";
import { monthPeriod, type Period } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { readMonth } from "./slo-input.ts";

const hourMs = 3_600_000;
/** Windows of one silence in a month: one an hour at most. */
const mostWindows = 744;
const mostSilences = 500;

interface SilenceRow {
  id: string;
  matchers: unknown;
  recurrence: unknown;
  startsAt: Date;
  endsAt: Date;
  reason: string;
}

interface TroubledHour {
  eventType: string;
  tier: string;
  owner: string;
  hour: Date;
  late: boolean;
  incomplete: boolean;
}

/** Planned maintenance of a month, known from silences: windows in which hours were late or incomplete, to be offered as excuses. */
export async function suggestExcuses({
  ctx,
  input,
}: Call<{ month?: string | undefined }>): Promise<SloExcuseSuggestionJson[]> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const period = monthPeriod(readMonth(input.month, now));
  const { sql } = ctx.database;
  const [silences, hours] = await Promise.all([loadSilences(sql, period), loadTroubledHours(sql, period, now)]);
  return silences.flatMap((silence) => suggestionsOf(silence, hours, period));
}

function suggestionsOf(
  silence: SilenceRow,
  hours: readonly TroubledHour[],
  { from, to }: Period,
): SloExcuseSuggestionJson[] {
  const parsed = parseStoredSilence(silence);
  if (!parsed.ok) return [];
  // A maintenance may be limited to a datacenter, or to a rule: what it means for a type is what it says of types.
  const matchers = parsed.spec.matchers.filter(({ name }) => ["eventType", "tier", "owner"].includes(name));
  const concerned = hours.filter(({ eventType, tier, owner }) => matchesAll(matchers, { eventType, tier, owner }));
  const spec = { startsAt: silence.startsAt, endsAt: silence.endsAt, recurrence: parsed.spec.recurrence };
  return nextWindows(spec, { now: from, count: mostWindows })
    .filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from)
    .flatMap(({ startsAt, endsAt }) => {
      const first = Math.max(from.getTime(), Math.floor(startsAt.getTime() / hourMs) * hourMs);
      const end = Math.min(to.getTime(), Math.ceil(endsAt.getTime() / hourMs) * hourMs);
      const within = concerned.filter(({ hour }) => hour.getTime() >= first && hour.getTime() < end);
      if (within.length === 0) return [];
      return {
        silence: silence.id,
        reason: silence.reason,
        from: formatHour(new Date(first)),
        to: formatHour(new Date(end)),
        eventTypes: [...new Set(within.map(({ eventType }) => eventType))].sort(),
        lateHours: within.filter(({ late }) => late).length,
        incompleteHours: within.filter(({ incomplete }) => incomplete).length,
      };
    });
}

async function loadSilences(sql: Sql, { from, to }: Period): Promise<SilenceRow[]> {
  return sql.rows<SilenceRow>(
    `SELECT id::text AS id, matchers, recurrence, starts_at AS "startsAt", ends_at AS "endsAt", reason
       FROM silence WHERE starts_at < $2 AND ends_at > $1 ORDER BY starts_at, id LIMIT $3`,
    [from, to, mostSilences],
  );
}

/** Late or incomplete hours that count: those that are excused already are left out. */
async function loadTroubledHours(sql: Sql, { from, to }: Period, now: Date): Promise<TroubledHour[]> {
  return sql.rows<TroubledHour>(
    `SELECT t.name AS "eventType", t.tier, t.owner, v.hour,
            (v.closed_at IS NULL OR v.closed_at > v.deadline_at) AS late, v.state IN ('incomplete', 'overcounted') AS incomplete
       FROM verdict v
       JOIN event_type t ON t.id = v.event_type_id AND t.claimed_at IS NOT NULL
      WHERE v.hour >= $1 AND v.hour < $2 AND v.deadline_at < $3 AND v.revision > 0
        AND (v.closed_at IS NULL OR v.closed_at > v.deadline_at OR v.state IN ('incomplete', 'overcounted'))
        AND NOT EXISTS (SELECT FROM slo_excuse e
                         WHERE e.revoked_at IS NULL AND t.id = ANY (e.event_type_ids)
                           AND v.hour >= e.from_hour AND v.hour < e.to_hour)
      ORDER BY v.hour, t.name COLLATE "C" LIMIT 50000`,
    [from, to, now],
  );
}
