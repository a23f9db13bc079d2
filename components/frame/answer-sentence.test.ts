import { describe, expect, it } from "vitest";
import { answerSentence, type BoardSummary, type Hearing } from "./answer-sentence.ts";

function datacenter(name: string, lateTypes = 0): BoardSummary["datacenters"][number] {
  const unknown = { lateSince: null, volume: null, backlog: null, lags: [], versions: [] };
  return { name, lagSeconds: 60, lastSeenAt: null, silent: false, lateTypes, ...unknown };
}

type Given = Pick<BoardSummary, "counts" | "datacenters"> & Partial<BoardSummary>;

function say(board: Given, hearing: Hearing, lateSince: string | null = null): string {
  const parts = answerSentence({ incidents: [], alertedTypes: 0, ...board, lateSince }, hearing);
  return parts.map((part) => (typeof part === "string" ? part : part.at.slice(11, 16))).join("");
}

describe("answerSentence", () => {
  it("says that all is well", () => {
    expect(say({ counts: { complete: 38, closing: 2 }, datacenters: [] }, "well")).toBe("All 40 types are on time.");
    expect(say({ counts: { complete: 1 }, datacenters: [] }, "well")).toBe("The one type is on time.");
  });
  it("says in the same sentence that a page is open", () => {
    const counts = { complete: 38, closing: 2 };
    expect(say({ counts, alertedTypes: 10, datacenters: [] }, "well")).toBe(
      "All 40 types are on time; 10 have an alert.",
    );
    expect(say({ counts: { complete: 1 }, alertedTypes: 1, datacenters: [] }, "well")).toBe(
      "The one type is on time, with an alert.",
    );
  });
  it("says first what the open incident says, and that nothing is late yet", () => {
    const sentence = "sjc: no messages received since 13:19 UTC. No hour affected yet.";
    const [one, two] = [{ sentence }, { sentence: "lon: events lost since 14:24 UTC." }] as BoardSummary["incidents"];
    const board = { counts: { complete: 40 }, alertedTypes: 22, datacenters: [], incidents: [one, two].slice(0, 1) };
    expect(say(board as Given, "well")).toBe(`${sentence} None of 40 types is late yet; 22 have an alert.`);
    expect(say({ ...board, counts: { complete: 39, incomplete: 1 }, incidents: [one, two] } as Given, "well")).toBe(
      `${sentence} 1 more open incident. 1 of 40 types incomplete. 22 types have an alert.`,
    );
  });
  it("is never well while blind", () => {
    expect(say({ counts: { complete: 40 }, datacenters: [] }, 720)).toBe(
      "All 40 types were on time when Tidemark last received a report, 12 min ago.",
    );
    expect(say({ counts: { open: 40 }, datacenters: [] }, "never")).toBe("40 types claimed; no reports received yet.");
  });
  it("names the one datacenter that holds all up", () => {
    const board = { counts: { late: 3, complete: 509 }, datacenters: [datacenter("lon"), datacenter("sjc", 3)] };
    expect(say(board, "well")).toBe("3 of 512 types late, all held up by sjc.");
  });
  it("says since when: of several, the first", () => {
    const board = { counts: { late: 3, complete: 509 }, datacenters: [datacenter("sjc", 3)] };
    expect(say(board, "well", "2026-11-22T13:04:00Z")).toBe(
      "3 of 512 types late, the first since 13:04, all held up by sjc.",
    );
    const one = { counts: { late: 1, incomplete: 1 }, datacenters: [datacenter("sjc", 1)] };
    expect(say(one, "well", "2026-11-22T13:04:00Z")).toBe(
      "1 of 2 types late since 13:04, held up by sjc. 1 incomplete.",
    );
  });
  it("says how many each holds up when they are several", () => {
    const board = { counts: { late: 5, complete: 7 }, datacenters: [datacenter("lon", 2), datacenter("sjc", 4)] };
    expect(say(board, "well")).toBe("5 of 12 types late, held up by lon (2) and sjc (4).");
  });
  it("does not blame one datacenter for what it does not hold up", () => {
    const board = { counts: { late: 5, complete: 7 }, datacenters: [datacenter("lon", 2)] };
    expect(say(board, "well")).toBe("5 of 12 types late, 2 of them held up by lon.");
  });
  it("adds what else is wrong", () => {
    const board = {
      counts: { late: 1, incomplete: 2, unverified: 1, complete: 8 },
      datacenters: [datacenter("sjc", 1)],
    };
    expect(say(board, "well")).toBe("1 of 12 types late, held up by sjc. 2 incomplete and 1 unverified.");
  });
  it("keeps the total when nothing is late", () => {
    const board = { counts: { incomplete: 2, overcounted: 1, complete: 9 }, datacenters: [] };
    expect(say(board, "well")).toBe("2 of 12 types incomplete and 1 overcounted.");
  });
  it("says that nothing is claimed", () => {
    expect(say({ counts: {}, datacenters: [] }, "well")).toBe("No event types claimed yet.");
  });
});
