import { randomUUID } from "node:crypto";
import { cleanActorName, foldActorName, refuseActorName } from "#domain/access/actor-name.ts";
import type { Role } from "#domain/access/role.ts";
import { type Author, recordAct } from "#server/audit/index.ts";
import type { Transaction } from "#server/db/database.ts";
import { Conflict, Invalid } from "#server/errors.ts";
import { lockActorNames, whoHasName } from "./actor-names.ts";
import { type Call, requireScope } from "./context.ts";
import { readPerson } from "./list-people.ts";
import type { PersonInfo } from "./person-info.ts";
import { createLink, type SignInLink } from "./sign-in-link.ts";

export interface Invitation {
  readonly name: string;
  readonly role: Role;
  readonly email: string | null;
  readonly teams: readonly string[];
}

export type Invited = PersonInfo & { readonly link: SignInLink };

/** Creates a local person with a one-time link. Only this response contains its code. */
export async function invitePerson({ ctx, input }: Call<Invitation>): Promise<Invited> {
  requireScope(ctx, "admin");
  const { id, link } = await ctx.database.transaction(async (tx) => {
    const id = await createLocalPerson(tx, input, ctx);
    return { id, link: await createLink(tx, id, ctx.actor) };
  });
  return { ...(await readPerson({ ctx, input: { id } })), link };
}

/** A new one-time link for a local person, in place of those not used. */
export async function linkPerson({ ctx, input: { id } }: Call<{ id: string }>): Promise<Invited> {
  const person = await readPerson({ ctx, input: { id } });
  if (person.issuer !== null) {
    throw new Conflict(`${person.name} signs in at ${person.issuer}. Links are for people without an account there.`);
  }
  if (person.disabledAt !== null) throw new Conflict(`${person.name} is disabled. Enable them first.`);
  const link = await ctx.database.transaction(async (tx) => {
    await recordAct(tx, ctx, { act: "person.linked", name: person.name });
    return createLink(tx, id, ctx.actor);
  });
  return { ...person, link };
}

/** Returns the new person's id. Throws Invalid for a name that is taken or reserved. */
export async function createLocalPerson(tx: Transaction, input: Invitation, author: Author): Promise<string> {
  const name = cleanActorName(input.name);
  const reserved = refuseActorName(name);
  if (reserved !== null) throw new Invalid(reserved, [{ pointer: "/name", detail: reserved }]);
  await lockActorNames(tx);
  const holder = await whoHasName(tx, name, null);
  if (holder !== null) {
    const detail = `${JSON.stringify(name)} is too close to the name of ${holder}. Choose another one.`;
    throw new Invalid(detail, [{ pointer: "/name", detail }]);
  }
  const id = randomUUID();
  const { role, email, teams } = input;
  const data = {
    id,
    name,
    nameKey: foldActorName(name),
    role,
    email,
    teams: [...teams],
    createdAt: new Date(),
    createdBy: author.actor,
  };
  await tx.prisma.person.create({ data });
  await recordAct(tx, author, { act: "person.created", name, after: { id, role, email, teams } });
  return id;
}
