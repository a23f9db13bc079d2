import { consumerNameOf } from "#domain/lineage/consumer-name.ts";
import { type Call, isNamed, requireScope } from "#server/access/index.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";

interface Dataset {
  namespace: string;
  name: string;
}

interface LineageInput {
  job: Dataset;
  inputs: readonly Dataset[];
  /** Of datasets that no label names: OPENLINEAGE_NAMESPACE. */
  namespace: string;
}

/** Of a type: a scheduler that makes a job's name for each run must not fill the table. */
const mostOfType = 1_000;
const forgetAfterMs = 30 * 86_400_000;
/** A job that runs once a quarter stays dismissed. */
const forgetDismissedAfterMs = 400 * 86_400_000;
const datasets = bulkRows({ namespace: "text", name: "text" });

/** Notes the job as a possible consumer of the claimed types whose datasets it reads; returns how many those are. */
export async function discoverConsumers({ ctx, input }: Call<LineageInput>): Promise<number> {
  requireScope(ctx, "ingest");
  const { job, inputs, namespace } = input;
  const consumer = consumerNameOf(job.name);
  // Tidemark's own runs check a dataset: they are no consumers of it.
  const isOwn = job.namespace === namespace && job.name.startsWith("completeness.");
  if (consumer === null || isOwn || inputs.length === 0) return 0;
  const types = await ctx.database.sql.query<{ id: number; name: string }>(
    `SELECT DISTINCT e.id, e.name FROM event_type e
       JOIN ${datasets.from("d", 2)} ON d.namespace = coalesce(e.labels->>'openlineage-namespace', $1)
                                    AND d.name = coalesce(e.labels->>'openlineage-name', e.name)
      WHERE e.claimed_at IS NOT NULL ORDER BY e.id`,
    [namespace, ...datasets.values(inputs)],
  );
  const allowed = ctx.ingestLimits?.eventTypes ?? [];
  const ids = types.rows.flatMap(({ id, name }) => (allowed.length === 0 || isNamed(name, allowed) ? id : []));
  if (ids.length === 0) return 0;
  const now = ctx.clock.now();
  await ctx.database.transaction(async (tx) => {
    await tx.query(
      `DELETE FROM discovered_consumer
        WHERE event_type_id = ANY ($1) AND last_seen_at < CASE WHEN dismissed_at IS NULL THEN $2::timestamptz ELSE $3 END`,
      [ids, new Date(now.getTime() - forgetAfterMs), new Date(now.getTime() - forgetDismissedAfterMs)],
    );
    await tx.query(
      `INSERT INTO discovered_consumer AS d (event_type_id, consumer, job_namespace, job_name, first_seen_at, last_seen_at)
       SELECT id, $2, $3, $4, $5, $5 FROM unnest($1::int[]) AS id
        WHERE (SELECT count(*) FROM discovered_consumer o WHERE o.event_type_id = id) < $6
           OR EXISTS (SELECT FROM discovered_consumer o WHERE o.event_type_id = id AND o.consumer = $2)
        ORDER BY id
       ON CONFLICT (event_type_id, consumer) DO UPDATE
         SET job_namespace = excluded.job_namespace, job_name = excluded.job_name,
             last_seen_at = greatest(d.last_seen_at, excluded.last_seen_at)`,
      [ids, consumer, job.namespace, job.name, now, mostOfType],
    );
  });
  return ids.length;
}
