import type { Origin } from "#domain/audit/origin.ts";
import { type Author, recordAct } from "#server/audit/index.ts";
import type { Database, Nouns, Sql, Transaction } from "#server/db/database.ts";
import { Conflict, Invalid } from "#server/errors.ts";
import { lockActorNames } from "./actor-names.ts";
import { createLocalPerson } from "./invite-person.ts";
import { createLink, hashCode, type SignInLink } from "./sign-in-link.ts";

/** Who a link signs in, without using it; null: the first owner, who has no name yet. */
export async function readLink(database: Database, code: string): Promise<{ name: string | null }> {
  const link = await database.prisma.signInLink.findUnique({
    where: { hash: hashCode(code) },
    include: { person: true },
  });
  if (!link || link.usedAt || link.expiresAt <= new Date()) throw await refusal(database, code);
  return { name: link.person?.name ?? null };
}

/**
 * Uses a link up and returns who it signs in. Of several requests with one link, one succeeds. `name`: the first owner's,
 * for a link without a person; if it is refused, the link stays usable.
 */
export async function redeemLink(
  database: Database,
  { code, name, from }: { code: string; name: string | null; from: Origin },
): Promise<{ personId: string }> {
  return database.transaction(async (tx) => {
    // The row lock makes a second request wait, and then find it used.
    const usedAt = new Date();
    const { signInLink } = tx.prisma;
    const [hash, unused] = [hashCode(code), { usedAt: null, expiresAt: { gt: usedAt } }];
    const { count } = await signInLink.updateMany({ where: { hash, ...unused }, data: { usedAt } });
    if (count === 0) throw await refusal(tx, code);
    const link = await signInLink.findUniqueOrThrow({ where: { hash } });
    const personId = link.personId ?? (await createFirstOwner(tx, name, { actor: link.createdBy, from }));
    const seenAt = new Date();
    const person = await tx.prisma.person.findUnique({ where: { id: personId } });
    if (!person || person.disabledAt) throw new Conflict("This person is disabled. Ask an administrator of Tidemark.");
    const data = { firstSeenAt: person.firstSeenAt ?? seenAt, lastSeenAt: seenAt };
    await tx.prisma.person.update({ where: { id: personId }, data });
    return { personId };
  });
}

async function createFirstOwner(tx: Transaction, name: string | null, author: Author): Promise<string> {
  if (name === null) {
    const detail = "Say who you are: it is recorded with everything that you do.";
    throw new Invalid(detail, [{ pointer: "/name", detail }]);
  }
  await lockActorNames(tx);
  if (await hasAdministrator(tx)) {
    throw new Conflict("Tidemark has an administrator already. Ask them for a link of your own.");
  }
  return createLocalPerson(tx, { name, role: "admin", email: null, teams: [] }, author);
}

/** A link for the first owner; null: a person administers already. */
export async function createOwnerLink(database: Database): Promise<SignInLink | null> {
  if (await hasAdministrator(database.sql)) return null;
  return database.transaction(async (tx) => {
    await recordAct(tx, { actor: "system" }, { act: "person.linked", name: "first owner" });
    return createLink(tx, null, "system");
  });
}

async function hasAdministrator(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ found: boolean }>(
    "SELECT EXISTS (SELECT FROM person WHERE role = 'admin' AND disabled_at IS NULL) AS found",
  );
  return rows[0]?.found === true;
}

async function refusal({ prisma }: Nouns, code: string): Promise<Conflict> {
  const link = await prisma.signInLink.findUnique({ where: { hash: hashCode(code) } });
  const ask = "Ask an administrator of Tidemark for a new one.";
  if (!link) return new Conflict(`This link is unknown, or was replaced by a newer one. ${ask}`);
  if (link.usedAt) return new Conflict(`This link was already used. ${ask}`);
  return new Conflict(`This link has expired: links last 24 hours. ${ask}`);
}
