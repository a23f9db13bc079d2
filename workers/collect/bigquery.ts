import { type BigQuerySpec, collectBigQuery, firstPartition, type PartitionRow, partitionKey } from "#domain/source.ts";
import { type BigQueryOptions, readPartitions } from "#server/adapters/bigquery.ts";
import type { CollectorKind } from "./collector.ts";

/** Partitions of BigQuery, every five minutes: each look is a query, which Google bills as 10 MiB at least. */
export function bigQueryCollector(options: BigQueryOptions): CollectorKind {
  return {
    everySeconds: 300,
    boundSeconds: 120,
    open: async ({ bigQuery }) => {
      const spec = bigQuery as BigQuerySpec;
      /** When each partition whose count is committed had been modified. */
      let sent = new Map<string, number>();
      let read: readonly PartitionRow[] = [];
      return {
        async collect({ name, now, signal }) {
          const { project, dataset, location, only, lookback } = spec;
          const from = firstPartition(now, lookback);
          const { rows, calls } = await readPartitions(options, { project, dataset, location, only, from, signal });
          read = rows;
          return collectBigQuery({ source: name, spec, calls }, rows, sent);
        },
        async committed() {
          sent = new Map(read.map((row) => [partitionKey(row), row.modifiedAt.getTime()]));
        },
        close: async () => undefined,
      };
    },
  };
}
