import { expect, test } from "vitest";
import { incidentMatchers, silenceHref } from "./incident-matchers.ts";

const alert = (labels: Record<string, string>) => ({ labels });

test("an incident is silenced by its cause, which all its alerts share", () => {
  const alerts = [alert({ alertname: "a", cause: "datacenter/sjc/late" }), alert({ cause: "datacenter/sjc/late" })];
  expect(incidentMatchers({ causeKey: "other", alerts })).toEqual(['cause="datacenter/sjc/late"']);
});
test("alerts that joined from other causes are named too, each character for itself", () => {
  const alerts = [alert({ cause: "type/A.b/late" }), alert({ cause: "type/C/late" })];
  expect(incidentMatchers({ causeKey: "x", alerts })).toEqual(['cause=~"type/A\\\\.b/late|type/C/late"']);
});
test("an incident whose alerts share no label is matched by its own key", () => {
  expect(incidentMatchers({ causeKey: 'a"b', alerts: [] })).toEqual(['cause="a\\"b"']);
});
test("the form's address carries one matcher a line", () => {
  expect(silenceHref(['a="b"', 'c="d"'])).toBe("/alerts/silences?matchers=a%3D%22b%22%0Ac%3D%22d%22");
});
