import { describe, expect, test } from "vitest";
import { writtenDefaults } from "#domain/alert.ts";
import { parseAlertRule } from "#domain/alert-rule.ts";
import { draftLabels, ruleSentence, scopeSentence, startingRule, thresholdText } from "./rule-words.ts";

describe("a rule in words", () => {
  test.each([
    [
      { metric: "breach_probability", threshold: "50%", for: "2m", keepFiringFor: "10m" },
      "Fires when the chance that an ended hour misses its deadline is above 50 % for at least 2 min; keeps firing for 10 min after the condition clears.",
    ],
    [
      { metric: "closing_delay", threshold: "80%" },
      "Fires when an ended hour is not closed after 80 % of its deadline.",
    ],
    [{ metric: "closing_delay", threshold: "90m" }, "Fires when an ended hour is not closed after 90 min."],
    [{ metric: "lost", threshold: 100 }, "Fires when a datacenter lost 100 events or more of an hour."],
    [{ metric: "lost", threshold: 0.001 }, "Fires when a datacenter lost more than 0.1 % of an hour’s events."],
    [{ metric: "volume_ratio", threshold: 0.5 }, "Fires when an hour holds less than 0.5 times the expected events."],
    [{ metric: "volume_ratio", threshold: 2 }, "Fires when an hour holds more than 2 times the expected events."],
    [
      { metric: "burn_rate", windows: [{ long: "1h", short: "5m", factor: 14.4 }] },
      "Fires when the error budget burns 14.4 times too fast over 60 min and 5 min.",
    ],
    [{ metric: "of_tomorrow", threshold: 3 }, "Fires when of_tomorrow is beyond 3."],
  ])("%j", (spec, said) => expect(ruleSentence(spec)).toBe(said));

  test("every rule that comes with the product can be said", () => {
    for (const { spec } of writtenDefaults) expect(ruleSentence(spec)).not.toMatch(/undefined|NaN|beyond/);
  });
});

test("a scope says what it is limited to, and that it is not", () => {
  expect(scopeSentence({})).toBe("Applies to every event type and datacenter.");
  expect(scopeSentence({ scope: { tier: "high", owner: ["ads", "payments"], labels: { team: "x" } } })).toBe(
    "Applies only to tier high, owner ads or payments, team x.",
  );
  expect(scopeSentence({ scope: { consumer: ["royalties-daily", "charts"], tier: "high" } })).toBe(
    "Applies only to tier high, event types that royalties-daily or charts reads.",
  );
});

test("a threshold as it is written, said as figures are", () => {
  expect(thresholdText("lost", "0.05%")).toBe("0.05 %");
  expect(thresholdText("lost", 1)).toBe("1 event");
  expect(thresholdText("burn_rate", undefined)).toBe("by windows");
});

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
