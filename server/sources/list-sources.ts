import type { SourceJson } from "#domain/api/sources.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { cutPage, type Page } from "#server/page.ts";
import { sourceNotFound } from "./find-source.ts";
import { toSourceJson } from "./source-json.ts";

/** Sources by name, each with its last collection. */
export async function listSources({
  ctx,
  input: { after, limit },
}: Call<{ after: string | null; limit: number }>): Promise<Page<SourceJson, string>> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.source.findMany({
    where: after === null ? {} : { name: { gt: after } },
    include: { run: true },
    orderBy: { name: "asc" },
    take: limit + 1,
  });
  const page = cutPage(rows, limit, ({ name }) => name);
  return { ...page, items: page.items.map(toSourceJson) };
}

export async function readSource({ ctx, input: { name } }: Call<{ name: string }>): Promise<SourceJson> {
  requireScope(ctx, "read");
  const row = await ctx.database.prisma.source.findUnique({ where: { name }, include: { run: true } });
  if (row) return toSourceJson(row);
  throw new NotFound(sourceNotFound(name));
}
