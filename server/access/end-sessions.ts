import type { LogoutMessage } from "#domain/access/identity-provider.ts";
import type { Database, Nouns } from "#server/db/database.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { NotFound } from "#server/errors.ts";
import { type Call, type Context, requireScope } from "./context.ts";
import { hashCookie } from "./stored-session.ts";
import { isFirstUse } from "./used-once.ts";

/** Which sessions are the caller's; null: a caller without any, such as a visitor. */
export function ownSessions({ caller }: Context): Record<string, string> | null {
  if (caller?.kind === "person") return { kind: "person", personId: caller.personId };
  if (caller?.kind === "token") return { kind: "token", tokenId: caller.tokenId };
  return caller?.kind === "admin" ? { kind: "admin" } : null;
}

/** Ends one session: the caller's own, or for an administrator anyone's. Ending it again changes nothing. */
export async function endSession({ ctx, input: { id } }: Call<{ id: string }>): Promise<void> {
  requireScope(ctx, "read");
  const { session } = ctx.database.prisma;
  const own = ownSessions(ctx);
  const found = await session.findUnique({ where: { id } });
  const isOwn =
    own !== null && found !== null && Object.entries(own).every(([key, value]) => found[key as "kind"] === value);
  // Whether other people's sessions exist is no one else's business.
  if (!isOwn && !ctx.scopes.has("admin")) throw noSuchSession(id);
  if (!found) throw noSuchSession(id);
  await endLiveSessions(ctx.database, { id }, ctx.actor);
}

/** Ends the caller's sessions but the one that asks; returns how many. */
export async function endOtherSessions({ ctx }: { ctx: Context }): Promise<number> {
  requireScope(ctx, "read");
  const own = ownSessions(ctx);
  if (own === null || ctx.caller?.kind === "visitor") return 0;
  const sessionId = ctx.caller?.sessionId ?? null;
  const others = { ...own, ...(sessionId ? { NOT: { id: sessionId } } : {}) };
  return endLiveSessions(ctx.database, others, ctx.actor);
}

/** Ends all sessions of a person. */
export async function endSessionsOf({ ctx, input: { personId } }: Call<{ personId: string }>): Promise<number> {
  requireScope(ctx, "admin");
  return endLiveSessions(ctx.database, { personId }, ctx.actor);
}

/** Signs a browser out by its cookie, which its holder need not be allowed anything for. */
export async function endSessionOfCookie(nouns: Nouns, cookie: string, by: string): Promise<void> {
  await endLiveSessions(nouns, { hash: hashCookie(cookie) }, by);
}

/** Ends the sessions that a provider says have ended. False: the message was received before, and nothing was done. */
export async function endSessionsOfLogout(database: Database, message: LogoutMessage): Promise<boolean> {
  const { issuer, subject, sid, id, expiresAt } = message;
  return database.transaction(async (tx) => {
    if (!(await isFirstUse(tx, `logout ${issuer} ${id}`, expiresAt))) return false;
    await tx.query(
      `UPDATE session SET ended_at = $1, ended_by = $2, oidc_id_token = NULL
         FROM person
        WHERE person.id = session.person_id AND session.ended_at IS NULL
          AND person.issuer = $2 AND ($3::text IS NULL OR person.subject = $3)
          AND ($4::text IS NULL OR session.oidc_sid = $4)`,
      [new Date(), issuer, subject, sid],
    );
    return true;
  });
}

/** Ends those of the sessions that are neither ended nor expired; returns how many. They go by real time, as browsers do. */
export async function endLiveSessions({ prisma }: Nouns, which: Prisma.SessionWhereInput, by: string): Promise<number> {
  const now = new Date();
  const { count } = await prisma.session.updateMany({
    where: { ...which, endedAt: null, expiresAt: { gt: now } },
    data: { endedAt: now, endedBy: by, oidcIdToken: null },
  });
  return count;
}

function noSuchSession(id: string): NotFound {
  return new NotFound(`You have no session ${JSON.stringify(id)}. GET /api/v1/sessions lists them.`);
}
