import type { MiddlewareHandler } from "hono";
import { Invalid, PayloadTooLarge } from "#server/errors.ts";
import type { ApiEnv } from "./api-deps.ts";
import { BodyTooSlow } from "./refusals.ts";

/** The longest body that a route reads, in bytes. */
export const bodyLimits = {
  /** Of callers that no token or session was asked of. */
  stranger: 64 * 1024,
  /** Of services that sign their requests: they send far less. */
  signed: 256 * 1024,
  /** Of release tools: an execution with all its stages, before it is known who sends it. */
  hook: 1024 * 1024,
  usual: 1024 * 1024,
  /** Ten thousand event types with everything about them. */
  catalogue: 4 * 1024 * 1024,
  /** Batches of events. */
  events: 16 * 1024 * 1024,
} as const;

/** How long a body may take to arrive. Honest senders of small bodies need one round trip. */
export interface BodyLimit {
  readonly maxBytes: number;
  readonly withinMs: number;
}

/**
 * Reads the body before a route does, counting while it arrives: one that declares too many bytes is refused before it is read,
 * one that turns out to be too long at that byte, and one that arrives too slowly when its time is over.
 */
export function limitBody({ maxBytes, withinMs }: BodyLimit): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    c.set("maxBodyBytes", maxBytes);
    const { body } = c.req.raw;
    if (body) {
      if (Number(c.req.header("content-length") ?? 0) > maxBytes) throw bodyTooLarge(maxBytes);
      const bytes = await inTime(readBody(body, maxBytes), withinMs);
      // Hono awaits it, whatever its type says.
      c.req.bodyCache.arrayBuffer = Promise.resolve(bytes) as never;
    }
    await next();
  };
}

export function bodyTooLarge(maxBytes: number): PayloadTooLarge {
  const size = maxBytes < 1024 ** 2 ? `${maxBytes / 1024} KiB` : `${maxBytes / 1024 ** 2} MiB`;
  return new PayloadTooLarge(`The body is larger than ${size}, the most that this call reads. Send less at once.`);
}

async function readBody(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<ArrayBuffer> {
  // Never cancelled: the connection must stay open for the answer. The web process drops what still arrives.
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(endedEarly);
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) throw bodyTooLarge(maxBytes);
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole.buffer;
}

function endedEarly(): never {
  throw new Invalid("The body ended early.", [{ pointer: "", detail: "must be as long as its Content-Length says" }]);
}

async function inTime<Value>(work: Promise<Value>, withinMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = withinMs / 1000;
    const refuse = () => reject(new BodyTooSlow(`The body did not arrive within ${seconds} s. Send it again, faster.`));
    timer = setTimeout(refuse, withinMs);
  });
  // It goes on once it is given up, and may fail then.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
