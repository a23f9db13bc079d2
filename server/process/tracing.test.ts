import { afterEach, describe, expect, test } from "vitest";
import {
  currentTraceparent,
  hourTraceId,
  inSpan,
  isTracing,
  type Span,
  setTracer,
  startSpan,
  traceFields,
} from "./tracing.ts";

afterEach(() => setTracer(null));

const [traceId, spanId] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];

/** Notes what becomes of its only span. */
function noting() {
  const noted: string[] = [];
  let running: Span | null = null;
  const span: Span = {
    traceparent: `00-${traceId}-${spanId}-01`,
    set: () => undefined,
    failed: (error) => void noted.push(`failed: ${(error as Error).message}`),
    end: () => void noted.push("ended"),
  };
  setTracer({
    start: ({ name }) => {
      noted.push(`started ${name}`);
      return span;
    },
    run: (started, work) => {
      running = started;
      return work();
    },
    running: () => running,
    close: () => Promise.resolve(),
  });
  return noted;
}

const options = () => ({ name: "work", kind: "internal" as const, attributes: {} });

describe("without a tracer", () => {
  test("work runs as it is, and the options of its span are not even made", async () => {
    const never = () => {
      throw new Error("asked for");
    };
    expect(await inSpan(never, async (span) => span)).toBeNull();
    expect(startSpan(never)).toBeNull();
    expect([isTracing(), currentTraceparent(), traceFields()]).toEqual([false, null, null]);
  });
});

describe("with a tracer", () => {
  test("a span ends with its work, and the log meanwhile knows where it stands", async () => {
    const noted = noting();
    const fields = await inSpan(options, async () => traceFields());
    expect(fields).toMatchObject({ trace_id: traceId, span_id: spanId, "logging.googleapis.com/trace": traceId });
    expect(noted).toEqual(["started work", "ended"]);
  });

  test("a failure is noted and thrown on", async () => {
    const noted = noting();
    const failing = inSpan(options, async () => {
      throw new Error("no room");
    });
    await expect(failing).rejects.toThrow("no room");
    expect(noted).toEqual(["started work", "failed: no room", "ended"]);
  });
});

test("an hour's trace has the same id in every process, and each hour and type another", () => {
  const hour = new Date("2026-11-22T13:00:00Z");
  expect(hourTraceId("EndSong", hour)).toMatch(/^[0-9a-f]{32}$/);
  expect(hourTraceId("EndSong", hour)).toBe(hourTraceId("EndSong", new Date(hour)));
  expect(hourTraceId("EndSong", hour)).not.toBe(hourTraceId("AdClick", hour));
  expect(hourTraceId("EndSong", hour)).not.toBe(hourTraceId("EndSong", new Date("2026-11-22T14:00:00Z")));
});
