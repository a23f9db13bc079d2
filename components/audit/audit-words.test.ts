import { describe, expect, test } from "vitest";
import { auditActs } from "#domain/audit/acts.ts";
import { auditSides } from "#domain/audit/facts.ts";
import { actWords, fieldChanges, leftOut } from "./audit-words.ts";

describe("an entry of the audit log in words", () => {
  test.each([
    ["channel.changed", "Channel changed"],
    ["on_call_schedule.calendar_imported", "On-call schedule calendar imported"],
    ["sign_in.refused", "Sign-in refused"],
    ["slo_snapshot.created", "SLO snapshot created"],
    ["token.used_from_new_address", "Token used from new address"],
  ])("%s is %s", (act, words) => expect(actWords(act)).toBe(words));

  test("no two acts read alike", () => {
    expect(new Set(auditActs.map(actWords)).size).toBe(auditActs.length);
  });

  test("fields of either side, with what is not set", () => {
    expect(fieldChanges({ before: { owner: "a", gone: "" }, after: { owner: "b", list: [1] } })).toEqual([
      { field: "owner", before: "a", after: "b" },
      { field: "gone", before: "empty", after: "not set" },
      { field: "list", before: "not set", after: "[1]" },
    ]);
    expect(fieldChanges({ before: null, after: null })).toEqual([]);
  });

  test("secrets and long values are said to be left out, and nothing else is", () => {
    const said = (facts: Record<string, string>) => leftOut(fieldChanges(auditSides(null, facts))).join(" ");
    expect(said({ url: "https://example.com/" })).toBe("");
    expect(said({ secret: "x" })).toContain("never holds secrets");
    expect(said({ text: "x".repeat(5_000) })).toContain("longer than the log keeps");
  });
});
