import type { Context } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";

export async function findDatacenter({ database }: Context, name: string): Promise<{ id: number }> {
  const datacenter = await database.prisma.datacenter.findUnique({ where: { name }, select: { id: true } });
  if (!datacenter) {
    throw new NotFound(`Datacenter "${name}" does not exist. GET /api/v1/datacenters lists all datacenters.`);
  }
  return datacenter;
}
