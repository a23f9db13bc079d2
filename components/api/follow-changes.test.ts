import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followChanges } from "./follow-changes.ts";

class TestSource {
  readyState = 1;
  listeners: Record<string, () => void> = {};
  addEventListener(type: string, listener: () => void) {
    this.listeners[type] = listener;
  }
  close() {
    this.readyState = 2;
  }
  say(type: "changed" | "error") {
    this.listeners[type]?.();
  }
}

let sources: TestSource[];
let announced: number;
const follow = () =>
  followChanges({
    connect: () => {
      const source = new TestSource();
      sources.push(source);
      return source;
    },
    onChanged: () => {
      announced += 1;
    },
  });
const last = () => sources.at(-1) as TestSource;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  announced = 0;
});
afterEach(() => void vi.useRealTimers());

test("a change is notified at once, and a change within the pause once it is over", () => {
  follow();
  last().say("changed");
  expect(announced).toBe(0);
  last().say("changed");
  expect(announced).toBe(1);
  last().say("changed");
  last().say("changed");
  expect(announced).toBe(1);
  vi.advanceTimersByTime(3_000);
  expect(announced).toBe(2);
  vi.advanceTimersByTime(10_000);
  expect(announced).toBe(2);
});

test("a reconnection is reported as a change: something may have been missed", () => {
  follow();
  last().say("changed");
  last().say("error");
  expect(sources).toHaveLength(1);
  last().say("changed");
  expect(announced).toBe(1);
});

test("a stream that the browser gave up is tried again after a while; a closed one is not", () => {
  const stream = follow();
  last().readyState = 2;
  last().say("error");
  vi.advanceTimersByTime(30_000);
  expect(sources).toHaveLength(2);
  stream.close();
  expect(last().readyState).toBe(2);
  vi.advanceTimersByTime(120_000);
  expect(sources).toHaveLength(2);
});
