import { describe, expect, it } from "vitest";
import { looksLikeVisit, readVisit, signVisit, visitSeconds } from "./visit.ts";

const key = Buffer.alloc(32, 1);
const now = Date.parse("2026-11-22T13:00:00Z");

describe("an open dashboard's visit", () => {
  it("lasts until it expires", () => {
    const value = signVisit(key, now);
    expect(looksLikeVisit(value)).toBe(true);
    expect(readVisit(key, value, now)).toBe(now + visitSeconds * 1000);
    expect(readVisit(key, value, now + visitSeconds * 1000 - 1)).not.toBeNull();
    expect(readVisit(key, value, now + visitSeconds * 1000)).toBeNull();
  });

  it("does not count when signed with another secret, or changed anywhere", () => {
    const value = signVisit(key, now);
    expect(readVisit(Buffer.alloc(32, 2), value, now)).toBeNull();
    for (let index = 0; index < value.length; index += 1) {
      const changed = `${value.slice(0, index)}${value[index] === "1" ? "2" : "1"}${value.slice(index + 1)}`;
      expect(readVisit(key, changed, now)).toBeNull();
    }
    for (const odd of ["", ".", "visitor", "..", value.slice(0, -1), `${value}=`])
      expect(readVisit(key, odd, now)).toBeNull();
  });
});
