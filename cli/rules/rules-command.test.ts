import { expect, test } from "vitest";
import type { RuleJson, RuleStandingJson } from "#domain/api/alerts.ts";
import { writeRules, writeStanding } from "./rules-command.ts";

test("a rule is a line, with its active alerts or that it is disabled", () => {
  const states = { pending: 1, firing: 2, recovering: 1, noData: 0, error: 0 };
  const rule = { name: "completeness", severity: "ticket", metric: "completeness", enabled: true, states };
  expect(writeRules([rule, { ...rule, enabled: false }] as RuleJson[])).toEqual([
    "completeness ticket, completeness: 3 active",
    "completeness ticket, completeness: disabled",
  ]);
});

test("a standing is its sentence, and the event types that are not evaluated", () => {
  const sentence = "Evaluates nothing now: 2 hours ended before the claim and are not evaluated.";
  const notEvaluated = [{ code: "before_claim", count: 2, reason: "…", eventTypes: ["AdClick", "EndSong"] }];
  expect(writeStanding({ name: "deadline-near", sentence, notEvaluated } as unknown as RuleStandingJson)).toEqual([
    `deadline-near: ${sentence}`,
    "  before_claim: AdClick, EndSong",
  ]);
});
