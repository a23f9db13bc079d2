import { expect, test } from "vitest";
import { alertLabels } from "./labels.ts";
import { parseAlertRule } from "./parse-alert-rule.ts";

const type = { tier: "high", owner: "music", labels: { team: "royalties", domain: "music", severity: "none" } };

test("an alert has its type's labels, over them its rule's, over both Tidemark's", () => {
  const written = { metric: "lost", threshold: 1, severity: "page", labels: { team: "payments", area: "billing" } };
  const parsed = parseAlertRule(written);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const rule = { name: "late", spec: parsed.spec, isDefault: false };
  expect(alertLabels(rule, { eventType: "EndSong", datacenter: "ams" }, type, "dc:ams")).toEqual({
    domain: "music",
    team: "payments",
    area: "billing",
    alertname: "late",
    severity: "page",
    eventType: "EndSong",
    tier: "high",
    owner: "music",
    datacenter: "ams",
    cause: "dc:ams",
  });
});
