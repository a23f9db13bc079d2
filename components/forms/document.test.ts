import { describe, expect, test } from "vitest";
import { hasComments, readDocument, writeDocument } from "./document.ts";

const spec = { metric: "lost", threshold: "0.1%", scope: { tier: ["high"] }, unknownField: { kept: true } };

describe("a document", () => {
  test("that is written is read back, fields without an input too", () => {
    expect(readDocument(writeDocument("AlertRule", "losses", spec), "AlertRule")).toEqual({ name: "losses", spec });
  });

  test.each([
    ["a: [", "Not YAML"],
    ["a: *missing", "Not YAML: Unresolved alias"],
    ["kind: Channel", "of the kind AlertRule"],
    ["kind: AlertRule", "metadata.name"],
    ["kind: AlertRule\nmetadata: {name: x}", "spec"],
    ["kind: AlertRule\n---\nkind: AlertRule", "Not YAML"],
  ])("%j says what is wrong", (text, fault) => {
    expect(readDocument(text, "AlertRule")).toEqual({ fault: expect.stringContaining(fault) });
  });

  test.each([
    ["a: 1 # why", true],
    ["# first\na: 1", true],
    ["a:\n  - b # here\n", true],
    ['a: "# none"', false],
  ])("%j has comments: %s", (text, expected) => {
    expect(hasComments(text)).toBe(expected);
  });
});
