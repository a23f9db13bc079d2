import { describe, expect, test } from "vitest";
import { isFiltered } from "#components/ui/page-search.ts";
import { auditHref, auditSearch, readAuditPlace } from "./audit-filter.ts";

describe("the audit log's filters in a URL", () => {
  test("what was asked for is kept, and leads to the same URL", () => {
    const place = readAuditPlace({ actor: "Ada Lind", act: "channel.changed", from: "2026-11-20", cursor: "IjE3Ig" });
    expect(place).toMatchObject({ filter: { actor: "Ada Lind", act: "channel.changed" }, cursor: "IjE3Ig" });
    expect(auditHref(place.filter, place.cursor)).toBe(
      "/audit?actor=Ada+Lind&act=channel.changed&from=2026-11-20&cursor=IjE3Ig",
    );
  });

  test("what cannot be asked for is left out", () => {
    const { filter, cursor } = readAuditPlace({
      act: "none",
      kind: ["channel"],
      from: "2026-02-30",
      to: "today",
      name: " ",
    });
    expect(isFiltered(filter)).toBe(false);
    expect([auditHref(filter, cursor), auditHref(filter)]).toEqual(["/audit", "/audit"]);
  });

  test("the API is asked for whole days, the last one included", () => {
    const place = readAuditPlace({ kind: "rule", from: "2026-11-20", to: "2026-11-20" });
    expect(Object.fromEntries(new URLSearchParams(auditSearch(place, { format: "csv" })))).toEqual({
      kind: "rule",
      from: "2026-11-20T00:00:00.000Z",
      to: "2026-11-21T00:00:00.000Z",
      format: "csv",
    });
  });
});
