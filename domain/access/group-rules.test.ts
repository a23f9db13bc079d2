import { describe, expect, test } from "vitest";
import { listRoleRules, readRoleRules, readTeamRules, roleOfGroups, teamsOfGroups } from "./group-rules.ts";

const rules = readRoleRules("admin=sre-leads; editor=data-eng;responder=on-call;responder=cn=ops,ou=groups") ?? [];

describe("what groups give", () => {
  test("the highest role counts, however groups and rules are ordered", () => {
    expect(roleOfGroups(rules, ["on-call", "sre-leads"])).toBe("admin");
    expect(roleOfGroups(rules, ["data-eng", "on-call"])).toBe("editor");
    expect(roleOfGroups(rules, ["cn=ops,ou=groups"])).toBe("responder");
  });

  test("a group without a rule gives nothing; * is everyone's", () => {
    expect(roleOfGroups(rules, ["sales"])).toBeNull();
    expect(roleOfGroups(readRoleRules("viewer=*") ?? [], [])).toBe("viewer");
    // Groups are compared to the character.
    expect(roleOfGroups(rules, ["SRE-leads", "sre-leads "])).toBeNull();
  });

  test("a refusal can name what to ask for", () => {
    expect(listRoleRules(rules)).toBe(
      "sre-leads (admin), data-eng (editor), on-call (responder) or cn=ops,ou=groups (responder)",
    );
    expect(listRoleRules(rules.slice(0, 1))).toBe("sre-leads (admin)");
  });

  test.each(["", "admin", "admin=", "=group", "owner=sre", "admin=a;;x", "viewer"])("%j is no rule", (text) =>
    expect(readRoleRules(text)).toBeUndefined(),
  );

  test("teams are the groups themselves, unless rules say otherwise", () => {
    expect(teamsOfGroups(null, ["b", "a", "b"])).toEqual(["a", "b"]);
    expect(teamsOfGroups(readTeamRules("payments=grp-payments;all=*") ?? [], ["grp-payments"])).toEqual([
      "all",
      "payments",
    ]);
  });
});
