import type { RoutingTreeJson } from "#domain/api/routing.ts";
import { routingTreeName } from "#domain/catalogue.ts";
import { formatInstant } from "#domain/instant.ts";
import { defaultTreeSpec } from "#domain/routing.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { specTag } from "#server/precondition.ts";

/** The routing tree as written; without one, the built-in tree. */
export async function readRoutingTree({ ctx }: { ctx: Context }): Promise<RoutingTreeJson> {
  requireScope(ctx, "read");
  const stored = await ctx.database.prisma.routingTree.findUnique({ where: { name: routingTreeName } });
  const spec = (stored?.spec as RoutingTreeJson["spec"] | undefined) ?? defaultTreeSpec;
  return {
    name: "default",
    isDefault: stored === null,
    spec,
    etag: specTag(spec),
    updatedAt: stored ? formatInstant(stored.updatedAt) : null,
    updatedBy: stored?.updatedBy ?? null,
  };
}
