import type { IncomingMessage, ServerResponse } from "node:http";
import { runtime } from "#server/http/runtime.ts";

const gatePath = /^\/api\/v1\/(?:event-types\/[^/?]+\/hours\/[^/?]+\/)?ready(?:\?|$)/;

/** A gate request: a job that may be held for a minute beside thousands of others. */
export function asksGate({ method, url = "" }: IncomingMessage): boolean {
  return method === "GET" && gatePath.test(url);
}

/**
 * The same API without Next around it: what Next keeps of a held request, and does when it is answered, is most of a
 * waiting job's cost (docs/performance-gate.md).
 */
export async function answerGate(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const each of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, each);
  }
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "tidemark"}`);
  const { fetch } = await runtime();
  const answer = await fetch(new Request(url, { headers, signal: gone.signal }));
  const body = Buffer.from(await answer.arrayBuffer());
  if (gone.signal.aborted) return;
  for (const [name, value] of answer.headers) outgoing.setHeader(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  outgoing.writeHead(answer.status).end(body);
}
