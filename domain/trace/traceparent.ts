/** Where a span stands: what W3C Trace Context's header `traceparent` says. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly sampled: boolean;
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** null: it is invalid, and whoever received it begins a trace of its own (W3C Trace Context, 3.2). */
export function parseTraceparent(text: unknown): TraceContext | null {
  const match = typeof text === "string" && text.length <= 200 ? pattern.exec(text) : null;
  if (!match) return null;
  const [, version = "", traceId = "", spanId = "", flags = "", rest] = match;
  // Later versions may add fields; the first has none.
  if (version === "ff" || (version === "00" && rest !== undefined)) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}

/** Of a valid traceparent: its spans are recorded. */
export function isSampled(traceparent: string): boolean {
  return parseTraceparent(traceparent)?.sampled ?? false;
}
