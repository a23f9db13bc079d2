import type { DeploymentJson } from "#domain/api/catalogue.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Database } from "#server/db/database.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { cutPage, type Page, type PageInput, readId } from "#server/page.ts";

export interface DeploymentKey {
  readonly deployedAt: string;
  readonly id: string;
}

export interface ListDeploymentsInput extends PageInput<DeploymentKey> {
  /** Includes deployments without a datacenter: they apply to all. */
  readonly datacenter?: string | undefined;
  readonly component?: string | undefined;
  /** Deployed at or after `from` and before `to`. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

const withDatacenter = { datacenter: { select: { name: true } } } as const;

type Row = Prisma.DeploymentGetPayload<{ include: typeof withDatacenter }>;

/** Deployments, newest first. */
export async function listDeployments({
  ctx,
  input,
}: Call<ListDeploymentsInput>): Promise<Page<DeploymentJson, DeploymentKey>> {
  requireScope(ctx, "read");
  const { after, limit, datacenter, component, from, to } = input;
  const deployedAt = after && new Date(after.deployedAt);
  const rows = await ctx.database.prisma.deployment.findMany({
    include: withDatacenter,
    where: {
      AND: [
        deployedAt ? { OR: [{ deployedAt: { lt: deployedAt } }, { deployedAt, id: { lt: BigInt(after.id) } }] } : {},
        datacenter === undefined ? {} : { OR: [{ datacenterId: null }, { datacenter: { name: datacenter } }] },
        component === undefined ? {} : { component },
        { deployedAt: { ...(from && { gte: from }), ...(to && { lt: to }) } },
      ],
    },
    orderBy: [{ deployedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  return cutPage(rows.map(toDeploymentJson), limit, (item) => ({ deployedAt: item.deployedAt, id: item.id }));
}

/** null: there is none. */
export async function findDeployment({ prisma }: Database, id: string): Promise<DeploymentJson | null> {
  const key = readId(id);
  const row = key === null ? null : await prisma.deployment.findUnique({ where: { id: key }, include: withDatacenter });
  return row && toDeploymentJson(row);
}

function toDeploymentJson({ source: _, eventId: __, datacenterId: ___, ...row }: Row): DeploymentJson {
  return {
    ...row,
    id: String(row.id),
    datacenter: row.datacenter?.name ?? null,
    deployedAt: row.deployedAt.toISOString(),
  };
}
