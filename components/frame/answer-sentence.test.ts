import { describe, expect, it } from "vitest";
import { answerSentence, type BoardSummary } from "./answer-sentence.ts";

function datacenter(name: string, lateTypes = 0): BoardSummary["datacenters"][number] {
  return { name, lagSeconds: 60, lastSeenAt: null, silent: false, lateTypes };
}

describe("answerSentence", () => {
  it("says that all is well", () => {
    expect(answerSentence({ counts: { complete: 38, closing: 2 }, datacenters: [] }, "well")).toBe(
      "All 40 types are on time.",
    );
    expect(answerSentence({ counts: { complete: 1 }, datacenters: [] }, "well")).toBe("The one type is on time.");
  });
  it("is never well while blind", () => {
    expect(answerSentence({ counts: { complete: 40 }, datacenters: [] }, 720)).toBe(
      "All 40 types were on time when Tidemark last heard anything, 12 min ago.",
    );
    expect(answerSentence({ counts: { open: 40 }, datacenters: [] }, "never")).toBe(
      "40 types claimed; no report has come in yet.",
    );
  });
  it("names the one datacenter that holds all up", () => {
    const board = { counts: { late: 3, complete: 509 }, datacenters: [datacenter("lon"), datacenter("sjc", 3)] };
    expect(answerSentence(board, "well")).toBe("3 of 512 types late, all held up by sjc.");
  });
  it("says how many each holds up when they are several", () => {
    const board = { counts: { late: 5, complete: 7 }, datacenters: [datacenter("lon", 2), datacenter("sjc", 4)] };
    expect(answerSentence(board, "well")).toBe("5 of 12 types late, held up by lon (2) and sjc (4).");
  });
  it("does not blame one datacenter for what it does not hold up", () => {
    const board = { counts: { late: 5, complete: 7 }, datacenters: [datacenter("lon", 2)] };
    expect(answerSentence(board, "well")).toBe("5 of 12 types late, 2 of them held up by lon.");
  });
  it("adds what else is wrong", () => {
    const board = {
      counts: { late: 1, incomplete: 2, unverified: 1, complete: 8 },
      datacenters: [datacenter("sjc", 1)],
    };
    expect(answerSentence(board, "well")).toBe("1 of 12 types late, held up by sjc. 2 incomplete and 1 unverified.");
  });
  it("keeps the total when nothing is late", () => {
    const board = { counts: { incomplete: 2, overcounted: 1, complete: 9 }, datacenters: [] };
    expect(answerSentence(board, "well")).toBe("2 of 12 types incomplete and 1 overcounted.");
  });
  it("says that nothing is claimed", () => {
    expect(answerSentence({ counts: {}, datacenters: [] }, "well")).toBe("No event type is claimed yet.");
  });
});
