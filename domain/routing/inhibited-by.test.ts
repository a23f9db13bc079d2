import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inhibitedBy } from "./inhibited-by.ts";
import { parseMatchers } from "./parse-matchers.ts";

const rule = (source: string, target: string, ...equal: string[]) => ({
  sourceMatchers: parseMatchers(source),
  targetMatchers: parseMatchers(target),
  equal,
});
const isInhibited = (...given: Parameters<typeof inhibitedBy>) => inhibitedBy(...given) !== null;
const alert = (labels: Record<string, string>) => ({ labels });
const page = alert({ severity: "page", cause: "x" });
const ticket = alert({ severity: "ticket", cause: "x" });
const byPage = rule('severity="page"', 'severity="ticket"', "cause");

describe("an alert is inhibited", () => {
  test("while a source with the same labels fires", () => {
    expect(inhibitedBy(ticket, [page], [byPage])).toBe(page);
    expect(isInhibited(ticket, [], [byPage])).toBe(false);
    expect(isInhibited(ticket, [alert({ severity: "page", cause: "y" })], [byPage])).toBe(false);
    expect(isInhibited(page, [page, ticket], [byPage])).toBe(false);
  });

  test("where both lack a label that must be equal, or one has it empty", () => {
    const [source, target] = [alert({ severity: "page" }), alert({ severity: "ticket", cause: "" })];
    expect(isInhibited(target, [source], [byPage])).toBe(true);
    expect(isInhibited(target, [page], [byPage])).toBe(false);
  });

  test("never by itself, nor by another that matches both sides as it does", () => {
    const both = rule('severity=~"page|ticket"', 'severity=~"page|ticket"', "cause");
    expect(isInhibited(page, [page], [both])).toBe(false);
    expect(isInhibited(page, [page, ticket], [both])).toBe(false);
  });

  test("though it matches both sides, by one that matches the source alone", () => {
    const overlapping = rule('severity=~"page|ticket"', 'severity=~"ticket|info"', "cause");
    expect(isInhibited(ticket, [ticket, page], [overlapping])).toBe(true);
    expect(isInhibited(alert({ severity: "info", cause: "x" }), [ticket], [overlapping])).toBe(true);
  });

  test("not by chance: alone it never is, and more that fires never frees it", () => {
    const value = fc.constantFrom("", "1", "2");
    const alerts = fc.record({ a: value, b: value, c: value }).map(alert);
    const matcher = fc.constantFrom('a="1"', 'a=~"1|2"', 'b!=""', 'b="2"', 'c=""', "");
    const rules = fc.array(
      fc.tuple(matcher, matcher, fc.subarray(["a", "b", "c"])).map(([s, t, equal]) => rule(s, t, ...equal)),
    );
    fc.assert(
      fc.property(alerts, fc.array(alerts), alerts, rules, (target, firing, more, found) => {
        expect(isInhibited(target, [target], found)).toBe(false);
        if (isInhibited(target, firing, found)) expect(isInhibited(target, [...firing, more], found)).toBe(true);
      }),
    );
  });
});
