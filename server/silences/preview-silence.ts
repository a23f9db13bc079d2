import type { SilencePreviewJson } from "#domain/api/silences.ts";
import { formatInstant } from "#domain/instant.ts";
import { matchesAll } from "#domain/routing.ts";
import { parseSilenceDraft, type Silence, silencedBy } from "#domain/silence.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { Invalid } from "#server/errors.ts";
import { equalLabels, type FiredAlert, loadBeginnings, loadFiring, maxBeginnings } from "./load-fired-alerts.ts";
import { nextJson } from "./silence-row.ts";

const weekMs = 7 * 86_400_000;
const shown = 100;

type Hidden = SilencePreviewJson["now"]["alerts"][number];

/** What a silence with these matchers and weekly times would hide now, would have hidden in the last seven days, and when next. */
export async function previewSilence({ ctx, input }: Call<unknown>): Promise<SilencePreviewJson> {
  requireScope(ctx, "read");
  const parsed = parseSilenceDraft(input);
  if (!parsed.ok) throw new Invalid("The silence cannot be looked at.", parsed.faults);
  const { matchers, startsAt, endsAt } = parsed.spec;
  const recurrence = parsed.spec.recurrence ?? null;
  const now = ctx.clock.now();
  const from = new Date(now.getTime() - weekMs);
  const always: Silence = { id: "", matchers, startsAt: from, endsAt: new Date(now.getTime() + 1), recurrence };
  const equal = equalLabels(matchers);
  const firing = await loadFiring(ctx.database.sql, equal);
  const beginnings = await loadBeginnings(ctx.database.sql, { equal, from, to: now });
  // Ignores whether a recurrence is in force at this minute: the user wants to see what the matchers select.
  const hidden = firing.filter(({ labels }) => matchesAll(matchers, labels));
  const past = beginnings.filter(({ labels, firingSince }) => silencedBy(labels, [always], firingSince).length > 0);
  return {
    now: { count: hidden.length, alerts: hidden.slice(0, shown).map(toJson) },
    lastWeek: {
      from: formatInstant(from),
      to: formatInstant(now),
      count: past.length,
      pages: past.filter(({ severity }) => severity === "page").length,
      incidents: new Set(past.flatMap(({ incidentId }) => incidentId ?? [])).size,
      byRule: countByRule(past),
      alerts: past.slice(0, shown).map(toJson),
      complete: beginnings.length < maxBeginnings,
    },
    next: endsAt ? nextJson({ startsAt: startsAt ?? now, endsAt, recurrence }, now) : [],
  };
}

function countByRule(alerts: readonly FiredAlert[]): { rule: string; count: number }[] {
  const counts = Object.entries(Object.groupBy(alerts, ({ rule }) => rule));
  return counts
    .map(([rule, found]) => ({ rule, count: found?.length ?? 0 }))
    .sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}

function toJson({ firingSince, ...alert }: FiredAlert): Hidden {
  return { ...alert, firingSince: formatInstant(firingSince) };
}
