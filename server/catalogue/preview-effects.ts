import type { CatalogueEffect } from "#domain/catalogue.ts";
import { countHours, cutNewest, type HourSpan, intersectSpans, spansFrom, subtractSpans } from "#domain/hour-span.ts";
import type { Sql } from "#server/db/database.ts";
import type { DatacenterRow } from "./catalogue-rows.ts";
import { countLateness, type LatenessItem } from "./count-lateness.ts";
import type { CatalogueDiff, Change, RowChange } from "./diff-catalogue.ts";
import type { EventTypeRow } from "./event-type-columns.ts";
import { loadTiers } from "./load-catalogue.ts";
import { createdRange, planVerdicts } from "./plan-verdicts.ts";

/** Verdicts a preview reads: it answers within seconds, and calls extrapolated figures an estimate. */
const hoursLookedAt = 500_000;

interface StoredType extends HourSpan {
  readonly eventTypeId: number;
  readonly name: string;
  readonly tier: string;
  readonly deadlineSeconds: number | null;
  readonly datacenters: readonly string[];
}

export interface PreviewInput {
  readonly now: Date;
  readonly factsKeptFrom: Date | null;
}

/** Each change's own effect on verdicts; changes without one are omitted. */
export async function previewEffects(
  sql: Sql,
  diff: CatalogueDiff,
  input: PreviewInput,
): Promise<Map<Change, CatalogueEffect>> {
  const types = await loadTypes(sql);
  const seconds = await deadlinesAfter(sql, diff);
  const kept = [{ from: input.factsKeptFrom?.getTime() ?? Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];
  const previews: Preview[] = [
    ...diff.tiers.map(({ before, after, change }) => {
      const retimed = before !== null && before.deadlineSeconds !== after.deadlineSeconds;
      const own = types.filter(
        ({ tier, deadlineSeconds }) => retimed && tier === after.name && deadlineSeconds === null,
      );
      const judged = own.map((type) => ({
        type,
        spans: intersectSpans([type], kept),
        deadlineSeconds: after.deadlineSeconds,
      }));
      return { ...nothing(change), judged };
    }),
    ...diff.datacenters.map((change) => previewDatacenter(change, types, kept)),
    ...diff.eventTypes.map((change) => previewType(change, { types, diff, seconds, kept, now: input.now })),
  ];
  return count(sql, previews, input.now);
}

interface Judged {
  readonly type: Pick<StoredType, "eventTypeId">;
  readonly spans: readonly HourSpan[];
  /** null: closings change too, so lateness cannot be derived from stored verdicts. */
  readonly deadlineSeconds: number | null;
}

interface Preview {
  readonly change: Change;
  readonly created: readonly HourSpan[];
  readonly deleted: readonly HourSpan[];
  readonly judged: readonly Judged[];
  readonly begin: number;
  readonly stop: number;
}

function nothing(change: Change): Preview {
  return { change, created: [], deleted: [], judged: [], begin: 0, stop: 0 };
}

function previewType(
  { before, after, change }: RowChange<EventTypeRow>,
  {
    types,
    diff,
    seconds,
    kept,
    now,
  }: {
    types: readonly StoredType[];
    diff: CatalogueDiff;
    seconds: ReadonlyMap<string, number>;
    kept: readonly HourSpan[];
    now: Date;
  },
): Preview {
  const stored = types.find(({ name }) => name === after.name);
  const created = createdRange(after, now);
  const had = stored ? [stored] : [];
  const has = created ? [{ from: created.from.getTime(), to: created.to.getTime() }] : [];
  const plan = planVerdicts({ ...diff, tiers: [], datacenters: [], eventTypes: [{ before, after, change }] });
  const isRejudged = plan.rejudged.length + plan.retimed.length > 0 && stored !== undefined;
  const listed = new Set(after.datacenters);
  const listedBefore = new Set(stored ? (before?.datacenters ?? []) : []);
  const isListed = stored !== undefined && listed.size > 0 && listedBefore.size > 0;
  const deadlineSeconds = after.deadlineSeconds ?? seconds.get(after.tier ?? "") ?? null;
  const movesSites = change.fields.some(({ field }) => field === "datacenters");
  return {
    change,
    created: subtractSpans(has, had),
    deleted: subtractSpans(had, has),
    judged: isRejudged
      ? [
          {
            type: stored,
            spans: intersectSpans(intersectSpans(had, has), kept),
            deadlineSeconds: movesSites ? null : deadlineSeconds,
          },
        ]
      : [],
    begin: isListed ? listed.difference(listedBefore).size : 0,
    stop: isListed ? listedBefore.difference(listed).size : 0,
  };
}

function previewDatacenter(
  { before, after, change }: RowChange<DatacenterRow>,
  types: readonly StoredType[],
  kept: readonly HourSpan[],
): Preview {
  const span = (from: Date | null, to: Date | null) => [
    { from: from?.getTime() ?? Number.NEGATIVE_INFINITY, to: to?.getTime() ?? Number.POSITIVE_INFINITY },
  ];
  let [begin, stop] = [0, 0];
  const judged = types.flatMap((type): Judged[] => {
    const lists = type.datacenters.includes(after.name);
    if (!lists && type.datacenters.length > 0) return [];
    // A type that lists it expects it until retired; a type without a list, while it is claimed and active.
    const was = lists
      ? span(null, before?.activeTo ?? null)
      : before?.claimedAt
        ? span(before.activeFrom, before.activeTo)
        : [];
    const is = lists ? span(null, after.activeTo) : span(after.activeFrom, after.activeTo);
    const [more, fewer] = [subtractSpans(is, was), subtractSpans(was, is)];
    if (more.length > 0) begin += 1;
    if (fewer.length > 0) stop += 1;
    const spans = intersectSpans(intersectSpans([type], [...more, ...fewer]), kept);
    return spans.length > 0 ? [{ type, spans, deadlineSeconds: null }] : [];
  });
  return { ...nothing(change), judged, begin, stop };
}

async function count(sql: Sql, previews: readonly Preview[], now: Date): Promise<Map<Change, CatalogueEffect>> {
  const items = previews.flatMap(({ judged }, preview) =>
    judged.flatMap(({ type, spans, deadlineSeconds }) =>
      deadlineSeconds === null
        ? []
        : spans.map((each): LatenessItem => ({ ...each, preview, eventTypeId: type.eventTypeId, deadlineSeconds })),
    ),
  );
  const seen = spansFrom(items, cutNewest(items, hoursLookedAt));
  const late = await countLateness(sql, seen, now);
  const hoursOf = (list: readonly LatenessItem[], preview: number) =>
    countHours(list.filter((item) => item.preview === preview));
  const effects = new Map<Change, CatalogueEffect>();
  for (const [index, { change, created, deleted, judged, begin, stop }] of previews.entries()) {
    const [all, looked] = [hoursOf(items, index), hoursOf(seen, index)];
    const scale = looked > 0 ? all / looked : 1;
    const isCounted = judged.every(({ deadlineSeconds }) => deadlineSeconds !== null);
    const effect = {
      hoursCreated: countHours(created),
      hoursDeleted: countHours(deleted),
      hoursRejudged: countHours(judged.flatMap(({ spans }) => spans)),
      becomeLate: isCounted ? Math.round((late.get(index)?.late ?? 0) * scale) : null,
      becomeOnTime: isCounted ? Math.round((late.get(index)?.onTime ?? 0) * scale) : null,
      estimated: all > looked,
      beginToWait: begin,
      stopWaiting: stop,
    };
    if (effect.hoursCreated + effect.hoursDeleted + effect.hoursRejudged + begin + stop > 0)
      effects.set(change, effect);
  }
  return effects;
}

async function loadTypes(sql: Sql): Promise<StoredType[]> {
  return sql.rows<StoredType>(
    `SELECT id AS "eventTypeId", name, tier, deadline_seconds AS "deadlineSeconds", datacenters,
            (extract(epoch FROM active_from) * 1000)::float8 AS from,
            (extract(epoch FROM greatest(active_from, hours_through)) * 1000)::float8 AS to
       FROM event_type WHERE claimed_at IS NOT NULL ORDER BY id`,
  );
}

/** By tier, with the documents' changes. */
async function deadlinesAfter(sql: Sql, diff: CatalogueDiff): Promise<Map<string, number>> {
  const tiers = [...(await loadTiers(sql)), ...diff.tiers.map(({ after }) => after)];
  return new Map(tiers.map(({ name, deadlineSeconds }) => [name, deadlineSeconds]));
}
