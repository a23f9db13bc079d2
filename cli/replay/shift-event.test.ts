import { expect, test } from "vitest";
import { shiftEvent, shiftHoursToNow } from "./shift-event.ts";

test("time, hours, landed hours and watermarks move together by whole hours", () => {
  const event = {
    id: "1",
    time: "2001-01-01T00:15:00Z",
    data: {
      dc: "west",
      reports: [{ eventType: "A", hour: "2001-01-01T00", landedHour: "2001-01-01T01", events: 3 }],
      marks: [{ eventType: "A", watermark: "2001-01-01T00:10:30Z" }],
    },
  };
  expect(shiftEvent(event, 24)).toEqual({
    id: "1",
    time: "2001-01-02T00:15:00.000Z",
    data: {
      dc: "west",
      reports: [{ eventType: "A", hour: "2001-01-02T00", landedHour: "2001-01-02T01", events: 3 }],
      marks: [{ eventType: "A", watermark: "2001-01-02T00:10:30.000Z" }],
    },
  });
});

test("a watermark at the end of time stays there", () => {
  const data = { dc: "west", marks: [{ eventType: "A", watermark: "9999-12-31T23:00:00Z" }] };
  expect(shiftEvent({ time: "2001-01-01T00:00:00Z", data }, 24)).toMatchObject({
    data: { marks: [{ watermark: "9999-12-31T23:59:59.999Z" }] },
  });
});

test("the last event falls into the hour before now, never ahead of it", () => {
  const last = Date.parse("2001-01-31T23:45:00Z");
  const now = new Date("2026-11-22T12:20:00Z");
  const shiftedMs = last + shiftHoursToNow(last, now) * 3_600_000;
  expect(new Date(shiftedMs).toISOString()).toBe("2026-11-22T11:45:00.000Z");
});

test("leaves an invalid hour for the product to reject", () => {
  expect(shiftEvent({ time: "soon", data: { reports: [{ hour: "2001-13-01T00" }, 7] } }, 1)).toEqual({
    time: "soon",
    data: { reports: [{ hour: "2001-13-01T00" }, 7] },
  });
});
