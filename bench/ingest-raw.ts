import pg from "pg";
import type { CloudEvent } from "#simulator/messages.ts";

const rowsAStatement = 6_000;
const stageNumber: Record<string, number> = { produced: 1, published: 2, delivered: 3 };

interface CountersData {
  dc: string;
  stage: string;
  reporter: string;
  reports: { eventType: string; hour: string; events: number }[];
}

/**
 * The physical limit to compare with: the rows of these messages, parsed and numbered beforehand, upserted into the same
 * table by one connection with plain `unnest`, one transaction per statement. Returns rows per second.
 */
export async function upsertRaw(url: string, events: readonly CloudEvent[]): Promise<number> {
  const columns = toColumns(events);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const startedAt = performance.now();
  for (let from = 0; from < columns[0].length; from += rowsAStatement) {
    await client.query(
      `INSERT INTO report AS old (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour, epoch, events)
       SELECT type, hour, dc, stage, reporter, hour, 0, events
         FROM unnest($1::int[], $2::timestamptz[], $3::int[], $4::smallint[], $5::int[], $6::bigint[])
           AS r(type, hour, dc, stage, reporter, events)
       ON CONFLICT (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour) DO UPDATE
         SET events = greatest(old.events, excluded.events)`,
      columns.map((column) => column.slice(from, from + rowsAStatement)),
    );
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await client.end();
  return columns[0].length / seconds;
}

function toColumns(events: readonly CloudEvent[]): [unknown[], ...unknown[][]] {
  const ids = new Map<string, number>();
  const idOf = (kind: string, name: string) => {
    const key = `${kind} ${name}`;
    const id = ids.get(key) ?? ids.size + 1;
    ids.set(key, id);
    return id;
  };
  const columns: [unknown[], ...unknown[][]] = [[], [], [], [], [], []];
  for (const event of events) {
    const data = event.data as unknown as CountersData;
    for (const report of data.reports) {
      const row = [
        idOf("type", report.eventType),
        `${report.hour}:00:00Z`,
        idOf("dc", data.dc),
        stageNumber[data.stage],
        idOf("reporter", data.reporter),
        report.events,
      ];
      for (const [index, value] of row.entries()) columns[index]?.push(value);
    }
  }
  return columns;
}
