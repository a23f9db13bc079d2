import { describe, expect, test } from "vitest";
import { auditSides } from "./facts.ts";

describe("what is recorded of an act", () => {
  test("only fields that differ, on the side that has them", () => {
    expect(auditSides({ a: 1, b: { c: [1] }, gone: "x" }, { a: 2, b: { c: [1] }, fresh: true })).toEqual({
      before: { a: 1, gone: "x" },
      after: { a: 2, fresh: true },
    });
    expect(auditSides(null, { a: 1 })).toEqual({ before: null, after: { a: 1 } });
    expect(auditSides({ at: new Date(0) }, { at: new Date(0) })).toEqual({ before: {}, after: {} });
  });

  test("instants and large numbers are text, and absent members are left out", () => {
    const facts = { at: new Date("2026-11-22T13:00:00Z"), id: 2n ** 60n, left: undefined };
    expect(auditSides(null, facts).after).toEqual({ at: "2026-11-22T13:00:00.000Z", id: "1152921504606846976" });
  });

  test.each([
    [{ secret: "hunter2" }, { secret: "(secret)" }],
    [{ spec: { routingKey: "abc" } }, { spec: { routingKey: "(secret)" } }],
    [{ secrets: ["a", "b"] }, { secrets: ["(secret)", "(secret)"] }],
    [{ routingKey: { env: "TIDEMARK_SECRET_PD" } }, { routingKey: { env: "TIDEMARK_SECRET_PD" } }],
    [{ "routingKey.env": "TIDEMARK_SECRET_PD" }, { "routingKey.env": "TIDEMARK_SECRET_PD" }],
    [{ note: `used tm_${"a".repeat(43)} here` }, { note: "used (secret) here" }],
    [{ note: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }, { note: "(secret)" }],
    [{ url: "https://ada:pw@example.com/in?key=k&x=1#f" }, { url: "https://example.com/in?key=(secret)&x=(secret)" }],
    [{ url: "https://example.com/in" }, { url: "https://example.com/in" }],
  ])("%j is recorded as %j", (facts, recorded) => expect(auditSides(null, facts).after).toEqual(recorded));

  test("a secret that was replaced by another is no difference that shows either", () => {
    expect(auditSides({ token: "one" }, { token: "two" })).toEqual({
      before: { token: "(secret)" },
      after: { token: "(secret)" },
    });
  });

  test("long values, many fields and deep nesting are cut, and say so", () => {
    const { after } = auditSides(null, { text: "x".repeat(5_000), list: Array.from({ length: 4_000 }, () => 1) });
    expect(after?.text).toMatch(/^x{3999}… \(cut: 5,000 characters\)$/);
    expect(after?.list).toMatch(/^\[1,1,.*… \(cut: 8,001 characters\)$/);
    const many = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`f${index}`, index]));
    const recorded = auditSides(null, many).after ?? {};
    expect([Object.keys(recorded).length, recorded["…"]]).toEqual([101, "(cut: 30 more fields)"]);
    let deep: unknown = 1;
    for (let depth = 0; depth < 60; depth += 1) deep = { deep };
    expect(JSON.stringify(auditSides(null, { deep }).after)).toContain("(cut: nested too deeply)");
  });
});
