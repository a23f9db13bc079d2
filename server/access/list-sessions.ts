import type { SessionItemJson } from "#domain/api/people.ts";
import type { WithDates } from "#domain/api/shared.ts";
import { type CreatedKey, createdBefore, createdKey, cutPage, type Page, type PageInput } from "#server/page.ts";
import { type Call, requireScope } from "./context.ts";
import { ownSessions } from "./end-sessions.ts";
import { liveSessions } from "./person-info.ts";

/** A browser that is signed in. */
export type SessionInfo = WithDates<SessionItemJson, "createdAt" | "lastSeenAt" | "expiresAt">;

export interface SessionQuery extends PageInput<CreatedKey> {
  /** Of this person; null: everyone's for an administrator, else the caller's own. */
  readonly personId: string | null;
}

/** Sessions that have not ended, the newest first. */
export async function listSessions({ ctx, input }: Call<SessionQuery>): Promise<Page<SessionInfo, CreatedKey>> {
  requireScope(ctx, "read");
  const { personId, after, limit } = input;
  const { caller } = ctx;
  const isOwn = personId !== null && caller?.kind === "person" && caller.personId === personId;
  if (personId !== null && !isOwn) requireScope(ctx, "admin");
  const own = ownSessions(ctx);
  const whose = personId !== null ? { personId } : ctx.scopes.has("admin") ? {} : own;
  if (whose === null) return { items: [], next: null };
  const rows = await ctx.database.prisma.session.findMany({
    where: { AND: [whose, liveSessions(new Date()), createdBefore(after)] },
    include: { person: { select: { name: true } }, token: { select: { name: true } } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const { items, next } = cutPage(rows, limit, createdKey);
  const current = caller && caller.kind !== "visitor" ? caller.sessionId : null;
  const toInfo = ({ id, person, token, ...row }: (typeof items)[number]): SessionInfo => ({
    id,
    actor: person?.name ?? token?.name ?? "admin",
    personId: row.personId,
    address: row.address,
    userAgent: row.userAgent,
    current: id === current,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    expiresAt: row.expiresAt,
  });
  return { items: items.map(toInfo), next };
}
