import { describe, expect, it } from "vitest";
import type { BoardRowJson } from "#domain/api/board.ts";
import { matchesFilter, parseFilter } from "./filter.ts";

const endSong: BoardRowJson = {
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
  strip: [],
};

function matches(text: string, row: Partial<BoardRowJson> = {}) {
  return matchesFilter({ ...endSong, ...row }, parseFilter(text));
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
  it("a type held up by nobody matches no dc", () => expect(matches("dc:lon", { worstDatacenter: null })).toBe(false));
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
