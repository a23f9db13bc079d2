import { expect, test } from "vitest";
import { readResponder, responderText } from "./opsgenie-fields.tsx";

test("a responder is written as its type and name, and read back", () => {
  for (const text of ["team:data-delivery", "user:kim@example.com", "schedule:week: nights"]) {
    const read = readResponder(` ${text} `);
    expect(read && responderText(read)).toBe(text);
  }
  for (const text of ["data-delivery", "team:", "robot:x", ""]) expect(readResponder(text)).toBeNull();
});
