import { type Parsed, parseQueueMessage } from "#domain/protocol.ts";
import { type Context, OutsideLimits, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { Conflict, Invalid, NotFound } from "#server/errors.ts";
import type { BatchWriter } from "./batch-writer.ts";
import { findOutsideLimits } from "./find-outside-limits.ts";

export interface ResubmitInput {
  id: bigint;
  /** The corrected message: its data, or a whole event if the attributes were at fault. null resends what was kept, if the fault was Tidemark's or the catalogue's. */
  payload: Uint8Array | null;
}

/**
 * Accepts a rejected message. It is committed before it is marked, and merging is idempotent: a crash in between at worst
 * leaves a message that looks as if it was never resubmitted.
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
  if (!row)
    throw new NotFound(
      `Rejected message "${input.id}" does not exist. GET /api/v1/rejected-messages lists stored messages.`,
    );
  if (input.payload === null && row.payloadBytes > row.payload.byteLength) {
    throw new Conflict(
      `Only the first ${row.payload.byteLength} of ${row.payloadBytes} bytes were stored. Send the whole message in the body.`,
    );
  }
  const attributes = row.attributes as Record<string, string>;
  const parsed = input.payload
    ? parseMended(input.payload, attributes, ctx.clock.now())
    : parseQueueMessage({ attributes, data: row.payload }, ctx.clock.now());
  if (!parsed.ok) {
    await writer.requireClock(parsed.faults);
    throw new Invalid("The message still has faults.", parsed.faults);
  }
  const outside = ctx.ingestLimits ? findOutsideLimits(parsed.message, ctx.ingestLimits) : [];
  if (outside.length > 0) throw new OutsideLimits("The token's limits exclude part of the message.", outside);
  const [outlived = []] = await writer.findFaults([parsed.message]);
  if (outlived.length > 0) throw new Invalid("The message can no longer be accepted.", outlived);
  await writer.write({ messages: [parsed.message], rejected: [] });
  await ctx.database.transaction(async (tx) => {
    await tx.prisma.rejectedMessage.update({
      where: { id: input.id },
      data: { resubmittedAt: ctx.clock.now(), resubmittedBy: ctx.actor },
    });
    const after = { corrected: input.payload !== null };
    await recordAct(tx, ctx, { act: "rejected_message.resubmitted", name: String(input.id), after });
  });
}

/** Faults in a binary message's attributes can only be fixed by sending the whole event. */
function parseMended(payload: Uint8Array, attributes: Record<string, string>, now: Date): Parsed {
  const alone = parseQueueMessage({ attributes: {}, data: payload }, now);
  return alone.ok ? alone : parseQueueMessage({ attributes, data: payload }, now);
}
