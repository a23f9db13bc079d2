import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { runtime } from "#server/http/runtime.ts";

const gatePath = /^\/api\/v1\/(?:event-types\/[^/?]+\/hours\/[^/?]+\/)?ready(?:\?|$)/;
const readingMethods = ["GET", "HEAD", "OPTIONS"];

/**
 * Calls that the API answers without Next: a job at the gate, which may be held for a minute beside thousands of others, and everything that is
 * sent, events above all. Next compresses the answers to the rest.
 */
export function bypassesNext({ method = "GET", url = "" }: IncomingMessage): boolean {
  if (readingMethods.includes(method)) return method === "GET" && gatePath.test(url);
  return url.startsWith("/api/v1/");
}

/**
 * The same API without Next around it: what Next keeps of a held request, and does when it is answered, is most of a
 * waiting job's cost (docs/performance-gate.md), and most of what refusing a flood costs.
 */
export async function answerApi(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const { fetch } = await runtime();
  const answer = await fetch(requestOf(incoming, gone.signal));
  const body = Buffer.from(await answer.arrayBuffer());
  if (gone.signal.aborted) return;
  for (const [name, value] of answer.headers) outgoing.setHeader(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  outgoing.writeHead(answer.status).end(body);
}

function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const each of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, each);
  }
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "tidemark"}`);
  const { method = "GET" } = incoming;
  const isSent = headers.has("transfer-encoding") || Number(headers.get("content-length") ?? 0) > 0;
  if (!isSent || readingMethods.includes(method)) return new Request(url, { method, headers, signal });
  // Read by the route alone, and only as far as its limit.
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  return new Request(url, { method, headers, signal, body, duplex: "half" } as RequestInit);
}
