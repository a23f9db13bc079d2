import { describe, expect, it } from "vitest";
import { deriveSessionKey, readSession, sessionSeconds, signSession } from "./session.ts";

const key = deriveSessionKey("secret");
const now = Date.parse("2026-11-22T13:00:00Z");

describe("a session", () => {
  it.each([{ kind: "visitor" }, { kind: "admin" }, { kind: "token", tokenId: "0b1d-7" }] as const)(
    "stands for %o until it expires",
    (subject) => {
      const value = signSession(key, subject, now);
      expect(readSession(key, value, now)).toEqual({ subject, expiresAtMs: now + sessionSeconds * 1000 });
      expect(readSession(key, value, now + sessionSeconds * 1000 - 1)).not.toBeNull();
      expect(readSession(key, value, now + sessionSeconds * 1000)).toBeNull();
    },
  );

  it("is no one's when signed with another secret, or changed anywhere", () => {
    const value = signSession(key, { kind: "visitor" }, now);
    expect(readSession(deriveSessionKey("other"), value, now)).toBeNull();
    for (let index = 0; index < value.length; index += 1) {
      const changed = `${value.slice(0, index)}${value[index] === "1" ? "2" : "1"}${value.slice(index + 1)}`;
      expect(readSession(key, changed, now)).toBeNull();
    }
    for (const odd of ["", ".", "visitor", "..", value.slice(0, -1), `${value}=`])
      expect(readSession(key, odd, now)).toBeNull();
  });
});
