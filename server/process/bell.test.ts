import { expect, test } from "vitest";
import { Bell } from "./bell.ts";

const never = new AbortController().signal;

test("a ring ends the wait, one between two waits ends the next, and several are one", async () => {
  const bell = new Bell();
  bell.ring();
  bell.ring();
  await bell.wait(60_000, never);
  let isOver = false;
  const waiting = bell.wait(60_000, never).then(() => {
    isOver = true;
  });
  await Promise.resolve();
  expect(isOver).toBe(false);
  bell.ring();
  await waiting;
});

test("so do the time and the signal", async () => {
  const bell = new Bell();
  await bell.wait(1, never);
  const stopping = new AbortController();
  const waiting = bell.wait(60_000, stopping.signal);
  stopping.abort();
  await waiting;
  await bell.wait(60_000, stopping.signal);
});
