import { expect, test } from "vitest";
import { isDatabaseUnreachable } from "./database-unreachable.ts";

const refusedWith = (code: string) => Object.assign(new Error("refused"), { code });

test.each(["08006", "57P01", "53200", "53300", "40001", "40P01", "25006", "57014", "55P03", "ECONNREFUSED"])(
  "%s passes by itself",
  (code) => {
    expect(isDatabaseUnreachable(refusedWith(code))).toBe(true);
    expect(isDatabaseUnreachable(new Error("the query failed", { cause: refusedWith(code) }))).toBe(true);
  },
);

test.each(["22003", "23505", "42601"])("%s is the statement's own fault", (code) => {
  expect(isDatabaseUnreachable(refusedWith(code))).toBe(false);
});

test("a session that the server ends says nothing of the statement", () => {
  const ended = (code: string) => Object.assign(refusedWith(code), { severity: "FATAL" });
  expect(isDatabaseUnreachable(ended("XX000"))).toBe(true);
  expect(isDatabaseUnreachable(Object.assign(refusedWith("XX000"), { severity: "ERROR" }))).toBe(false);
  const ofPrisma = { meta: { driverAdapterError: { cause: { originalCode: "XX000", severity: "FATAL" } } } };
  expect(isDatabaseUnreachable(Object.assign(refusedWith("P2010"), ofPrisma))).toBe(true);
});

test.each(["28P01", "3D000"])("%s at the start of a session needs a person", (code) => {
  expect(isDatabaseUnreachable(Object.assign(refusedWith(code), { severity: "FATAL" }))).toBe(false);
});
