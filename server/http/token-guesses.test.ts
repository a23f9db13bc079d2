import { describe, expect, it } from "vitest";
import type { Access, TokenPrincipal } from "#server/access/index.ts";
import { TokenGuesses } from "./token-guesses.ts";

const principal = {
  actor: "reporter",
  scopes: new Set(),
  caller: { kind: "admin", sessionId: null },
} as TokenPrincipal;

/** Knows one token, and counts what it is asked. */
function access() {
  const asked = { lookUps: 0, known: 0 };
  const own: Pick<Access, "authenticateToken" | "knowsToken"> = {
    authenticateToken: async (token) => {
      asked.lookUps += 1;
      return token === "valid" ? principal : null;
    },
    knowsToken: async (token) => {
      asked.known += 1;
      return token === "valid";
    },
  };
  return { asked, guesses: new TokenGuesses(own as Access) };
}

describe("wrong tokens of an address", () => {
  it("are looked up 60 times a minute; beyond, none is, and the caller is asked to wait", async () => {
    const { asked, guesses } = access();
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, at) => guesses.check(`wrong ${at}`, "192.0.2.1")),
    );
    expect(asked.lookUps).toBe(60);
    expect(answers.filter(({ retryAfterSeconds }) => retryAfterSeconds === null)).toHaveLength(60);
    for (const { retryAfterSeconds } of answers.slice(60)) {
      expect(retryAfterSeconds).toBeGreaterThan(0);
      expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    }
  });

  it("do not refuse a valid one from the same address, and no other address at all", async () => {
    const { guesses } = access();
    for (let at = 0; at < 100; at += 1) await guesses.check(`wrong ${at}`, "192.0.2.1");
    expect(await guesses.check("valid", "192.0.2.1")).toEqual({ principal, retryAfterSeconds: null });
    expect(await guesses.check("wrong", "192.0.2.2")).toEqual({ principal: null, retryAfterSeconds: null });
  });

  it("are not counted for valid ones, however many at once", async () => {
    const { asked, guesses } = access();
    const answers = await Promise.all(Array.from({ length: 500 }, () => guesses.check("valid", "192.0.2.1")));
    expect(answers.every((each) => each.principal === principal)).toBe(true);
    expect(asked.lookUps).toBe(500);
    expect((await guesses.check("wrong", "192.0.2.1")).retryAfterSeconds).toBe(null);
  });
});

describe("wrong tokens of many addresses", () => {
  it("are looked up 600 times a minute together; beyond, none is, and valid ones pass", async () => {
    const { asked, guesses } = access();
    for (let at = 0; at < 1_000; at += 1) {
      expect(await guesses.check("wrong", `192.0.2.${at}`)).toEqual({ principal: null, retryAfterSeconds: null });
    }
    expect(asked.lookUps).toBe(600);
    expect((await guesses.check("valid", "192.0.2.1000")).principal).toBe(principal);
  });
});
