import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Role } from "#domain/access/role.ts";
import type { Origin } from "#domain/audit/origin.ts";
import { type Author, recordAct } from "#server/audit/index.ts";
import type { Database, Nouns } from "#server/db/database.ts";

/** A session lasts so long without use, and so long at all. Real time, as in the browser. */
export const idleMs = 12 * 3_600_000;
export const longestMs = 7 * 86_400_000;
/** Ended ones are kept so long, for whoever asks afterwards. */
const keptMs = 90 * 86_400_000;
const cookiePattern = /^[A-Za-z0-9_-]{43}$/;

/** Whose session it is. `admin`: TIDEMARK_ADMIN_TOKEN's. */
export type SessionHolder =
  | { readonly kind: "admin"; readonly adminKey: Uint8Array<ArrayBuffer> }
  | { readonly kind: "token"; readonly tokenId: string }
  | { readonly kind: "person"; readonly personId: string };

/** What is recorded of a sign-in. */
export interface SignInPlace {
  readonly from: Origin;
  readonly userAgent: string | null;
  /** Of an identity provider's session. */
  readonly sid?: string | null;
  readonly idToken?: string | null;
}

/** What the check needs of a session. */
export interface StoredSession {
  readonly id: string;
  readonly kind: string;
  readonly tokenId: string | null;
  readonly adminKey: Uint8Array | null;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly endsAt: Date;
  readonly oidcIdToken: string | null;
  readonly person: StoredPerson | null;
}

export interface StoredPerson {
  readonly id: string;
  readonly issuer: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly teams: string[];
  readonly disabledAt: Date | null;
}

export function hashCookie(cookie: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(cookie).digest() as Buffer<ArrayBuffer>;
}

/** Avoids a look-up for what cannot be a session's cookie. */
export function looksLikeSession(cookie: string): boolean {
  return cookiePattern.test(cookie);
}

/** A new session with a new random cookie, so that no cookie from before the sign-in counts afterwards. */
export async function createSession(
  database: Database,
  holder: SessionHolder,
  { from, userAgent, sid = null, idToken = null }: SignInPlace,
): Promise<{ cookie: string; endsAt: Date }> {
  const { prisma, secrets } = database;
  const now = new Date();
  const cookie = randomBytes(32).toString("base64url");
  const endsAt = new Date(now.getTime() + longestMs);
  const id = randomUUID();
  await prisma.session.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - keptMs) } } });
  const over = { expiresAt: { lt: now }, oidcIdToken: { not: null } };
  await prisma.session.updateMany({ where: over, data: { oidcIdToken: null } });
  const data = {
    id,
    hash: hashCookie(cookie),
    kind: holder.kind,
    personId: holder.kind === "person" ? holder.personId : null,
    tokenId: holder.kind === "token" ? holder.tokenId : null,
    adminKey: holder.kind === "admin" ? holder.adminKey : null,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + idleMs),
    endsAt,
    address: from.address?.slice(0, 100) ?? null,
    userAgent: userAgent?.slice(0, 400) ?? null,
    oidcSid: sid,
    oidcIdToken: idToken === null ? null : secrets.seal(placeOf(id), idToken),
  };
  await database.transaction(async (tx) => {
    await tx.prisma.session.create({ data });
    const who = await authorOf(tx, holder);
    const after = { id, userAgent: data.userAgent };
    await recordAct(tx, { ...who, from }, { act: "session.started", name: who.actor, after });
  });
  return { cookie, endsAt };
}

/** null: it began without one, or no key of this process opens it. A sign-out at the provider works without it. */
export function readIdToken({ secrets }: Database, { id, oidcIdToken }: StoredSession): string | null {
  return oidcIdToken === null ? null : secrets.tryOpen(placeOf(id), oidcIdToken);
}

function placeOf(id: string) {
  return { table: "session", row: id };
}

async function authorOf({ prisma }: Nouns, holder: SessionHolder): Promise<Author> {
  if (holder.kind === "admin") return { actor: "admin", caller: { kind: "admin" } };
  if (holder.kind === "person") {
    const person = await prisma.person.findUniqueOrThrow({ where: { id: holder.personId } });
    return { actor: person.name, caller: holder };
  }
  const token = await prisma.apiToken.findUniqueOrThrow({ where: { id: holder.tokenId } });
  return { actor: token.name, caller: holder };
}

/** null if no session that has not ended has the cookie. */
export async function findSession({ prisma }: Nouns, cookie: string): Promise<StoredSession | null> {
  const found = await prisma.session.findFirst({
    where: { hash: hashCookie(cookie), endedAt: null },
    omit: { hash: true },
    include: { person: true },
  });
  return found as StoredSession | null;
}

/** Records a session's use, and moves its expiry. */
export async function touchSession(database: Database, { id, person, endsAt }: StoredSession): Promise<void> {
  const lastSeenAt = new Date();
  const expiresAt = new Date(Math.min(lastSeenAt.getTime() + idleMs, endsAt.getTime()));
  const { session, person: people } = database.prisma;
  // A session that was ended meanwhile stays as it was.
  await session.updateMany({ where: { id, endedAt: null }, data: { lastSeenAt, expiresAt } });
  if (person) await people.update({ where: { id: person.id }, data: { lastSeenAt } });
}
