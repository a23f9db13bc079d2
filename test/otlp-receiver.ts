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

/** A receiver of traces by OTLP/HTTP, on loopback. */
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

  /** Of requests in protobuf: each span's name, and its trace and own id as `keyOf` joins them. */
  get protobufSpans(): { name: string; key: string }[] {
    // ExportTraceServiceRequest.resource_spans (1) . scope_spans (2) . spans (2) of opentelemetry/proto/trace/v1.
    return this.#http.received
      .flatMap(({ bytes }) => fieldsOf(bytes, 1))
      .flatMap((resourceSpans) => fieldsOf(resourceSpans, 2))
      .flatMap((scopeSpans) => fieldsOf(scopeSpans, 2))
      .map((span) => {
        const [traceId, spanId, name] = [1, 2, 5].map((field) => fieldsOf(span, field)[0] ?? Buffer.alloc(0));
        return {
          name: String(name),
          key: keyOf({ traceId: traceId?.toString("hex") ?? "", spanId: spanId?.toString("hex") ?? "" }),
        };
      });
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

/** The length-delimited values of one field of a protobuf message. Throws for bytes that are none. */
function fieldsOf(message: Buffer, field: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    if (type === 0) varint();
    else if (type === 1 || type === 5) at += type === 1 ? 8 : 4;
    else if (type === 2) {
      const length = varint();
      if (at + length > message.length) throw new Error("A protobuf field is longer than its message.");
      if (number === field) found.push(message.subarray(at, at + length));
      at += length;
    } else throw new Error(`${type} is not a wire type of protobuf.`);
  }
  return found;
}

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
