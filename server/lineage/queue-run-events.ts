import { createHash } from "node:crypto";
import { formatHour, hourEnd } from "#domain/hour.ts";
import { runEventOf, runNameOf } from "#domain/lineage/run-event.ts";
import type { Sql } from "#server/db/database.ts";
import { queueDeliveries } from "#server/outbox/index.ts";
import type { JudgedHour } from "#server/verdicts/index.ts";

export interface LineageOptions {
  /** Of Tidemark's jobs, and of datasets that no label names. */
  namespace: string;
  /** A URI of this Tidemark. */
  producer: string;
}

/** The hours that a claim creates in the past are history, not news. */
const newsForMs = 7 * 86_400_000;

/** Queues a run event for each hour that becomes final or changes after that, in the judge's own transaction. */
export async function queueRunEvents(
  tx: Sql,
  { judged, now, options }: { judged: readonly JudgedHour[]; now: Date; options: LineageOptions },
): Promise<void> {
  const final = judged.filter((hour) => hour.settled && hour.isNewRevision && isNews(hour, now));
  if (final.length === 0) return;
  const types = await loadDatasets(tx, [...new Set(final.map(({ eventTypeId }) => eventTypeId))]);
  const deliveries = final.flatMap((hour) => {
    const type = types.get(hour.eventTypeId);
    return type ? [toDelivery(hour, type, { now, options })] : [];
  });
  await queueDeliveries(tx, deliveries);
}

function isNews({ before, hour }: JudgedHour, now: Date): boolean {
  return before.revision > 0 || hourEnd(hour).getTime() > now.getTime() - newsForMs;
}

interface TypeDataset {
  id: number;
  eventType: string;
  /** By the type's labels; null: it has none. */
  namespace: string | null;
  name: string | null;
}

async function loadDatasets(tx: Sql, ids: readonly number[]): Promise<ReadonlyMap<number, TypeDataset>> {
  const { rows } = await tx.query<TypeDataset>(
    `SELECT id, name AS "eventType", labels->>'openlineage-namespace' AS namespace, labels->>'openlineage-name' AS name
       FROM event_type WHERE id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function toDelivery(
  { hour, before, judgement, revision, traceparent }: JudgedHour,
  { id, eventType, namespace, name }: TypeDataset,
  { now, options }: { now: Date; options: LineageOptions },
) {
  const { state, closedAt, deadlineAt, known } = judgement;
  const final = { eventType, hour, state, closedAt, deadlineAt, known, amended: before.settled };
  const body = runEventOf(final, {
    runId: runIdOf(runNameOf(eventType, hour)),
    namespace: options.namespace,
    dataset: { namespace: namespace ?? options.namespace, name: name ?? eventType },
    producer: options.producer,
    at: now,
  });
  return {
    producer: "lineage" as const,
    receiver: "openlineage",
    dedupKey: `lineage_${id}_${formatHour(hour)}_${revision}`,
    threadKey: `${id} ${formatHour(hour)}`,
    kind: final.amended ? "amended" : "final",
    body,
    at: now,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** A UUID of version 8 (RFC 9562): what the name hashes to. */
function runIdOf(name: string): string {
  const bytes = createHash("sha256").update(`tidemark\n${name}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
