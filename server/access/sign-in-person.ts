import { randomUUID } from "node:crypto";
import { actorNamesOf, foldActorName, refuseActorName } from "#domain/access/actor-name.ts";
import { type GroupRule, listRoleRules, roleOfGroups, teamsOfGroups } from "#domain/access/group-rules.ts";
import { type Identity, ProviderRefusal } from "#domain/access/identity-provider.ts";
import type { Role } from "#domain/access/role.ts";
import type { Origin } from "#domain/audit/origin.ts";
import { recordAct } from "#server/audit/index.ts";
import type { Database, Transaction } from "#server/db/database.ts";
import type { Person } from "#server/db/generated/client.ts";
import { lockActorNames, whoHasName } from "./actor-names.ts";

/** What a provider's groups mean here. */
export interface GroupMeaning {
  readonly roles: readonly GroupRule<Role>[];
  /** null: each group is a team of its name. */
  readonly teams: readonly GroupRule[] | null;
}

/** The person of an identity, created at the first sign-in; name, role and teams are the provider's each time. */
export async function signInPerson(
  database: Database,
  { identity, meaning, from }: { identity: Identity; meaning: GroupMeaning; from: Origin },
): Promise<{ personId: string }> {
  const role = roleOfGroups(meaning.roles, identity.groups);
  if (role === null) {
    throw new ProviderRefusal(
      `You are signed in at the provider, but none of your groups may use Tidemark. Ask there to be added to ${listRoleRules(meaning.roles)}.`,
    );
  }
  const { issuer, subject, email } = identity;
  return database.transaction(async (tx) => {
    await lockActorNames(tx);
    const known = await tx.prisma.person.findUnique({ where: { issuer_subject: { issuer, subject } } });
    if (known?.disabledAt) {
      throw new ProviderRefusal(`${known.name} is disabled in Tidemark. Ask an administrator of Tidemark.`);
    }
    const name = await freeName(tx, identity, known?.id ?? null);
    const now = new Date();
    const teams = teamsOfGroups(meaning.teams, identity.groups);
    const said = { name, nameKey: foldActorName(name), email, role, teams, lastSeenAt: now };
    const author = { actor: issuer, from: { ...from, door: "provider" } } as const;
    const after = { name, email, role, teams };
    if (known) {
      const before = { name: known.name, email: known.email, role: known.role, teams: known.teams };
      const isChanged = JSON.stringify(before) !== JSON.stringify(after);
      if (isChanged) await recordAct(tx, author, { act: "person.changed", name, before, after });
      if (known.nameKey !== said.nameKey) await keepName(tx, known, now);
      await tx.prisma.person.update({ where: { id: known.id }, data: said });
      return { personId: known.id };
    }
    const personId = randomUUID();
    const first = { id: personId, issuer, subject, createdAt: now, createdBy: issuer, firstSeenAt: now };
    await tx.prisma.person.create({ data: { ...said, ...first } });
    await recordAct(tx, author, { act: "person.created", name, after: { id: personId, email, role, teams } });
    return { personId };
  });
}

/** Whoever reads the acts done under a name must not take another person for their author. */
async function keepName(tx: Transaction, { id, name, nameKey }: Person, replacedAt: Date): Promise<void> {
  const kept = { name, personId: id, replacedAt };
  await tx.prisma.formerName.upsert({ where: { nameKey }, create: { nameKey, ...kept }, update: kept });
}

/** The plainest name that no one else has. */
async function freeName(tx: Transaction, identity: Identity, personId: string | null): Promise<string> {
  const names = actorNamesOf(identity);
  const reserved = refuseActorName(names[0] ?? "");
  if (reserved !== null) throw new ProviderRefusal(`${reserved} It is the name that the provider gives you.`);
  for (const name of names) {
    if ((await whoHasName(tx, name, personId)) === null) return name;
  }
  throw new ProviderRefusal(
    `Another person or a token is already called ${names.at(-1)}. Ask an administrator of Tidemark.`,
  );
}
