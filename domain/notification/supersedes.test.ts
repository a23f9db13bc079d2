import { describe, expect, test } from "vitest";
import type { Notification } from "../notification.ts";
import { supersedes } from "./supersedes.ts";

const of = (status: Notification["status"], fingerprints: string[], kind: Notification["kind"] = "notify") =>
  ({ kind, status, alerts: fingerprints.map((fingerprint) => ({ fingerprint })) }) as Notification;

describe("supersedes", () => {
  test("a later message of the same state with at least the same alerts supersedes", () => {
    expect(supersedes(of("firing", ["a", "b"]), of("firing", ["a"]))).toBe(true);
    expect(supersedes(of("firing", ["b"]), of("firing", ["a"]))).toBe(false);
  });

  test("a page is not dropped for its own end, nor an end for the next page", () => {
    expect(supersedes(of("resolved", ["a"]), of("firing", ["a"]))).toBe(false);
    expect(supersedes(of("firing", ["a"]), of("resolved", ["a"]))).toBe(false);
  });

  test("escalations, acknowledgements and tests neither replace nor are replaced", () => {
    expect(supersedes(of("firing", ["a"], "escalate"), of("firing", ["a"]))).toBe(false);
    expect(supersedes(of("firing", ["a"]), of("firing", ["a"], "test"))).toBe(false);
  });
});
