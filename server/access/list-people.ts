import { NotFound } from "#server/errors.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { type Call, requireScope } from "./context.ts";
import { type PersonInfo, toPersonInfo, withSessions } from "./person-info.ts";

/** Everyone who ever signed in or was invited, by name. */
export async function listPeople({
  ctx,
  input: { after, limit },
}: Call<PageInput<string>>): Promise<Page<PersonInfo, string>> {
  requireScope(ctx, "admin");
  const rows = await ctx.database.prisma.person.findMany({
    where: after === null ? {} : { nameKey: { gt: after } },
    orderBy: { nameKey: "asc" },
    take: limit + 1,
    include: withSessions(new Date()),
  });
  const { items, next } = cutPage(rows, limit, ({ nameKey }) => nameKey);
  return { items: items.map(toPersonInfo), next };
}

export async function readPerson({ ctx, input: { id } }: Call<{ id: string }>): Promise<PersonInfo> {
  requireScope(ctx, "admin");
  const row = await ctx.database.prisma.person.findUnique({ where: { id }, include: withSessions(new Date()) });
  if (!row) throw noSuchPerson(id);
  return toPersonInfo(row);
}

export function noSuchPerson(id: string): NotFound {
  return new NotFound(`Person ${JSON.stringify(id)} does not exist. GET /api/v1/people lists them all.`);
}
