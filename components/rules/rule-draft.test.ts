import { describe, expect, test } from "vitest";
import { parseAlertRule } from "#domain/alert-rule.ts";
import { draftLabels, readDraft, writeThreshold } from "./rule-draft.ts";
import { startingRule } from "./starting-rule.ts";

const text = `# ours
apiVersion: tidemark/v1
kind: AlertRule
metadata: { name: near }
spec:
  metric: closing_delay # of the deadline
  scope: { tier: high }
  threshold: 80%
  severity: page
`;

describe("a draft", () => {
  test("is read as far as it can be", () => {
    expect(readDraft(text)).toMatchObject({ name: "near", spec: { metric: "closing_delay", threshold: "80%" } });
    for (const broken of ["", "spec: [", "metadata: {}", "kind: Channel\nmetadata: {name: a}\nspec: {}"]) {
      expect(readDraft(broken)).toBeNull();
    }
  });
  test("keeps its comments when the threshold moves", () => {
    expect(writeThreshold(text, "60%")).toBe(text.replace("80%", "60%"));
    expect(readDraft(writeThreshold(text, 0.5))?.spec.threshold).toBe(0.5);
  });
});

describe("the labels of a rule's alerts", () => {
  test("as far as its scope settles them", () => {
    expect(draftLabels("near", { severity: "page", scope: { tier: "high", labels: { team: "x" } } })).toEqual([
      { alertname: "near", severity: "page", tier: "high", team: "x" },
    ]);
  });
  test("each of several, up to eight", () => {
    const scope = { tier: ["high", "low"], datacenter: ["a", "b"] };
    expect(
      draftLabels("n", { severity: "info", scope }).map(({ tier, datacenter }) => `${tier} ${datacenter}`),
    ).toEqual(["high a", "high b", "low a", "low b"]);
    expect(draftLabels("n", { scope: { owner: Array.from({ length: 20 }, String) } })).toHaveLength(8);
  });
});

test("a new rule can be applied as it stands", () => {
  expect(parseAlertRule(readDraft(startingRule)?.spec)).toMatchObject({ ok: true });
});
