import { AsyncLocalStorage } from "node:async_hooks";
import {
  type AttributeValue,
  type Context,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  RandomIdGenerator,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-node";
import { formatTraceparent, parseTraceparent, type TraceContext } from "#domain/trace/traceparent.ts";
import type { Span, SpanOptions, Tracer } from "#server/process/tracing.ts";

export interface TracingOptions {
  /** The whole URL of the receiver's traces. */
  url: string;
  protocol: "http/json" | "http/protobuf";
  headers: Readonly<Record<string, string>>;
  resource: Readonly<Record<string, string>>;
  /** As OTEL_TRACES_SAMPLER names it. */
  sampler: string;
  ratio: number;
  /** A sentence of the exporter's, such as why a batch was not accepted. */
  onProblem(message: string): void;
}

const kinds: Record<SpanOptions["kind"], SpanKind> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
};
/** OpenTelemetry's own default limit. */
const mostLinks = 128;

/** Lets one caller choose the id of the trace that it begins. Calls do not overlap: starting a span is synchronous. */
class ChosenIds extends RandomIdGenerator {
  traceId: string | null = null;
  override generateTraceId = (): string => this.traceId ?? randomIds.generateTraceId();
}

const randomIds = new RandomIdGenerator();

/** Sends spans in batches. Nothing is registered globally: other libraries' instrumentation adds no spans. */
export async function openTelemetry(options: TracingOptions): Promise<Tracer> {
  const ids = new ChosenIds();
  const { OTLPTraceExporter } =
    options.protocol === "http/protobuf"
      ? await import("@opentelemetry/exporter-trace-otlp-proto")
      : await import("@opentelemetry/exporter-trace-otlp-http");
  const exporter = new OTLPTraceExporter({ url: options.url, headers: { ...options.headers } });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ ...options.resource }),
    sampler: samplerOf(options),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(saying(exporter, options.onProblem))],
  });
  const tracer = provider.getTracer("tidemark", options.resource["service.version"]);
  const running = new AsyncLocalStorage<StartedSpan>();

  function contextOf({ parent }: SpanOptions): Context {
    if (parent === null) return ROOT_CONTEXT;
    const given = parent === undefined ? null : parseTraceparent(parent);
    if (given) return trace.setSpanContext(ROOT_CONTEXT, { ...remote(given) });
    const outer = parent === undefined ? running.getStore() : undefined;
    return outer ? trace.setSpan(ROOT_CONTEXT, outer.span) : ROOT_CONTEXT;
  }

  return {
    start(spanOptions) {
      const { name, kind, traceId = null, links = [], attributes, startedAtMs } = spanOptions;
      ids.traceId = traceId;
      try {
        const started = tracer.startSpan(
          name,
          {
            kind: kinds[kind],
            attributes: { ...attributes } as Record<string, AttributeValue>,
            links: contextsOf(links).map((context) => ({ context: remote(context) })),
            ...(startedAtMs === undefined ? {} : { startTime: startedAtMs }),
          },
          contextOf(spanOptions),
        );
        return new StartedSpan(started);
      } finally {
        ids.traceId = null;
      }
    },
    run: (span, work) => running.run(span as StartedSpan, work),
    running: () => running.getStore() ?? null,
    close: () => provider.shutdown(),
  };
}

class StartedSpan implements Span {
  readonly span: OtelSpan;
  readonly traceparent: string;

  constructor(span: OtelSpan) {
    this.span = span;
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.traceparent = formatTraceparent({ traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 });
  }

  set(attributes: SpanOptions["attributes"]): void {
    this.span.setAttributes({ ...attributes } as Record<string, AttributeValue>);
  }

  failed(error: unknown): void {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    this.span.setAttribute("error.type", name);
    this.span.setStatus({ code: SpanStatusCode.ERROR, message });
  }

  end(): void {
    this.span.end();
  }
}

function remote({ traceId, spanId, sampled }: TraceContext) {
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

function contextsOf(links: readonly (string | null | undefined)[]): TraceContext[] {
  const contexts = [...new Set(links)].flatMap((link) => parseTraceparent(link) ?? []);
  return contexts.slice(0, mostLinks);
}

function samplerOf({ sampler, ratio }: Pick<TracingOptions, "sampler" | "ratio">): Sampler {
  const isByParent = sampler.startsWith("parentbased_");
  const root = rootSampler(sampler.replace("parentbased_", ""), ratio);
  return isByParent ? new ParentBasedSampler({ root }) : root;
}

function rootSampler(name: string, ratio: number): Sampler {
  if (name === "always_off") return new AlwaysOffSampler();
  return name === "traceidratio" ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler();
}

/** The same, and says why a batch was not accepted. */
function saying(exporter: SpanExporter, onProblem: TracingOptions["onProblem"]): SpanExporter {
  return {
    export(spans, onResult) {
      exporter.export(spans, (result) => {
        if (result.error) onProblem(result.error.message);
        onResult(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush ? { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() } : {}),
  };
}
