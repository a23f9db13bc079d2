import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeNext } from "./safe-next.ts";

const site = "https://tidemark.example";
const piece = fc.constantFrom(
  ...["/", "//", "\\", "\t", "\n", "\r", "\u0000", " ", "%09", "%2f", "%5c", ".", "..", "@", ":", "?", "#", ";"],
  ...["evil.example", "https:", "javascript:", "sign-in", "alerts", "http://evil.example", "\u2028", "／", "。"],
);
const hostile = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

describe("where to go after signing in", () => {
  test("is on this site, whatever was asked for and however a browser reads it", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostile,
          fc.string(),
          fc.webUrl(),
          hostile.map((text) => `/${text}`),
        ),
        (next) => {
          const target = safeNext(next);
          // As `location.assign` and a Location header resolve it, also after one more decoding by a careless proxy.
          for (const read of [target, target.replace(/^\/+/, "/")]) {
            expect(new URL(read, `${site}/sign-in`).origin).toBe(site);
          }
          expect(target).toMatch(/^\/(?!\/)/);
          expect(safeNext(target)).toBe(target);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test.each([
    "/alerts/incidents/17",
    "/completeness?from=2026-11-22T00&state=late",
    "/docs/slo#monthly",
    "/event-types/End%20Song/hours/2026-11-22T13",
  ])("keeps %s", (next) => expect(safeNext(next)).toBe(next));

  test.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "evil.example",
    " //evil.example",
    "/sign-in",
    "/sign-in/oidc",
    `/${"a".repeat(3_000)}`,
    "",
    undefined,
    ["/a", "/b"],
  ])("refuses %j", (next) => expect(safeNext(next)).toBe("/"));

  test("an address that a proxy decodes once more is still this site's path", () => {
    expect(safeNext("/%09/evil.example")).toBe("/%09/evil.example");
    expect(new URL(safeNext("/%09/evil.example"), site).origin).toBe(site);
  });
});
