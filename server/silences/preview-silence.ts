import type { SilencePreviewJson } from "#domain/api/silences.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Matcher, matchesAll } from "#domain/routing.ts";
import { parseSilenceDraft, type Silence, silencedBy } from "#domain/silence.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { Invalid } from "#server/errors.ts";
import { heavyTurnMs, nextHeavyTurn } from "#server/process/heavy-turns.ts";
import { equalLabels, type FiredAlert, loadBeginnings, loadFiring, maxBeginnings } from "./load-fired-alerts.ts";
import { nextJson } from "./silence-row.ts";

const weekMs = 7 * 86_400_000;
const shown = 100;
const mostWorkMs = 10_000;
const slow = "must be simpler: matching all alerts takes longer than ten seconds";

type Hidden = SilencePreviewJson["now"]["alerts"][number];

/** What a silence with these matchers and weekly times would hide now, would have hidden in the last seven days, and when next. */
export async function previewSilence({ ctx, input }: Call<unknown>): Promise<SilencePreviewJson> {
  requireScope(ctx, "respond");
  const parsed = parseSilenceDraft(input);
  if (!parsed.ok) throw new Invalid("The silence cannot be looked at.", parsed.faults);
  const { matchers, startsAt, endsAt } = parsed.spec;
  const recurrence = parsed.spec.recurrence ?? null;
  const now = ctx.clock.now();
  const from = new Date(now.getTime() - weekMs);
  const always: Silence = { id: "", matchers: [], startsAt: from, endsAt: new Date(now.getTime() + 1), recurrence };
  const equal = equalLabels(matchers);
  const firing = await loadFiring(ctx.database.sql, equal);
  const beginnings = await loadBeginnings(ctx.database.sql, { equal, from, to: now });
  // Ignores whether a recurrence is in force at this minute: the user wants to see what the matchers select.
  const matched = await findMatched(matchers, [...firing, ...beginnings]);
  const hidden = firing.filter(({ fingerprint }) => matched.has(fingerprint));
  const past = beginnings.filter(
    ({ fingerprint, labels, firingSince }) =>
      matched.has(fingerprint) && silencedBy(labels, [always], firingSince).length > 0,
  );
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

/** Fingerprints of the alerts that the matchers match: each is looked at once, and others have their turn in between. */
async function findMatched(matchers: readonly Matcher[], alerts: readonly FiredAlert[]): Promise<Set<string>> {
  const seen = new Set<string>();
  const matched = new Set<string>();
  const endsAtMs = performance.now() + mostWorkMs;
  let turnEndsAtMs = performance.now() + heavyTurnMs;
  for (const { fingerprint, labels } of alerts) {
    if (seen.has(fingerprint)) continue;
    seen.add(fingerprint);
    if (matchesAll(matchers, labels)) matched.add(fingerprint);
    if (performance.now() < turnEndsAtMs) continue;
    if (performance.now() > endsAtMs)
      throw new Invalid("The preview takes too long.", [{ pointer: "/matchers", detail: slow }]);
    await nextHeavyTurn();
    turnEndsAtMs = performance.now() + heavyTurnMs;
  }
  return matched;
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
