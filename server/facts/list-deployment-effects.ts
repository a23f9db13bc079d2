import type { DeploymentEffectJson } from "#domain/api/deployment-effect.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import type { Page } from "#server/page.ts";
import { type DeploymentKey, findDeployment, type ListDeploymentsInput, listDeployments } from "./list-deployments.ts";
import { measureDeployments } from "./measure-deployments.ts";

/** Deployments, newest first, each with what changed around it. */
export async function listDeploymentEffects({
  ctx,
  input,
}: Call<ListDeploymentsInput>): Promise<Page<DeploymentEffectJson, DeploymentKey>> {
  const page = await listDeployments({ ctx, input });
  return { ...page, items: await measureDeployments(ctx.database.sql, page.items, ctx.clock.now()) };
}

/** One deployment with what changed around it, tested alone; NotFound for an unknown id. */
export async function readDeploymentEffect({ ctx, input }: Call<{ id: string }>): Promise<DeploymentEffectJson> {
  requireScope(ctx, "read");
  const found = await findDeployment(ctx.database, input.id);
  const [measured] = found ? await measureDeployments(ctx.database.sql, [found], ctx.clock.now()) : [];
  if (measured) return measured;
  throw new NotFound(`Deployment "${input.id}" does not exist. GET /api/v1/deployments lists all deployments.`);
}
