import type { OwnerRefusal } from "#domain/access/may-change.ts";
import { leastRoleWith } from "#domain/access/role.ts";
import type { Scope } from "#domain/access/scope.ts";
import type { Fault } from "#server/errors.ts";

/** The caller is known but may not do this. */
export class AccessDenied extends Error {
  readonly scope: Scope;

  constructor(scope: Scope, isPerson = false) {
    super(isPerson ? sayRole(scope) : `This needs a token with the scope "${scope}".`);
    this.scope = scope;
  }
}

function sayRole(scope: Scope): string {
  const role = leastRoleWith(scope);
  return role === null
    ? `This needs a token with the scope "${scope}": people cannot do it.`
    : `This needs the role "${role}". Ask an administrator of Tidemark for it.`;
}

/** The caller may do this, but not to what the input names. */
export class OutsideLimits extends Error {
  readonly faults: readonly Fault[];

  constructor(message: string, faults: readonly Fault[]) {
    super(message);
    this.faults = faults;
  }
}

/** The caller may do this, but not to what another team owns. Nothing was changed. */
export class AnotherTeams extends OutsideLimits {
  readonly objects: readonly OwnerRefusal[];

  constructor(faults: readonly Fault[], objects: readonly OwnerRefusal[]) {
    const [only] = faults.length === 1 ? faults : [];
    const teams = [...new Set(objects.map(({ team }) => JSON.stringify(team)))].join(", ");
    const several = `${objects.length} objects belong to other teams, or would be given to them: ${teams}. Ask their members or an administrator.`;
    super(`Nothing was changed. ${only?.detail ?? several}`, faults);
    this.objects = objects;
  }
}
