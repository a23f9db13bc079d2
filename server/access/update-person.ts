import type { Role } from "#domain/access/role.ts";
import { recordAct } from "#server/audit/index.ts";
import { Conflict } from "#server/errors.ts";
import { type Call, requireScope } from "./context.ts";
import { endLiveSessions } from "./end-sessions.ts";
import { noSuchPerson, readPerson } from "./list-people.ts";
import type { PersonInfo } from "./person-info.ts";

export interface PersonChange {
  readonly id: string;
  readonly role?: Role | undefined;
  readonly teams?: readonly string[] | undefined;
  readonly disabled?: boolean | undefined;
}

/** Of people of an identity provider, and by which setting. */
const decidedByGroups = [
  ["role", "TIDEMARK_OIDC_ROLES"],
  ["teams", "TIDEMARK_OIDC_TEAMS"],
] as const;

/** Changes a local person's role or teams, or disables or enables a person. Disabling ends their sessions and their links. */
export async function updatePerson({ ctx, input }: Call<PersonChange>): Promise<PersonInfo> {
  requireScope(ctx, "admin");
  const { id, role, teams, disabled } = input;
  const isOwn = role !== undefined || disabled !== undefined;
  if (isOwn && ctx.caller?.kind === "person" && ctx.caller.personId === id) {
    throw new Conflict("You cannot change your own role or disable yourself. Ask another administrator.");
  }
  await ctx.database.transaction(async (tx) => {
    const person = await tx.prisma.person.findUnique({ where: { id } });
    if (!person) throw noSuchPerson(id);
    const before = { role: person.role, teams: namesOf(person.teams), disabled: person.disabledAt !== null };
    const after = {
      role: role ?? before.role,
      teams: teams ? namesOf(teams) : before.teams,
      disabled: disabled ?? before.disabled,
    };
    if (JSON.stringify(after) !== JSON.stringify(before))
      await recordAct(tx, ctx, { act: "person.changed", name: person.name, before, after });
    for (const [field, setting] of decidedByGroups) {
      if (JSON.stringify(after[field]) === JSON.stringify(before[field])) continue;
      if (person.issuer !== null) {
        const where = `${person.name} signs in at ${person.issuer}, whose groups decide the ${field} (${setting}).`;
        throw new Conflict(`${where} Change their groups there.`);
      }
      await tx.prisma.person.update({ where: { id }, data: { [field]: after[field] } });
    }
    if (disabled === undefined || disabled === (person.disabledAt !== null)) return;
    const now = new Date();
    const data = { disabledAt: disabled ? now : null, disabledBy: disabled ? ctx.actor : null };
    await tx.prisma.person.update({ where: { id }, data });
    if (!disabled) return;
    await endLiveSessions(tx, { personId: id }, ctx);
    await tx.prisma.signInLink.deleteMany({ where: { personId: id, usedAt: null } });
  });
  return readPerson({ ctx, input: { id } });
}

/** Each once, in order. */
function namesOf(teams: readonly string[]): string[] {
  return [...new Set(teams)].sort();
}
