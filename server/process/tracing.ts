import { createHash } from "node:crypto";
import { formatHour, type Hour } from "#domain/hour.ts";

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SpanOptions {
  name: string;
  kind: "internal" | "server" | "client" | "consumer";
  /** A traceparent; null: the span is the first of its trace; omitted: the running span, if any. */
  parent?: string | null | undefined;
  /** Of a first span: its trace's id. Omitted: a random one. */
  traceId?: string;
  /** The traceparents of what came together here; nulls and repetitions are dropped. */
  links?: readonly (string | null | undefined)[];
  attributes: Attributes;
  startedAtMs?: number;
}

export interface Span {
  readonly traceparent: string;
  set(attributes: Attributes): void;
  failed(error: unknown): void;
  end(): void;
}

/** What a process records spans with. */
export interface Tracer {
  start(options: SpanOptions): Span;
  /** Runs with the span as the running one. */
  run<T>(span: Span, work: () => T): T;
  running(): Span | null;
  close(): Promise<void>;
}

// Next bundles pages apart from the rest of the web process: what the process shares lives on globalThis.
const shared = globalThis as { [tracerKey]?: Tracer | null };
const tracerKey = Symbol.for("tidemark.tracer");

/** null: traces are off, and nothing below costs more than this look. */
export function setTracer(tracer: Tracer | null): void {
  shared[tracerKey] = tracer;
}

export function isTracing(): boolean {
  return shared[tracerKey] != null;
}

/** What the running span is handed on as; null: traces are off, or no span runs. */
export function currentTraceparent(): string | null {
  return shared[tracerKey]?.running()?.traceparent ?? null;
}

/** For a log line: OpenTelemetry's names, and those by which Cloud Logging shows a line beside its span. */
export function traceFields(): Record<string, string> | null {
  const traceparent = currentTraceparent();
  if (traceparent === null) return null;
  const [, trace_id = "", span_id = ""] = traceparent.split("-");
  return {
    trace_id,
    span_id,
    "logging.googleapis.com/trace": trace_id,
    "logging.googleapis.com/spanId": span_id,
  };
}

/** A span that the caller ends; null: traces are off. */
export function startSpan(options: () => SpanOptions): Span | null {
  return shared[tracerKey]?.start(options()) ?? null;
}

/** Runs the work in a span, which ends with it. The options are asked for only if traces are on. */
export async function inSpan<T>(options: () => SpanOptions, work: (span: Span | null) => Promise<T>): Promise<T> {
  const tracer = shared[tracerKey];
  if (tracer == null) return work(null);
  const span = tracer.start(options());
  try {
    return await tracer.run(span, () => work(span));
  } catch (error) {
    span.failed(error);
    throw error;
  } finally {
    span.end();
  }
}

/**
 * The id of an hour's trace. It follows from the hour, so that every process, whatever made it look at the hour, adds to the same
 * story, and a sampler that goes by the id keeps all of it or nothing.
 */
export function hourTraceId(eventType: string, hour: Hour): string {
  return createHash("sha256")
    .update(`tidemark\n${eventType}\n${formatHour(hour)}`)
    .digest("hex")
    .slice(0, 32);
}
