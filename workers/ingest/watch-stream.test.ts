import { describe, expect, test } from "vitest";
import type { ReceivedMessage } from "#server/adapters/receiver.ts";
import { IntakeState } from "./intake-state.ts";
import { watchStream } from "./watch-stream.ts";

const limits = { lookEveryMs: 1, quietMs: 30_000 };

/** Answers in turn; after the last one the watch is stopped. */
function script(answers: ("none" | "found" | Error)[], more: { isBusy?: () => boolean } = {}) {
  const stopping = new AbortController();
  const clock = { nowMs: 0 };
  const state = new IntakeState("test", () => clock.nowMs);
  const found: ReceivedMessage[] = [];
  let asked = 0;
  const receiver = {
    async ask() {
      const answer = answers[asked];
      asked += 1;
      if (asked >= answers.length) stopping.abort();
      if (answer instanceof Error) throw answer;
      return answer === "found" ? ({} as ReceivedMessage) : null;
    },
  };
  const watched = watchStream({
    receiver,
    state,
    limits,
    isBusy() {
      clock.nowMs += limits.quietMs;
      return more.isBusy?.() ?? false;
    },
    onFound: (message) => found.push(message),
    signal: stopping.signal,
  });
  return { watched, state, found, stopping, asked: () => asked };
}

describe("watching a stream", () => {
  test("a quiet subscription, which says that no message waits, is left alone", async () => {
    const { watched, state } = script(["none", "none", "none", "none"]);
    expect(await watched).toBe("stopped");
    expect(state.report().standingForMs).toBeNull();
  });

  test("a stream that twice did not deliver what waits is opened again, and what was found is ingested", async () => {
    const { watched, found } = script(["found", "found", "none"]);
    expect(await watched).toBe("its stream delivers none of the messages that wait");
    expect(found).toHaveLength(2);
  });

  test("a message that arrives in the moment of asking is no dead stream", async () => {
    const { watched } = script(["found", "none", "found", "none"]);
    expect(await watched).toBe("stopped");
  });

  test("once unanswered is forgiven, twice in a row is not", async () => {
    const silence = new Error("no answer from Pub/Sub within 10 s");
    expect(await script([silence, "none", silence, "none"]).watched).toBe("stopped");
    expect(await script([silence, silence, "none"]).watched).toBe("no answer from Pub/Sub within 10 s");
  });

  test("while messages are being committed nothing is asked: flow control keeps a full stream silent", async () => {
    let looks = 0;
    const { watched, asked, stopping } = script(["none"], {
      isBusy: () => {
        looks += 1;
        if (looks === 20) stopping.abort();
        return true;
      },
    });
    expect(await watched).toBe("stopped");
    expect(asked()).toBe(0);
  });
});

test("an intake has stood since it was last heard, however late that is noticed", () => {
  const clock = { nowMs: 1_000 };
  const state = new IntakeState("test", () => clock.nowMs);
  clock.nowMs = 61_000;
  state.stands("no answer");
  clock.nowMs = 71_000;
  state.stands("still none");
  expect(state.report()).toEqual({ name: "test", standingForMs: 70_000, reason: "still none" });
  state.heard();
  expect(state.report()).toEqual({ name: "test", standingForMs: null, reason: null });
});
