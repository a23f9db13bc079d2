import type { Fault } from "#domain/protocol.ts";
import type { Sql } from "#server/db/database.ts";

/** A message Tidemark cannot use, with what the sender needs to fix it. */
export interface RejectedInput {
  source: "pubsub" | "http";
  /** Pub/Sub's message id: a redelivery is the same rejection. */
  messageId: string | null;
  attributes: Record<string, string>;
  payload: Uint8Array;
  faults: Fault[];
}

/** Payload bytes kept; the rest is cut off. */
export const keptPayloadBytes = 65_536;

export async function writeRejected(tx: Sql, inputs: readonly RejectedInput[], now: Date): Promise<void> {
  if (inputs.length === 0) return;
  await tx.query(
    `INSERT INTO rejected_message (source, message_id, received_at, reason, faults, attributes, payload, payload_bytes)
     SELECT source, message_id, $8, reason, faults, attributes, payload, payload_bytes
       FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::jsonb[], $6::bytea[], $7::int[])
         AS r(source, message_id, reason, faults, attributes, payload, payload_bytes)
     ON CONFLICT (message_id) DO NOTHING`,
    [
      inputs.map((input) => input.source),
      inputs.map((input) => input.messageId),
      inputs.map((input) => reasonOf(input.faults)),
      inputs.map((input) => JSON.stringify(input.faults)),
      inputs.map((input) => JSON.stringify(textOnly(input.attributes))),
      inputs.map((input) => Buffer.from(input.payload.subarray(0, keptPayloadBytes))),
      inputs.map((input) => input.payload.byteLength),
      now,
    ],
  );
}

function reasonOf(faults: readonly Fault[]): string {
  const [first, ...rest] = faults;
  if (!first) return "refused without a fault";
  const sentence = first.pointer === "" ? first.detail : `${first.pointer}: ${first.detail}`;
  return (rest.length === 0 ? sentence : `${sentence} (and ${rest.length} more)`).replaceAll("\u0000", "\\0");
}

/** PostgreSQL's text and jsonb reject NUL. */
function textOnly(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key.replaceAll("\u0000", ""), value.replaceAll("\u0000", "")]),
  );
}
