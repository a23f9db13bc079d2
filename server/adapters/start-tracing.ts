import { setTimeout as sleep } from "node:timers/promises";
import { setTracer, type Tracer } from "#server/process/tracing.ts";
import type { TracingOptions } from "./open-telemetry.ts";

/** A receiver that hangs must not keep the process from ending. */
const closingMs = 5_000;
/** Each batch may fail: one line a minute is enough. */
const sayAgainMs = 60_000;

interface Warns {
  warn(message: string): void;
}

/**
 * Loads OpenTelemetry and records this process's spans, if the settings ask for it; null: nothing is loaded. What happens before it is
 * loaded has no spans.
 */
export function startTracing(
  options: Omit<TracingOptions, "onProblem"> | null,
  log: Warns,
): { opened: Promise<void>; close(): Promise<void> } {
  if (options === null) return { opened: Promise.resolve(), close: () => Promise.resolve() };
  let saidMs = Number.NEGATIVE_INFINITY;
  const onProblem = (message: string) => {
    if (performance.now() - saidMs < sayAgainMs) return;
    saidMs = performance.now();
    log.warn(`Traces are not accepted by ${new URL(options.url).host} and are dropped: ${message.slice(0, 500)}`);
  };
  const opening = open({ ...options, onProblem }).catch((error: Error) => {
    log.warn(`There will be no traces, for OpenTelemetry cannot be loaded: ${error.message}`);
    return null;
  });
  return {
    opened: opening.then(() => undefined),
    async close() {
      const tracer = await opening;
      setTracer(null);
      await Promise.race([tracer?.close(), sleep(closingMs, undefined, { ref: false })]).catch(() => undefined);
    },
  };
}

async function open(options: TracingOptions): Promise<Tracer> {
  const { openTelemetry } = await import("./open-telemetry.ts");
  const tracer = await openTelemetry(options);
  setTracer(tracer);
  return tracer;
}
