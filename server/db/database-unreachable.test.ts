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
