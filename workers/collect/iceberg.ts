import { type Collection, collectIceberg, type IcebergSpec, readTableHistory } from "#domain/source.ts";
import type { Egress } from "#server/adapters/egress.ts";
import { IcebergCatalog, IcebergError, type TableName } from "#server/adapters/iceberg-catalog.ts";
import type { CollectorKind } from "./collector.ts";

export interface IcebergOptions {
  readonly egress: Egress;
  /** The value of an environment variable; null if unset. */
  readSecret(name: string): string | null;
}

/** Snapshot summaries of Iceberg tables, every five minutes. A table that cannot be read is a problem, and the others are read. */
export function icebergCollector({ egress, readSecret }: IcebergOptions): CollectorKind {
  return {
    everySeconds: 300,
    boundSeconds: 240,
    open: async ({ iceberg }) => {
      const spec = iceberg as IcebergSpec;
      const token = spec.token === undefined ? null : readSecret(spec.token.env);
      if (spec.token !== undefined && !token)
        throw new IcebergError(
          `${spec.token.env} is not set where the collect worker runs. Set it to the catalog's token.`,
        );
      const catalog = new IcebergCatalog({ uri: spec.uri, warehouse: spec.warehouse, token, egress });
      /** When each table whose counts are committed had been updated. */
      let sent = new Map<string, number>();
      let read = new Map<string, number>();
      return {
        async collect({ name, now, signal }) {
          const callsBefore = catalog.calls;
          read = new Map(sent);
          const parts: Collection[] = [];
          const problems: string[] = [];
          for (const table of (await Promise.all(spec.namespaces.map((each) => catalog.listTables(each)))).flat()) {
            signal.throwIfAborted();
            const part = await lookAtTable(table).catch((error: unknown) => {
              problems.push(`Table ${idOf(table)}: ${error instanceof Error ? error.message : String(error)}`);
              return null;
            });
            if (part !== null) parts.push(part);
          }
          return {
            events: parts.flatMap(({ events }) => events),
            readings: parts.flatMap(({ readings }) => readings),
            resources: parts.flatMap(({ resources }) => resources),
            problems: [...problems, ...parts.flatMap((part) => part.problems)],
            calls: catalog.calls - callsBefore,
          };

          async function lookAtTable(table: TableName): Promise<Collection> {
            const history = readTableHistory(await catalog.loadMetadata(table), spec.watermarkProperty);
            if (history === null) throw new IcebergError("The catalog's answer is not an Iceberg table's metadata.");
            const id = idOf(table);
            const found = collectIceberg({ source: name, spec, now }, id, history);
            const isSent = sent.get(id) === history.updatedAt.getTime();
            read.set(id, history.updatedAt.getTime());
            return isSent ? { ...found, events: [] } : found;
          }
        },
        async committed() {
          sent = read;
        },
        close: async () => undefined,
      };
    },
  };
}

function idOf({ namespace, name }: TableName): string {
  return `${namespace}.${name}`;
}
