import { type Agent, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import type { SendOutcome } from "#domain/notification.ts";
import { inSpan, type SpanOptions } from "#server/process/tracing.ts";
import { type Egress, ForbiddenDestination } from "./egress.ts";

export interface HttpPost {
  url: string;
  /** Default: POST. */
  method?: "POST" | "PUT" | "GET";
  headers?: Record<string, string>;
  body: string | Buffer;
  /** For the whole exchange, in real milliseconds. */
  timeoutMs?: number;
  /** Of the answer, as much is kept. Default: 16 KiB. */
  mostAnswerBytes?: number;
  egress: Egress;
}

export interface HttpAnswer {
  status: number;
  /** As much as is kept. */
  text: string;
  /** Retry-After in milliseconds; null: absent. */
  retryAfterMs: number | null;
}

/** Why there was no answer, in words for the delivery log. */
class HttpFailure extends Error {
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean) {
    super(message);
    this.permanent = permanent;
  }
}

const defaultTimeoutMs = 15_000;
const usualAnswerBytes = 16 * 1024;

/**
 * POSTs on a new connection, through the environment's forward proxy where one is set, and follows no redirect: a receiver
 * must be addressed directly. Throws HttpFailure.
 */
export async function postHttp(post: HttpPost): Promise<HttpAnswer> {
  const url = parseUrl(post.url);
  const timeoutMs = post.timeoutMs ?? defaultTimeoutMs;
  try {
    post.egress.refuseLiteral(url.hostname);
    const proxy = forwardProxyTo(url);
    if (proxy) await post.egress.refuseName(url.hostname);
    return await inSpan(
      () => clientSpan(url, post),
      async (span) => {
        const headers = span ? { ...post.headers, traceparent: span.traceparent } : post.headers;
        const signal = AbortSignal.timeout(timeoutMs);
        const answer = await exchange(url, { ...post, ...(headers ? { headers } : {}) }, { proxy, signal });
        span?.set({ "http.response.status_code": answer.status });
        if (answer.status >= 400) span?.failed(new Error(`HTTP ${answer.status}`));
        return answer;
      },
    );
  } catch (error) {
    throw toFailure(error as NodeJS.ErrnoException, url, timeoutMs);
  }
}

/** The agent that reaches the URL through the environment's HTTPS_PROXY or HTTP_PROXY; null: NO_PROXY, or none is set. */
function forwardProxyTo(url: URL): Agent | null {
  const proxy = getProxyForUrl(url.href);
  if (proxy === "") return null;
  return url.protocol === "https:" ? new HttpsProxyAgent(proxy) : new HttpProxyAgent(proxy);
}

/** Without the URL, which may be a secret: a Slack webhook's is. */
function clientSpan(url: URL, { method = "POST" }: HttpPost): SpanOptions {
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  const attributes = { "http.request.method": method, "server.address": url.hostname, "server.port": port };
  return { name: method, kind: "client", attributes };
}

function exchange(
  url: URL,
  post: HttpPost,
  { proxy, signal }: { proxy: Agent | null; signal: AbortSignal },
): Promise<HttpAnswer> {
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const body = Buffer.from(post.body);
  const { mostAnswerBytes = usualAnswerBytes } = post;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: post.method ?? "POST",
      headers: { "user-agent": "Tidemark", ...post.headers, "content-length": body.byteLength },
      signal,
      ...(proxy ? { agent: proxy } : { agent: false, lookup: post.egress.lookup }),
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const finish = () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString("utf8"),
          retryAfterMs: readRetryAfter(response.headers["retry-after"], Date.now()),
        });
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, mostAnswerBytes - bytes));
        bytes += chunk.byteLength;
        if (bytes < mostAnswerBytes) return;
        // An endless response is an answer too.
        finish();
        request.destroy();
      });
      response.on("end", finish);
      response.on("error", reject);
    });
    request.end(body);
  });
}

/** Seconds or an instant (RFC 9110, 10.2.3). */
export function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

/** Default meaning of statuses, for services without special ones. */
export function outcomeOf(answer: HttpAnswer): SendOutcome {
  const { status, retryAfterMs } = answer;
  const response = answer.text.trim().slice(0, 300);
  const said = { status, detail: `HTTP ${status}`, ...(response && { response }) };
  if (status >= 200 && status < 300) return { outcome: "sent", ...said };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { outcome: "retryable", ...said, ...(retryAfterMs === null ? {} : { afterMs: retryAfterMs }) };
  }
  if (status < 300 || status >= 400) return { outcome: "permanent", ...said };
  const detail = `HTTP ${status}: redirects are not followed. Name the final URL in the channel`;
  return { outcome: "permanent", ...said, detail };
}

/** For adapters: turns a failure to get an answer into an outcome; rethrows other errors. */
export function outcomeOfFailure(error: unknown): SendOutcome {
  if (!(error instanceof HttpFailure)) throw error;
  return { outcome: error.permanent ? "permanent" : "retryable", detail: error.message };
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    // The text may be a secret: a Slack webhook's URL is.
    throw new HttpFailure("The channel's URL must begin with http:// or https://.", true);
  }
  return url;
}

function toFailure(error: NodeJS.ErrnoException, url: URL, timeoutMs: number): Error {
  if (error instanceof HttpFailure) return error;
  if (error instanceof ForbiddenDestination) return new HttpFailure(error.message, true);
  if (error.name === "TimeoutError" || error.name === "AbortError") {
    return new HttpFailure(`${url.host} did not respond within ${timeoutMs / 1000} s.`, false);
  }
  return new HttpFailure(`${url.host} is unreachable: ${error.message || error.code || "no reason given"}.`, false);
}
