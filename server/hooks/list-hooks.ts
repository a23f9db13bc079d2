import type { DeploymentHookJson } from "#domain/api/hooks.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { cutPage, type Page, type PageInput, pageByName } from "#server/page.ts";
import { specTag } from "#server/precondition.ts";
import { keptSubjects } from "./count-delivery.ts";
import { secretsNow } from "./hook-secrets.ts";
import { toLoggedJson } from "./list-deliveries.ts";
import { noHook } from "./no-hook.ts";

interface ReadsSecrets {
  readSecret(name: string): string | null;
}

const withDeliveries = {
  log: { orderBy: { id: "desc" }, take: 1 },
  subjects: { orderBy: [{ lastSeenAt: "desc" }, { subject: "asc" }], take: keptSubjects },
} satisfies Prisma.DeploymentHookInclude;

type Row = Prisma.DeploymentHookGetPayload<{ include: typeof withDeliveries }>;

/** Hooks by name, each with its deliveries and what of them is not mapped. */
export async function listHooks({
  ctx,
  input,
  readSecret,
}: Call<PageInput<string>> & ReadsSecrets): Promise<Page<DeploymentHookJson, string>> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.deploymentHook.findMany({
    include: withDeliveries,
    ...pageByName(input),
  });
  const items = rows.map((row) => toJson(ctx, row, readSecret));
  return cutPage(items, input.limit, ({ name }) => name);
}

export async function readHook({
  ctx,
  input: { name },
  readSecret,
}: Call<{ name: string }> & ReadsSecrets): Promise<DeploymentHookJson> {
  requireScope(ctx, "read");
  const row = await ctx.database.prisma.deploymentHook.findUnique({ include: withDeliveries, where: { name } });
  if (row) return toJson(ctx, row, readSecret);
  throw noHook(name);
}

function toJson(
  { database, clock }: Context,
  { subjects, log, ...row }: Row,
  readSecret: ReadsSecrets["readSecret"],
): DeploymentHookJson {
  // Validated when it was applied.
  const spec = row.spec as unknown as DeploymentHookJson["spec"];
  const now = clock.now();
  const { previousSecretUntil: until } = row;
  const [last] = log;
  return {
    name: row.name,
    spec,
    etag: specTag(spec),
    secretIsSet: secretsNow(database, spec, row, { now, readSecret }).accepted.length > 0,
    previousSecretUntil: spec.secret === undefined && until !== null && until > now ? until.toISOString() : null,
    deliveries: Number(row.deliveries),
    recorded: Number(row.recorded),
    notMapped: Number(row.notMapped),
    lastDeliveryAt: row.lastDeliveryAt?.toISOString() ?? null,
    refused: Number(row.refused),
    lastRefusedAt: row.lastRefusedAt?.toISOString() ?? null,
    lastDelivery: last === undefined ? null : toLoggedJson(last),
    notMappedSubjects: subjects.map(({ subject, deliveries, firstSeenAt, lastSeenAt }) => ({
      subject,
      deliveries: Number(deliveries),
      firstSeenAt: firstSeenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    })),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
  };
}
