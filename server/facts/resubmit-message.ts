import { type Parsed, parsePubsubMessage } from "#domain/protocol.ts";
import { type Context, OutsideLimits, requireScope } from "#server/access/index.ts";
import { Conflict, Invalid, NotFound } from "#server/errors.ts";
import type { BatchWriter } from "./batch-writer.ts";
import { findOutsideLimits } from "./find-outside-limits.ts";

export interface ResubmitInput {
  id: bigint;
  /** The mended message: its data, or a whole event where the attributes were at fault. null sends again what was kept, for when the fault was Tidemark's or the catalogue's. */
  payload: Uint8Array | null;
}

/**
 * Takes a rejected message in after all. Committed before it is marked, and merging is idempotent: a crash in between at worst
 * leaves a message that looks as if it had not been sent again.
 */
export async function resubmitMessage({
  ctx,
  input,
  writer,
}: {
  ctx: Context;
  input: ResubmitInput;
  writer: BatchWriter;
}): Promise<void> {
  requireScope(ctx, "write");
  const { prisma } = ctx.database;
  const row = await prisma.rejectedMessage.findUnique({ where: { id: input.id } });
  if (!row) throw new NotFound(`No rejected message has the id ${input.id}.`);
  if (input.payload === null && row.payloadBytes > row.payload.byteLength) {
    throw new Conflict(
      `Only the first ${row.payload.byteLength} of ${row.payloadBytes} bytes were kept: send the whole message in the body.`,
    );
  }
  const attributes = row.attributes as Record<string, string>;
  const parsed = input.payload
    ? parseMended(input.payload, attributes, ctx.clock.now())
    : parsePubsubMessage({ attributes, data: row.payload }, ctx.clock.now());
  if (!parsed.ok) throw new Invalid("The message still has faults.", parsed.faults);
  const outside = ctx.ingestLimits ? findOutsideLimits(parsed.message, ctx.ingestLimits) : [];
  if (outside.length > 0) throw new OutsideLimits("The token may not ingest all of what the message names.", outside);
  const [outlived = []] = await writer.findFaults([parsed.message]);
  if (outlived.length > 0) throw new Invalid("The message cannot be taken any more.", outlived);
  await writer.write({ messages: [parsed.message], rejected: [] });
  await prisma.rejectedMessage.update({
    where: { id: input.id },
    data: { resubmittedAt: ctx.clock.now(), resubmittedBy: ctx.actor },
  });
}

/** What a binary message's attributes got wrong can only be mended by saying the whole event anew. */
function parseMended(payload: Uint8Array, attributes: Record<string, string>, now: Date): Parsed {
  const alone = parsePubsubMessage({ attributes: {}, data: payload }, now);
  return alone.ok ? alone : parsePubsubMessage({ attributes, data: payload }, now);
}
