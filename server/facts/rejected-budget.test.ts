import { expect, it } from "vitest";
import { RejectedBudget } from "./rejected-budget.ts";

const message = (bytes: number) => ({
  source: "pubsub" as const,
  messageId: null,
  attributes: {},
  payload: new Uint8Array(bytes),
  faults: [],
});

it("chooses the first messages that fit into what is left of rows and bytes", () => {
  const budget = new RejectedBudget({ rows: 3, bytes: 100 });
  const [small, large, other] = [message(10), message(95), message(20)];
  expect(budget.choose([small, large, other])).toEqual([small, other]);
  budget.spend([small, other]);
  expect(budget.choose([large])).toEqual([]);
  expect(budget.choose([small, small])).toEqual([small]);
  budget.spend([small]);
  expect(budget.choose([message(0)])).toEqual([]);
});

it("counts of a payload what is kept of it, and nothing of what was chosen and not stored", () => {
  const budget = new RejectedBudget({ rows: 10, bytes: 2 * 65_536 });
  const huge = message(10_000_000);
  expect(budget.choose([huge, huge, huge])).toHaveLength(2);
  expect(budget.choose([huge, huge, huge])).toHaveLength(2);
});
