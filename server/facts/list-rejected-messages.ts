import type { RejectedMessageJson } from "#domain/api/rejected-messages.ts";
import type { WithDates } from "#domain/api/shared.ts";
import type { Fault } from "#domain/protocol.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";

/** `payload`: the first 64 KiB as text; invalid UTF-8 shows as replacement characters. */
export type RejectedMessage = WithDates<RejectedMessageJson, "receivedAt" | "resubmittedAt">;

export interface ListRejectedInput {
  /** Only smaller ids: the next page. */
  before: bigint | null;
  limit: number;
}

/** Newest first. */
export async function listRejectedMessages({ ctx, input }: Call<ListRejectedInput>): Promise<RejectedMessage[]> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.rejectedMessage.findMany({
    ...(input.before === null ? {} : { where: { id: { lt: input.before } } }),
    orderBy: { id: "desc" },
    take: input.limit,
  });
  return rows.map(toRejectedMessage);
}

/** One rejected message, or null. */
export async function readRejectedMessage({ ctx, input }: Call<{ id: bigint }>): Promise<RejectedMessage | null> {
  requireScope(ctx, "read");
  const row = await ctx.database.prisma.rejectedMessage.findUnique({ where: { id: input.id } });
  return row ? toRejectedMessage(row) : null;
}

type Row = Awaited<ReturnType<Context["database"]["prisma"]["rejectedMessage"]["findMany"]>>[number];

function toRejectedMessage(row: Row): RejectedMessage {
  return {
    id: String(row.id),
    source: row.source,
    receivedAt: row.receivedAt,
    reason: row.reason,
    faults: row.faults as unknown as Fault[],
    attributes: row.attributes as Record<string, string>,
    payload: Buffer.from(row.payload).toString("utf8"),
    payloadBytes: row.payloadBytes,
    truncated: row.payloadBytes > row.payload.byteLength,
    resubmittedAt: row.resubmittedAt,
    resubmittedBy: row.resubmittedBy,
  };
}
