import { foldActorName, refuseActorName } from "#domain/access/actor-name.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Transaction } from "#server/db/database.ts";

/** Until the transaction ends, no one else takes a name. */
export async function lockActorNames(tx: Transaction): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [advisoryLocks.actorNames]);
}

/**
 * Whose name folds to the same; null: no one's. Names of revoked tokens and disabled people stay taken, and so do those under which
 * people acted before they were renamed: their acts do.
 */
export async function whoHasName(tx: Transaction, name: string, exceptPersonId: string | null): Promise<string | null> {
  const nameKey = foldActorName(name);
  const person = await tx.prisma.person.findUnique({ where: { nameKey } });
  if (person && person.id !== exceptPersonId) return `the person ${JSON.stringify(person.name)}`;
  const former = await tx.prisma.formerName.findUnique({ where: { nameKey }, include: { person: true } });
  if (former && former.personId !== exceptPersonId) {
    return `the person ${JSON.stringify(former.person.name)}, who was called ${JSON.stringify(former.name)}`;
  }
  const tokens = await tx.prisma.apiToken.findMany({ distinct: ["name"], select: { name: true } });
  const token = tokens.find((each) => foldActorName(each.name) === nameKey);
  return token ? `the token ${JSON.stringify(token.name)}` : null;
}

/** Why a token may not have the name, in a sentence; null: it may. Tokens may share a name with each other. */
export async function refuseTokenName(tx: Transaction, name: string): Promise<string | null> {
  const nameKey = foldActorName(name);
  const person =
    (await tx.prisma.person.findUnique({ where: { nameKey } })) ??
    (await tx.prisma.formerName.findUnique({ where: { nameKey } }));
  const taken = person && `${JSON.stringify(person.name)} is a person's name. Choose another one for the token.`;
  return refuseActorName(name) ?? taken;
}
