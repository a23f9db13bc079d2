import type { LogoutMessage } from "#domain/access/identity-provider.ts";
import type { Origin } from "#domain/audit/origin.ts";
import { type Author, recordActs } from "#server/audit/index.ts";
import type { Database, Transaction } from "#server/db/database.ts";
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
  const own = ownSessions(ctx);
  const found = await ctx.database.prisma.session.findUnique({ where: { id } });
  const isOwn =
    own !== null && found !== null && Object.entries(own).every(([key, value]) => found[key as "kind"] === value);
  // Whether other people's sessions exist is no one else's business.
  if (!isOwn && !ctx.scopes.has("admin")) throw noSuchSession(id);
  if (!found) throw noSuchSession(id);
  await ctx.database.transaction((tx) => endLiveSessions(tx, { id }, ctx));
}

/** Ends the caller's sessions but the one that asks; returns how many. */
export async function endOtherSessions({ ctx }: { ctx: Context }): Promise<number> {
  requireScope(ctx, "read");
  const own = ownSessions(ctx);
  if (own === null || ctx.caller?.kind === "visitor") return 0;
  const sessionId = ctx.caller?.sessionId ?? null;
  const others = { ...own, ...(sessionId ? { NOT: { id: sessionId } } : {}) };
  return ctx.database.transaction((tx) => endLiveSessions(tx, others, ctx));
}

/** Ends all sessions of a person. */
export async function endSessionsOf({ ctx, input: { personId } }: Call<{ personId: string }>): Promise<number> {
  requireScope(ctx, "admin");
  return ctx.database.transaction((tx) => endLiveSessions(tx, { personId }, ctx));
}

/** Signs a browser out by its cookie, which its holder need not be allowed anything for. */
export async function endSessionOfCookie(database: Database, cookie: string, author: Author): Promise<void> {
  await database.transaction((tx) => endLiveSessions(tx, { hash: hashCookie(cookie) }, author));
}

/** Ends the sessions that a provider says have ended. False: the message was received before, and nothing was done. */
export async function endSessionsOfLogout(database: Database, message: LogoutMessage, from: Origin): Promise<boolean> {
  const { issuer, subject, sid, id, expiresAt } = message;
  return database.transaction(async (tx) => {
    if (!(await isFirstUse(tx, `logout ${issuer} ${id}`, expiresAt))) return false;
    const person = { issuer, ...(subject === null ? {} : { subject }) };
    await endLiveSessions(tx, { person, ...(sid === null ? {} : { oidcSid: sid }) }, { actor: issuer, from });
    return true;
  });
}

/**
 * Ends those of the sessions that are neither ended nor expired, and records each; returns how many. They go by real time, as browsers do.
 */
export async function endLiveSessions(
  tx: Transaction,
  which: Prisma.SessionWhereInput,
  author: Author,
): Promise<number> {
  const now = new Date();
  const where = { ...which, endedAt: null, expiresAt: { gt: now } };
  const found = await tx.prisma.session.findMany({ where, include: { person: true, token: true } });
  const { rows } = await tx.query<{ id: string }>(
    // who ended it first stays named
    `UPDATE session SET ended_at = $2, ended_by = $3, oidc_id_token = NULL
      WHERE id = ANY ($1) AND ended_at IS NULL RETURNING id`,
    [found.map(({ id }) => id), now, author.actor],
  );
  const ended = found.filter(({ id }) => rows.some((row) => row.id === id));
  const acts = ended.map(({ id, person, token, createdAt: since }) => {
    const name = person?.name ?? token?.name ?? "admin";
    return { act: "session.ended" as const, name, before: { id, since } };
  });
  await recordActs(tx, author, acts);
  return ended.length;
}

function noSuchSession(id: string): NotFound {
  return new NotFound(`You have no session ${JSON.stringify(id)}. GET /api/v1/sessions lists them.`);
}
