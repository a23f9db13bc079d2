import { expect, test } from "vitest";
import { formatTraceparent, parseTraceparent } from "./traceparent.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";

test("reads a header and writes it back", () => {
  for (const sampled of [true, false]) {
    const text = formatTraceparent({ traceId, spanId, sampled });
    expect(parseTraceparent(text)).toEqual({ traceId, spanId, sampled });
  }
  expect(parseTraceparent(`00-${traceId}-${spanId}-03`)?.sampled).toBe(true);
});

test("reads a later version by the fields that it knows", () => {
  expect(parseTraceparent(`cc-${traceId}-${spanId}-01-more`)).toEqual({ traceId, spanId, sampled: true });
});

test.each([
  undefined,
  7,
  "",
  `00-${traceId}-${spanId}`,
  `00-${traceId}-${spanId}-01-more`,
  `ff-${traceId}-${spanId}-01`,
  `00-${"0".repeat(32)}-${spanId}-01`,
  `00-${traceId}-${"0".repeat(16)}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `cc-${traceId}-${spanId}-01-${"x".repeat(1_000_000)}`,
])("%s is none", (text) => {
  expect(parseTraceparent(text)).toBeNull();
});
