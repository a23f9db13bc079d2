import type { DeliveryJson } from "#domain/api/deliveries.ts";
import type { Sql } from "#server/db/database.ts";
import type { ProducerName } from "./queue-deliveries.ts";

export interface DeliveryCount {
  producer: ProducerName;
  state: Extract<DeliveryJson["state"], "queued" | "failed">;
  messages: number;
}

/** How many messages wait to be sent, and how many of the log were given up. */
export async function countDeliveries(sql: Sql): Promise<DeliveryCount[]> {
  return sql.rows<DeliveryCount>(
    `SELECT producer, state, (SELECT count(*)::int FROM delivery d WHERE d.producer = p.producer AND d.state = s.state) AS messages
       FROM (VALUES ('channel'), ('subscription'), ('lineage')) p (producer), (VALUES ('queued'), ('failed')) s (state)`,
  );
}
