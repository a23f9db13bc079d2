import { describe, expect, test } from "vitest";
import { parseAlertRule } from "#domain/alert-rule.ts";
import { draftLabels } from "./rule-labels.ts";
import { startingRule } from "./starting-rule.ts";

describe("the labels of a rule's alerts", () => {
  test("are known as far as its scope settles them", () => {
    expect(draftLabels("near", { severity: "page", scope: { tier: "high", labels: { team: "x" } } })).toEqual([
      { alertname: "near", severity: "page", tier: "high", team: "x" },
    ]);
  });
  test("have the rule's own over those of its scope, and leave out consumers of the type", () => {
    const scope = { consumer: "royalties-daily", labels: { team: "x", area: "music" } };
    expect(draftLabels("near", { severity: "page", scope, labels: { team: "payments" } })).toEqual([
      { alertname: "near", severity: "page", area: "music", team: "payments" },
    ]);
  });
  test("list each of several values, up to eight", () => {
    const scope = { tier: ["high", "low"], datacenter: ["a", "b"] };
    expect(
      draftLabels("n", { severity: "info", scope }).map(({ tier, datacenter }) => `${tier} ${datacenter}`),
    ).toEqual(["high a", "high b", "low a", "low b"]);
    expect(draftLabels("n", { scope: { owner: Array.from({ length: 20 }, String) } })).toHaveLength(8);
  });
});

test("a new rule can be applied as it stands", () => {
  expect(parseAlertRule(startingRule.spec)).toMatchObject({ ok: true });
});
