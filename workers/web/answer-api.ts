import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const readingMethods = ["GET", "HEAD", "OPTIONS"];
/** Shorter answers fit into one packet as they are. */
const shortestCompressed = 1_024;
const compressible =
  /^(?:text\/(?!event-stream)|image\/svg\+xml|application\/(?:[\w.-]+\+)?(?:json|xml|yaml|javascript))/;
const compress = promisify(gzip);

export function isApiCall({ url = "" }: IncomingMessage): boolean {
  return /^\/api(?:[/?]|$)/.test(url);
}

/**
 * Answers API calls without Next around them: what Next does for a request and keeps of it is most of the cost of a small answer, of a job that is
 * held at the gate (docs/performance-gate.md), and of what is refused. `hold` settles when an answer of a status may be sent.
 */
export async function answerApi(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fetch: (request: Request) => Promise<Response>,
  hold: (status: number) => Promise<void> = async () => undefined,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const answer = await fetch(requestOf(incoming, gone.signal));
  await hold(answer.status);
  if (isStream(answer)) return stream(answer, outgoing);
  const body = Buffer.from(await answer.arrayBuffer());
  const packed = mayCompress(incoming, answer, body) ? await compress(body) : null;
  if (gone.signal.aborted) return;
  copyHeaders(answer, outgoing);
  if (packed) outgoing.setHeader("content-encoding", "gzip");
  const sent = packed ?? body;
  const hasBody = incoming.method !== "HEAD" && answer.status !== 204 && answer.status !== 304;
  if (hasBody) outgoing.setHeader("content-length", sent.byteLength);
  outgoing.writeHead(answer.status).end(sent);
}

function isStream(answer: Response): boolean {
  return answer.body !== null && (answer.headers.get("content-type") ?? "").startsWith("text/event-stream");
}

async function stream(answer: Response, outgoing: ServerResponse): Promise<void> {
  copyHeaders(answer, outgoing);
  outgoing.writeHead(answer.status).flushHeaders();
  // A reader who leaves ends the source, which is no failure.
  await pipeline(Readable.fromWeb(answer.body as NodeStream), outgoing).catch(() => outgoing.destroy());
}

function copyHeaders({ headers }: Response, outgoing: ServerResponse): void {
  for (const [name, value] of headers) outgoing.setHeader(name, value);
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  if (compressible.test(headers.get("content-type") ?? "")) outgoing.appendHeader("vary", "Accept-Encoding");
}

function mayCompress({ headers, method }: IncomingMessage, answer: Response, body: Buffer): boolean {
  if (method === "HEAD" || body.byteLength < shortestCompressed || answer.headers.has("content-encoding")) return false;
  return (
    takesGzip(String(headers["accept-encoding"] ?? "")) && compressible.test(answer.headers.get("content-type") ?? "")
  );
}

/** As RFC 9110 has it; `*` is not asked for by anyone who cannot name gzip. */
function takesGzip(accepted: string): boolean {
  return accepted.split(",").some((each) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?$/i.test(each));
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
