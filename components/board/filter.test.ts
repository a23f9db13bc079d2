import { describe, expect, it } from "vitest";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { boardFilterKeys, matchesFilter, parseFilter } from "./filter.ts";

const endSong: CompactBoardRowJson = {
  eventType: "EndSong",
  owner: "payments",
  tier: "high",
  deadlineSeconds: 7200,
  state: "late",
  lagSeconds: 3000,
  worstDatacenter: "lon",
  openHours: 2,
  oldestOpenHour: "2026-11-22T12",
  delaySeconds: 9000,
  completeThrough: "2026-11-22T11",
  forecast: null,
  risk: 1.2,
  alerts: [],
  states: "",
  delays: "",
  missed: "",
};

function matches(text: string, row: Partial<CompactBoardRowJson> = {}) {
  return matchesFilter({ ...endSong, ...row }, parseFilter(text, boardFilterKeys));
}

describe("the board's filter", () => {
  it("nothing written keeps everything", () => expect(matches("  ")).toBe(true));
  it("every term must hold", () => {
    expect(matches("tier:high state:late owner:payments dc:lon")).toBe(true);
    expect(matches("tier:high state:complete")).toBe(false);
  });
  it("a list holds when one of it does", () => {
    expect(matches("state:incomplete,late")).toBe(true);
    expect(matches("state:incomplete,late", { state: "open" })).toBe(false);
  });
  it("a minus leaves rows out", () => {
    expect(matches("-tier:high")).toBe(false);
    expect(matches("-tier:low")).toBe(true);
    expect(matches("-song")).toBe(false);
  });
  it("free text looks in name, owner and tier, whatever the case", () => {
    expect(matches("SONG")).toBe(true);
    expect(matches("paym")).toBe(true);
    expect(matches("lon")).toBe(false);
  });
  it("quotes keep a name with spaces together", () => {
    expect(matches('owner:"data platform"', { owner: "Data platform" })).toBe(true);
    expect(matches('"end song"', { eventType: "End Song" })).toBe(true);
    expect(matches('"end song"')).toBe(false);
  });
  it("a type held up by no one matches no dc", () => expect(matches("dc:lon", { worstDatacenter: null })).toBe(false));
  it("alerts: any that fires, by what became of it, by severity", () => {
    const alert = { incidentId: "1", severity: "page" as const, since: "2026-11-22T13:00:00Z", muted: null };
    const open = { alerts: [{ ...alert, acknowledged: false }] };
    const known = { alerts: [{ ...alert, acknowledged: true }] };
    const silenced = { alerts: [{ ...alert, acknowledged: false, muted: "silenced" as const }] };
    expect([open, known, silenced, {}].map((row) => matches("alert:firing", row))).toEqual([true, true, true, false]);
    expect([open, known, silenced].map((row) => matches("alert:open", row))).toEqual([true, false, false]);
    expect([open, known, silenced].map((row) => matches("alert:acknowledged", row))).toEqual([false, true, false]);
    expect([open, known, silenced].map((row) => matches("alert:silenced,inhibited", row))).toEqual([
      false,
      false,
      true,
    ]);
    expect(matches("alert:page", open)).toBe(true);
    expect(matches("alert:ticket", open)).toBe(false);
    expect(matches("-alert:firing", {})).toBe(true);
  });
  it("where there are no alerts to filter by, the word is said to be no filter", () =>
    expect(parseFilter("alert:firing").unknownKeys).toEqual(["alert"]));
  it("half-written terms filter nothing", () => {
    expect(matches("tier:")).toBe(true);
    expect(matches("state:,")).toBe(true);
    expect(matches('owner:"pay')).toBe(false);
  });
  it("what is no filter is named and taken as text", () => {
    const filter = parseFilter("team:ads");
    expect(filter.unknownKeys).toEqual(["team"]);
    expect(matches("team:ads", { eventType: "team:ads" })).toBe(true);
    expect(matches("team:ads")).toBe(false);
  });
});
