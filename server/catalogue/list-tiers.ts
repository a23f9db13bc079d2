import type { TierJson } from "#domain/api/catalogue.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { cutPage, type Page, type PageInput, pageByName } from "#server/page.ts";
import { specTag } from "#server/precondition.ts";
import type { TierRow } from "./catalogue-rows.ts";
import { tierFields } from "./changed-fields.ts";
import { writeSpec } from "./write-spec.ts";

/** Tiers by name. */
export async function listTiers({ ctx, input }: Call<PageInput<string>>): Promise<Page<TierJson, string>> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.tier.findMany(pageByName(input));
  return cutPage(rows.map(toJson), input.limit, (item) => item.name);
}

export async function readTier({ ctx, input: { name } }: Call<{ name: string }>): Promise<TierJson> {
  requireScope(ctx, "read");
  const row = await ctx.database.prisma.tier.findUnique({ where: { name } });
  if (row) return toJson(row);
  throw new NotFound(`Tier "${name}" does not exist. GET /api/v1/tiers lists all tiers.`);
}

function toJson(row: TierRow): TierJson {
  const spec = writeSpec(tierFields, row) as TierJson["spec"];
  return { name: row.name, spec, etag: specTag(spec) };
}
