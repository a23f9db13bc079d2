import type { HookOutcome, LoggedDeliveryJson } from "#domain/api/hooks.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { DeploymentHookDelivery } from "#server/db/generated/client.ts";
import { cutPage, type Page } from "#server/page.ts";
import { noHook } from "./no-hook.ts";

/** Deliveries to a hook, the newest first, each with what came of it. */
export async function listHookDeliveries({
  ctx,
  input: { name, before, limit },
}: Call<{ name: string; before: bigint | null; limit: number }>): Promise<Page<LoggedDeliveryJson, string>> {
  requireScope(ctx, "read");
  const { prisma } = ctx.database;
  if (!(await prisma.deploymentHook.findUnique({ where: { name }, select: { name: true } }))) throw noHook(name);
  const rows = await prisma.deploymentHookDelivery.findMany({
    where: { hook: name, ...(before !== null && { id: { lt: before } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return cutPage(rows.map(toLoggedJson), limit, ({ id }) => id);
}

export function toLoggedJson({ id, receivedAt, outcome, detail, times }: DeploymentHookDelivery): LoggedDeliveryJson {
  return {
    id: String(id),
    receivedAt: receivedAt.toISOString(),
    // Written by logDelivery alone.
    outcome: outcome as HookOutcome,
    detail,
    times,
  };
}
