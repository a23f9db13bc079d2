import { type Answer, type HttpReceiver, startHttpReceiver } from "./http-receiver.ts";

export interface ReceivedSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  /** Trace and span of each link, as `trace-span`. */
  links: string[];
  attributes: Record<string, string | number | boolean>;
  resource: Record<string, string | number | boolean>;
  /** 2: it failed. */
  status: number;
}

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number | string; doubleValue?: number; boolValue?: boolean };
}

interface SentSpan extends Pick<ReceivedSpan, "name" | "kind" | "traceId" | "spanId" | "parentSpanId"> {
  attributes: Attribute[];
  links?: { traceId: string; spanId: string }[];
  status?: { code?: number };
}

interface Sent {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: SentSpan[] }[] }[];
}

/** A receiver of traces by OTLP/HTTP in JSON, on loopback. */
export class OtlpReceiver {
  readonly #http: HttpReceiver;

  private constructor(http: HttpReceiver) {
    this.#http = http;
  }

  static async start(): Promise<OtlpReceiver> {
    return new OtlpReceiver(await startHttpReceiver({ status: 200, body: "{}" }));
  }

  /** What OTEL_EXPORTER_OTLP_ENDPOINT is set to. */
  get endpoint(): string {
    return new URL(this.#http.url).origin;
  }

  get requests() {
    return this.#http.received;
  }

  get spans(): ReceivedSpan[] {
    return this.#http.received.flatMap(({ body }) => spansOf(JSON.parse(body) as Sent));
  }

  answer(how: Answer): void {
    this.#http.answer(how);
  }

  stop(): Promise<void> {
    return this.#http.stop();
  }
}

export const keyOf = ({ traceId, spanId }: { traceId: string; spanId: string }) => `${traceId}-${spanId}`;

function spansOf({ resourceSpans }: Sent): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, links = [], status, parentSpanId, ...span }) => ({
        ...span,
        parentSpanId: parentSpanId || undefined,
        links: links.map(keyOf),
        attributes: read(attributes),
        resource: read(resource.attributes),
        status: status?.code ?? 0,
      })),
    ),
  );
}

function read(attributes: readonly Attribute[]): ReceivedSpan["attributes"] {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const { stringValue, intValue, doubleValue, boolValue } = value;
      return [key, stringValue ?? doubleValue ?? boolValue ?? Number(intValue)];
    }),
  );
}
