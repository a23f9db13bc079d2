import type { DeploymentEffectJson } from "#domain/api/deployment-effect.ts";
import { type Context, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import type { Page } from "#server/page.ts";
import { type DeploymentKey, type ListDeploymentsInput, listDeployments } from "./list-deployments.ts";
import { measureDeployments } from "./measure-deployments.ts";

/** Deployments, newest first, each with what changed around it. */
export async function listDeploymentEffects({
  ctx,
  input,
}: {
  ctx: Context;
  input: ListDeploymentsInput;
}): Promise<Page<DeploymentEffectJson, DeploymentKey>> {
  const page = await listDeployments({ ctx, input });
  return { ...page, items: await measureDeployments(ctx.database.sql, page.items, ctx.clock.now()) };
}

/** One deployment with what changed around it, tested alone; NotFound for an unknown id. */
export async function readDeploymentEffect({
  ctx,
  input,
}: {
  ctx: Context;
  input: { id: string };
}): Promise<DeploymentEffectJson> {
  requireScope(ctx, "read");
  const found = await findDeployment(ctx, input.id);
  const [measured] = found ? await measureDeployments(ctx.database.sql, [found], ctx.clock.now()) : [];
  if (measured) return measured;
  throw new NotFound(`Deployment "${input.id}" does not exist. GET /api/v1/deployments lists all deployments.`);
}

async function findDeployment(ctx: Context, id: string) {
  const { rows } = await ctx.database.sql.query<{
    id: string;
    datacenter: string | null;
    component: string;
    version: string;
    deployedAt: Date;
    deployedBy: string | null;
    url: string | null;
  }>(
    `SELECT p.id::text, d.name AS datacenter, p.component, p.version, p.deployed_at AS "deployedAt",
            p.deployed_by AS "deployedBy", p.url
       FROM deployment p LEFT JOIN datacenter d ON d.id = p.datacenter_id
      WHERE p.id::text = $1`,
    [id],
  );
  const [row] = rows;
  return row && { ...row, deployedAt: row.deployedAt.toISOString() };
}
