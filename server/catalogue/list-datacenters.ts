import type { DatacenterJson } from "#domain/api/catalogue.ts";
import { catalogueStatus } from "#domain/catalogue/status.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { ComponentInstance, Datacenter, Prisma } from "#server/db/generated/client.ts";
import { NotFound } from "#server/errors.ts";
import { cutPage, type Page, type PageInput, pageByName } from "#server/page.ts";
import { specTag } from "#server/precondition.ts";
import { datacenterFields } from "./changed-fields.ts";
import { writeSpec } from "./write-spec.ts";

type DatacenterView = Datacenter & { instances: ComponentInstance[] };

const withInstances = {
  instances: { orderBy: [{ component: "asc" }, { instance: "asc" }] },
} satisfies Prisma.DatacenterInclude;

/** Datacenters by name, with what runs there according to heartbeats. */
export async function listDatacenters({ ctx, input }: Call<PageInput<string>>): Promise<Page<DatacenterJson, string>> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const rows = await ctx.database.prisma.datacenter.findMany({ include: withInstances, ...pageByName(input) });
  const items = rows.map((row) => toJson(row, now));
  return cutPage(items, input.limit, ({ name }) => name);
}

/** One datacenter; NotFound for a name never claimed or reported. */
export async function readDatacenter({ ctx, input }: Call<{ name: string }>): Promise<DatacenterJson> {
  requireScope(ctx, "read");
  const row = await ctx.database.prisma.datacenter.findUnique({ include: withInstances, where: { name: input.name } });
  if (row) return toJson(row, ctx.clock.now());
  throw new NotFound(`Datacenter "${input.name}" does not exist. GET /api/v1/datacenters lists all datacenters.`);
}

function toJson(row: DatacenterView, now: Date): DatacenterJson {
  const spec = writeSpec(datacenterFields, row);
  return {
    name: row.name,
    displayName: row.displayName,
    status: catalogueStatus(row, now),
    activeFrom: row.activeFrom?.toISOString() ?? null,
    activeTo: row.activeTo?.toISOString() ?? null,
    discoveredAt: row.discoveredAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    spec,
    etag: specTag(spec),
    components: row.instances.map(({ component, instance, version, startedAt, lastSeenAt }) => ({
      component,
      instance,
      version,
      startedAt: startedAt?.toISOString() ?? null,
      lastSeenAt: lastSeenAt.toISOString(),
    })),
  };
}
