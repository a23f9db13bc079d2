import type { DiscoveredConsumerJson } from "#domain/api/lineage.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { NotFound } from "#server/errors.ts";
import { toDiscoveredJson } from "./list-discovered-consumers.ts";

interface Dismissal {
  readonly eventType: string;
  readonly consumer: string;
  /** false: a dismissal is undone. */
  readonly isDismissed: boolean;
}

/** Takes a discovered job off the suggestions, or puts it back on them. What is so already stays, with who did it first. */
export async function dismissConsumer({ ctx, input }: Call<Dismissal>): Promise<DiscoveredConsumerJson> {
  requireScope(ctx, "write");
  const { eventType, consumer, isDismissed } = input;
  return ctx.database.transaction(async (tx) => {
    const type = await tx.prisma.eventType.findUnique({ where: { name: eventType }, select: { id: true } });
    const key = { eventTypeId: type?.id ?? 0, consumer };
    const { count: changed } = await tx.prisma.discoveredConsumer.updateMany({
      // Two dismissals at once are one, with one entry in the audit log.
      where: { ...key, dismissedAt: isDismissed ? null : { not: null } },
      data: { dismissedAt: isDismissed ? ctx.clock.now() : null, dismissedBy: isDismissed ? ctx.actor : null },
    });
    const row = await tx.prisma.discoveredConsumer.findUnique({
      where: { eventTypeId_consumer: key },
      omit: { eventTypeId: true },
    });
    if (row === null)
      throw new NotFound(
        `No job "${consumer}" was discovered as a reader of "${eventType}", or it was forgotten. GET /api/v1/discovered-consumers lists all that exist.`,
      );
    const found = toDiscoveredJson({ ...row, eventType });
    if (changed) {
      const act = isDismissed ? "discovered_consumer.dismissed" : "discovered_consumer.restored";
      const { jobNamespace, jobName } = found;
      await recordAct(tx, ctx, { act, name: `${eventType}/${consumer}`, after: { jobNamespace, jobName } });
    }
    return found;
  });
}
