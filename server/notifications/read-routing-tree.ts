import type { RoutingTreeJson } from "#domain/api/routing.ts";
import { routingTreeName } from "#domain/catalogue.ts";
import { formatInstant } from "#domain/instant.ts";
import { defaultTreeSpec } from "#domain/routing.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { specTag } from "#server/catalogue/index.ts";

/** The routing tree as written; without one, the built-in tree. */
export async function readRoutingTree({ ctx }: { ctx: Context }): Promise<RoutingTreeJson> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<{ spec: RoutingTreeJson["spec"]; updatedAt: Date; updatedBy: string }>(
    `SELECT spec, updated_at AS "updatedAt", updated_by AS "updatedBy" FROM routing_tree WHERE name = $1`,
    [routingTreeName],
  );
  const stored = rows[0];
  const spec = stored?.spec ?? defaultTreeSpec;
  return {
    name: "default",
    isDefault: stored === undefined,
    spec,
    etag: specTag(spec),
    updatedAt: stored ? formatInstant(stored.updatedAt) : null,
    updatedBy: stored?.updatedBy ?? null,
  };
}
