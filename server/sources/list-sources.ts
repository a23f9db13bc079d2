import type { SourceJson } from "#domain/api/sources.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { cutPage, type Page, type PageInput, pageByName } from "#server/page.ts";
import { sourceNotFound } from "./find-source.ts";
import { toSourceJson } from "./source-json.ts";

/** Sources by name, each with its last collection. */
export async function listSources({ ctx, input }: Call<PageInput<string>>): Promise<Page<SourceJson, string>> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.source.findMany({ include: { run: true }, ...pageByName(input) });
  return cutPage(rows.map(toSourceJson), input.limit, ({ name }) => name);
}

export async function readSource({ ctx, input: { name } }: Call<{ name: string }>): Promise<SourceJson> {
  requireScope(ctx, "read");
  const row = await ctx.database.prisma.source.findUnique({ where: { name }, include: { run: true } });
  if (row) return toSourceJson(row);
  throw new NotFound(sourceNotFound(name));
}
