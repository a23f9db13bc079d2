import type { DeploymentJson } from "#domain/api/catalogue.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";

export interface DeploymentKey {
  readonly deployedAt: string;
  readonly id: string;
}

export interface ListDeploymentsInput {
  readonly after: DeploymentKey | null;
  readonly limit: number;
  /** Includes deployments without a datacenter: they apply to all. */
  readonly datacenter?: string | undefined;
  readonly component?: string | undefined;
  /** Deployed at or after `from` and before `to`. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

interface DeploymentView extends Omit<DeploymentJson, "deployedAt"> {
  deployedAt: Date;
}

/** Deployments, newest first. */
export async function listDeployments({
  ctx,
  input,
}: {
  ctx: Context;
  input: ListDeploymentsInput;
}): Promise<Page<DeploymentJson, DeploymentKey>> {
  requireScope(ctx, "read");
  const { rows } = await ctx.database.sql.query<DeploymentView>(
    `SELECT p.id::text, d.name AS datacenter, p.component, p.version, p.deployed_at AS "deployedAt",
            p.deployed_by AS "deployedBy", p.url
       FROM deployment p
       LEFT JOIN datacenter d ON d.id = p.datacenter_id
      WHERE ($1::timestamptz IS NULL OR (p.deployed_at, p.id) < ($1, $2::bigint))
        AND ($3::text IS NULL OR d.name = $3 OR p.datacenter_id IS NULL)
        AND ($4::text IS NULL OR p.component = $4)
        AND ($5::timestamptz IS NULL OR p.deployed_at >= $5)
        AND ($6::timestamptz IS NULL OR p.deployed_at < $6)
      ORDER BY p.deployed_at DESC, p.id DESC LIMIT $7`,
    [
      input.after && new Date(input.after.deployedAt),
      input.after?.id ?? null,
      input.datacenter ?? null,
      input.component ?? null,
      input.from ?? null,
      input.to ?? null,
      input.limit + 1,
    ],
  );
  const items = rows.map((row) => ({ ...row, deployedAt: row.deployedAt.toISOString() }));
  return cutPage(items, input.limit, (item) => ({ deployedAt: item.deployedAt, id: item.id }));
}
