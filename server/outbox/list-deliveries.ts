import { hideAddresses, seesContacts, showContacts } from "#domain/access/addresses.ts";
import type { DeliveryDetailJson, DeliveryJson } from "#domain/api/deliveries.ts";
import { type WithDates, writeDates } from "#domain/api/shared.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { readId } from "#server/page.ts";
import type { ProducerName } from "./queue-deliveries.ts";

export interface ListDeliveriesInput {
  /** The last of the page before. */
  before: bigint | null;
  limit: number;
  producer?: ProducerName | undefined;
  channel?: string | undefined;
  subscription?: string | undefined;
  state?: DeliveryJson["state"] | undefined;
  kind?: DeliveryJson["kind"] | undefined;
  incidentId?: bigint | undefined;
}

type DeliveryRow = Omit<WithDates<DeliveryJson, "createdAt" | "sentAt" | "nextAttemptAt">, "id" | "incidentId"> & {
  id: bigint;
  incidentId: bigint | null;
};

const columns = `
  delivery.id, dedup_key AS "dedupKey", CASE WHEN producer = 'channel' THEN receiver END AS channel,
  CASE WHEN producer = 'subscription' THEN receiver END AS subscription, kind, state, body->>'title' AS title, body->>'status' AS status,
  body->>'severity' AS severity, body->>'receiver' AS receiver, incident_id AS "incidentId", group_key AS "groupKey",
  coalesce(jsonb_array_length(body->'alerts'), 0) AS alerts, created_at AS "createdAt", sent_at AS "sentAt", attempts,
  next_attempt_at AS "nextAttemptAt", withdrawn_because AS "withdrawnBecause",
  (SELECT detail FROM delivery_attempt WHERE delivery_id = delivery.id ORDER BY id DESC LIMIT 1) AS "lastDetail"`;

/** The log of messages to channels and to consumers' webhooks, newest first. */
export async function listDeliveries({ ctx, input }: Call<ListDeliveriesInput>): Promise<DeliveryJson[]> {
  requireScope(ctx, "read");
  const { before, limit, channel = null, subscription = null, state = null, kind = null } = input;
  const { incidentId = null, producer = null } = input;
  const { rows } = await ctx.database.sql.query<DeliveryRow>(
    `SELECT ${columns} FROM delivery
      WHERE ($1::bigint IS NULL OR (created_at, id) < (SELECT created_at, id FROM delivery WHERE id = $1))
        AND ($2::text IS NULL OR (producer, receiver) = ('channel', $2))
        AND ($3::text IS NULL OR state = $3)
        AND ($4::text IS NULL OR kind = $4)
        AND ($5::bigint IS NULL OR incident_id = $5)
        AND ($7::text IS NULL OR (producer, receiver) = ('subscription', $7))
        AND ($8::text IS NULL OR producer = $8)
        AND producer <> 'lineage'
      ORDER BY created_at DESC, id DESC LIMIT $6`,
    [before, channel, state, kind, incidentId, limit, subscription, producer],
  );
  return rows.map((row) => showDetail(ctx, toDelivery(row)));
}

/** One delivery with its attempts and content; what receivers answered only for who may respond. */
export async function readDelivery({ ctx, input }: Call<{ id: string }>): Promise<DeliveryDetailJson> {
  requireScope(ctx, "read");
  const id = toDeliveryKey(input.id);
  const { sql } = ctx.database;
  const { rows } = await sql.query<DeliveryRow & { notification: DeliveryDetailJson["notification"] }>(
    `SELECT ${columns}, body AS notification FROM delivery WHERE id = $1 AND producer <> 'lineage'`,
    [id],
  );
  const row = rows[0];
  if (!row) throw unknownDelivery(input.id);
  const tries = await sql.query<Omit<DeliveryDetailJson["tries"][number], "at"> & { at: Date }>(
    `SELECT at, outcome, status, detail, response, duration_ms AS "durationMs" FROM delivery_attempt
      WHERE delivery_id = $1 ORDER BY id`,
    [id],
  );
  const { notification, ...delivery } = row;
  const seesResponses = seesContacts(ctx);
  return {
    ...showDetail(ctx, toDelivery(delivery)),
    tries: tries.rows.map(({ at, response, ...attempt }) => ({
      ...attempt,
      at: formatInstant(at),
      detail: seesResponses ? attempt.detail : hideAddresses(attempt.detail),
      response: seesResponses ? response : null,
    })),
    notification: showContacts(ctx, notification),
  };
}

/** Servers that refuse a message name its recipients. */
function showDetail(ctx: Context, delivery: DeliveryJson): DeliveryJson {
  const { lastDetail } = delivery;
  return seesContacts(ctx) || lastDetail === null ? delivery : { ...delivery, lastDetail: hideAddresses(lastDetail) };
}

/** NotFound for what cannot be a delivery's id. */
export function toDeliveryKey(id: string): bigint {
  const key = readId(id);
  if (key === null) throw unknownDelivery(id);
  return key;
}

export function unknownDelivery(id: string): NotFound {
  return new NotFound(`Delivery "${id}" does not exist. GET /api/v1/deliveries lists stored deliveries.`);
}

function toDelivery(row: DeliveryRow): DeliveryJson {
  return {
    ...writeDates(row, ["createdAt", "sentAt", "nextAttemptAt"]),
    id: String(row.id),
    incidentId: row.incidentId === null ? null : String(row.incidentId),
  };
}
