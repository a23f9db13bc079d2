import { expect, test } from "vitest";
import type { ReceivedMessage } from "#server/adapters/receiver.ts";
import { createLog } from "#server/process/log.ts";
import { until } from "#test/until.ts";
import { Trouble } from "../trouble.ts";
import { Backoff } from "./backoff.ts";
import { IntakeState } from "./intake-state.ts";
import { receive } from "./receive.ts";

interface Opened {
  onMessage(message: ReceivedMessage): void;
  onError(error: Error): void;
  closed: boolean;
}

function start({
  failures = 0,
  onOpen = () => undefined,
}: {
  failures?: number;
  onOpen?: (opened: Opened) => void;
} = {}) {
  const stopping = new AbortController();
  const opened: Opened[] = [];
  const state = new IntakeState("the test's intake");
  const reasons: (string | null)[] = [];
  const ended = receive({
    async open(handlers) {
      reasons.push(state.report().reason);
      if (reasons.length <= failures) throw new Error("unreachable");
      const receiver = { ...handlers, closed: false };
      opened.push(receiver);
      onOpen(receiver);
      return {
        ask: async () => null,
        close: async () => {
          receiver.closed = true;
        },
      };
    },
    take: async () => undefined,
    state,
    backoff: new Backoff({ firstMs: 1, longestMs: 5, signal: stopping.signal }),
    trouble: new Trouble(createLog({ name: "test", level: "error", format: "json" }), "Receiving"),
    limits: { lookEveryMs: 60_000, quietMs: 60_000 },
    signal: stopping.signal,
  });
  const stop = async () => {
    stopping.abort();
    await ended;
  };
  return { opened, state, stop, reasons };
}

test("errors that come together leave one receiver, and the broken one is closed", async () => {
  const { opened, stop } = start();
  await until("it is open", async () => opened.length === 1);
  for (let error = 0; error < 5; error += 1) opened[0]?.onError(new Error(`error ${error}`));
  await until("the next is open", async () => opened.length === 2);
  opened[0]?.onError(new Error("late"));
  await stop();
  expect(opened).toHaveLength(2);
  expect(opened.every(({ closed }) => closed)).toBe(true);
});

test("an error before the opening is complete is not lost", async () => {
  let first = true;
  const { opened, stop } = start({
    onOpen(receiver) {
      if (first) receiver.onError(new Error("at once"));
      first = false;
    },
  });
  await until("the next is open", async () => opened.length === 2);
  await stop();
});

test("an intake that cannot be opened is tried again, and stands meanwhile", async () => {
  const { state, reasons, opened, stop } = start({ failures: 3 });
  await until("it is open", async () => opened.length === 1);
  expect(reasons).toEqual([null, "unreachable", "unreachable", "unreachable"]);
  await until("it is heard", async () => state.report().reason === null);
  await stop();
});
