import type { Fault } from "#domain/protocol.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

/** A message Tidemark cannot use, with what the sender needs to fix it. */
export interface RejectedInput {
  source: "pubsub" | "kafka" | "http";
  /** The queue's message id: a redelivery is the same rejection. */
  messageId: string | null;
  attributes: Record<string, string>;
  payload: Uint8Array;
  faults: Fault[];
}

/** Payload bytes kept; the rest is cut off. */
export const keptPayloadBytes = 65_536;

const rejections = bulkRows({
  source: "text",
  messageId: "text?",
  reason: "text",
  faults: "jsonb",
  attributes: "jsonb",
  payload: "bytea",
  payloadBytes: "int",
});

export async function writeRejected(tx: Sql, inputs: readonly RejectedInput[], now: Date): Promise<void> {
  if (inputs.length === 0) return;
  const rows = inputs.map((input) => ({
    ...input,
    reason: reasonOf(input.faults),
    attributes: textOnly(input.attributes),
    payload: Buffer.from(input.payload.subarray(0, keptPayloadBytes)),
    payloadBytes: input.payload.byteLength,
  }));
  await tx.query(
    `INSERT INTO rejected_message (received_at, ${rejections.names})
     SELECT $1, r.* FROM ${rejections.from("r", 2)}
     ON CONFLICT (message_id) DO NOTHING`,
    [now, ...rejections.values(rows)],
  );
}

function reasonOf(faults: readonly Fault[]): string {
  const [first, ...rest] = faults;
  if (!first) return "rejected without a reason";
  const sentence = first.pointer === "" ? first.detail : `${first.pointer}: ${first.detail}`;
  return (rest.length === 0 ? sentence : `${sentence} (and ${rest.length} more)`).replaceAll("\u0000", "\\0");
}

/** PostgreSQL's text and jsonb reject NUL. */
function textOnly(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key.replaceAll("\u0000", ""), value.replaceAll("\u0000", "")]),
  );
}
