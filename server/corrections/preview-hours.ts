import type { CorrectionPreviewJson } from "#domain/api/corrections.ts";
import { formatHour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type DatacenterFacts, type Judgement, judgeHour } from "#domain/verdict.ts";
import type { Context } from "#server/access/index.ts";
import { type HourKey, loadFacts, loadTypeNames } from "#server/verdicts/index.ts";

export type PreviewedHour = CorrectionPreviewJson["hours"][number];

export const previewedHours = 100;

interface PreviewHoursInput {
  datacenter: string | null;
  keys: readonly HourKey[];
  /** What remains of the datacenter's facts. */
  left(key: HourKey): Partial<DatacenterFacts>;
}

/** Hours judged from their facts before and after. */
export async function previewHours(ctx: Context, { datacenter, keys, left }: PreviewHoursInput) {
  const { sql } = ctx.database;
  const eventTypeIds = keys.map(({ eventTypeId }) => eventTypeId);
  const names = await loadTypeNames(sql, eventTypeIds);
  const now = ctx.clock.now();
  const hours = (await loadFacts(sql, keys))
    .map((key): PreviewedHour => {
      const { eventTypeId, hour, facts, terms } = key;
      const remaining = facts.map((lane) => (lane.name === datacenter ? { ...lane, ...left(key) } : lane));
      return {
        eventType: names.get(eventTypeId) ?? "",
        hour: formatHour(hour),
        before: figuresOf(judgeHour({ hour, facts, terms, now })),
        after: figuresOf(judgeHour({ hour, facts: remaining, terms, now })),
      };
    })
    .sort(newestFirst);
  return {
    changedStates: hours.filter(({ before, after }) => before.state !== after.state).length,
    hours,
    alsoUnknown: keys.some((key) => left(key).reportedProduced === false),
  };
}

export type Figures = Pick<
  Judgement,
  "state" | "closedAt" | "known" | "produced" | "delivered" | "lost" | "duplicated"
>;

export function figuresOf(judged: Figures): PreviewedHour["before"] {
  return {
    state: judged.state,
    closedAt: judged.closedAt && formatInstant(judged.closedAt),
    known: judged.known,
    produced: Number(judged.produced),
    delivered: Number(judged.delivered),
    lost: Number(judged.lost),
    duplicated: Number(judged.duplicated),
    accepted: false,
  };
}

function newestFirst(a: PreviewedHour, b: PreviewedHour): number {
  return b.hour.localeCompare(a.hour) || a.eventType.localeCompare(b.eventType);
}
