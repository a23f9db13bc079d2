import type { SourceReadingJson, SourceResourceJson } from "#domain/api/sources.ts";
import { stages } from "#domain/protocol.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { SourceLane, SourceReading } from "#server/db/generated/client.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { findSource } from "./find-source.ts";

/** A resource's place in the list. */
export interface ResourceKey {
  readonly kind: string;
  readonly id: string;
}

/** A list cursor as the API writes it. */
export function writeResourceCursor(key: ResourceKey): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

export interface ListSourceResourcesInput extends PageInput<ResourceKey> {
  readonly name: string;
  /** undefined: all. */
  readonly mapped?: boolean | undefined;
}

/** What a source measures, by kind and id: the lanes that each resource feeds, and the newest point of each metric. */
export async function listSourceResources({
  ctx,
  input: { name, mapped, after, limit },
}: Call<ListSourceResourcesInput>): Promise<Page<SourceResourceJson, ResourceKey>> {
  requireScope(ctx, "read");
  await findSource(ctx.database, name);
  const rows = await ctx.database.prisma.sourceResource.findMany({
    where: {
      source: name,
      ...(mapped === undefined ? {} : { mapped }),
      ...(after && { OR: [{ kind: { gt: after.kind } }, { kind: after.kind, resource: { gt: after.id } }] }),
    },
    include: {
      lanes: { orderBy: [{ eventType: "asc" }, { datacenter: "asc" }] },
      readings: { orderBy: { metric: "asc" } },
    },
    orderBy: [{ kind: "asc" }, { resource: "asc" }],
    take: limit + 1,
  });
  const page = cutPage(rows, limit, ({ kind, resource }) => ({ kind, id: resource }));
  const items = page.items.map(({ kind, resource, lanes, readings, seenAt }) => ({
    kind,
    id: resource,
    lanes: lanes.map(toLaneJson),
    readings: readings.map(toReadingJson),
    seenAt: seenAt.toISOString(),
  }));
  return { ...page, items };
}

function toLaneJson({
  eventType,
  datacenter,
  stage,
  retentionSeconds,
}: SourceLane): SourceResourceJson["lanes"][number] {
  return { eventType, datacenter, stage: stage === null ? null : (stages[stage - 1] ?? null), retentionSeconds };
}

function toReadingJson({ metric, value, text, at, seenAt, sampledSeconds }: SourceReading): SourceReadingJson {
  return {
    metric,
    value,
    text,
    at: at.toISOString(),
    seenAt: seenAt.toISOString(),
    delaySeconds: Math.max(0, Math.round((seenAt.getTime() - at.getTime()) / 1000)),
    sampledSeconds,
  };
}
