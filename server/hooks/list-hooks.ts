import type { DeploymentHookJson } from "#domain/api/hooks.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { cutPage, type Page } from "#server/page.ts";
import { specTag } from "#server/precondition.ts";
import { keptSubjects } from "./count-delivery.ts";
import { noHook } from "./no-hook.ts";

interface ReadsSecrets {
  readSecret(name: string): string | null;
}

const withSubjects = {
  subjects: { orderBy: [{ lastSeenAt: "desc" }, { subject: "asc" }], take: keptSubjects },
} satisfies Prisma.DeploymentHookInclude;

type Row = Prisma.DeploymentHookGetPayload<{ include: typeof withSubjects }>;

/** Hooks by name, each with its deliveries and what of them is not mapped. */
export async function listHooks({
  ctx,
  input: { after, limit },
  readSecret,
}: Call<{ after: string | null; limit: number }> & ReadsSecrets): Promise<Page<DeploymentHookJson, string>> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.deploymentHook.findMany({
    include: withSubjects,
    where: after === null ? {} : { name: { gt: after } },
    orderBy: { name: "asc" },
    take: limit + 1,
  });
  return cutPage(
    rows.map((row) => toJson(row, readSecret)),
    limit,
    ({ name }) => name,
  );
}

export async function readHook({
  ctx,
  input: { name },
  readSecret,
}: Call<{ name: string }> & ReadsSecrets): Promise<DeploymentHookJson> {
  requireScope(ctx, "read");
  const row = await ctx.database.prisma.deploymentHook.findUnique({ include: withSubjects, where: { name } });
  if (row) return toJson(row, readSecret);
  throw noHook(name);
}

function toJson({ subjects, ...row }: Row, readSecret: ReadsSecrets["readSecret"]): DeploymentHookJson {
  // Validated when it was applied.
  const spec = row.spec as unknown as DeploymentHookJson["spec"];
  return {
    name: row.name,
    spec,
    etag: specTag(spec),
    secretIsSet: (readSecret(spec.secret.env) ?? "") !== "",
    deliveries: Number(row.deliveries),
    recorded: Number(row.recorded),
    notMapped: Number(row.notMapped),
    lastDeliveryAt: row.lastDeliveryAt?.toISOString() ?? null,
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
