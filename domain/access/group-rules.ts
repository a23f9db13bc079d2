import { isRole, type Role, roles } from "./role.ts";

/** One line of TIDEMARK_OIDC_ROLES or TIDEMARK_OIDC_TEAMS: whoever is in `group` gets `gives`. */
export interface GroupRule<Given extends string = string> {
  readonly gives: Given;
  /** `*`: everyone who signs in, in whatever groups. */
  readonly group: string;
}

/** Reads `admin=sre-leads;viewer=*`; undefined if it is not that. A group may hold `=`, as in `cn=admins,ou=groups`. */
export function readRoleRules(text: string): GroupRule<Role>[] | undefined {
  const rules = readRules(text);
  return rules?.every((rule): rule is GroupRule<Role> => isRole(rule.gives)) ? rules : undefined;
}

/** Reads `payments=grp-payments;ads=grp-ads`. */
export function readTeamRules(text: string): GroupRule[] | undefined {
  return readRules(text);
}

function readRules(text: string): GroupRule[] | undefined {
  const parts = text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const rules = parts.map((part) => {
    const cut = part.indexOf("=");
    return { gives: part.slice(0, Math.max(cut, 0)).trim(), group: part.slice(cut + 1).trim() };
  });
  return rules.length > 0 && rules.every(({ gives, group }) => gives !== "" && group !== "") ? rules : undefined;
}

/** The highest role that any of the groups gives; null: none. */
export function roleOfGroups(rules: readonly GroupRule<Role>[], groups: readonly string[]): Role | null {
  const given = rules.filter(({ group }) => group === "*" || groups.includes(group)).map(({ gives }) => gives);
  return roles.findLast((role) => given.includes(role)) ?? null;
}

/** Without rules, each group is a team of that name. */
export function teamsOfGroups(rules: readonly GroupRule[] | null, groups: readonly string[]): string[] {
  const teams = rules
    ? rules.filter(({ group }) => group === "*" || groups.includes(group)).map(({ gives }) => gives)
    : groups;
  return [...new Set(teams)].sort();
}

/** Which groups to ask for: `sre-leads (admin) or data-eng (editor)`. */
export function listRoleRules(rules: readonly GroupRule<Role>[]): string {
  const listed = rules.map(({ gives, group }) => `${group} (${gives})`);
  return listed.length < 2 ? listed.join("") : `${listed.slice(0, -1).join(", ")} or ${listed.at(-1)}`;
}
