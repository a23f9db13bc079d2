import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Fault, Refused, type Transport, Unreachable } from "./transport.ts";

export interface HttpTransportOptions {
  /** Where Tidemark answers, such as https://tidemark.example.com. */
  url: string;
  /** A token with the scope `ingest`. */
  token: string;
  timeoutMs?: number;
}

const compress = promisify(gzip);
/** Answers about what was sent. All others are about the way there, the token or the server: they may change. */
const aboutWhatWasSent = new Set([400, 413, 422]);
/** Answers that may name what must wait while the rest goes on. */
const aboutSomeOfIt = new Set([403, 429]);
const waitMs = 600_000;

/** POST /api/v1/events, as one compressed batch. It is answered after the commit. */
export function httpTransport({ url, token, timeoutMs = 30_000 }: HttpTransportOptions): Transport {
  const address = new URL("/api/v1/events?partial=true", url);
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/cloudevents-batch+json",
    "content-encoding": "gzip",
  };
  return {
    async send(events, stop) {
      const body = new Uint8Array(await compress(JSON.stringify(events)));
      const timeout = AbortSignal.timeout(timeoutMs);
      const signal = stop ? AbortSignal.any([stop, timeout]) : timeout;
      // A redirect followed may end at a page that says 200 and takes nothing.
      const request = { method: "POST", headers, body, signal, redirect: "manual" } as const;
      const unreachable = (error: Error) => {
        throw new Unreachable(`${address} cannot be reached: ${error.message}`, null, { cause: error });
      };
      const answer = await fetch(address, request).catch(unreachable);
      const text = await answer.text().catch(unreachable);
      const said = `${address} answered ${answer.status}: ${text.slice(0, 2_000)}`;
      const retryAfterMs = readRetryAfter(answer.headers.get("retry-after"));
      if (answer.status === 202) return;
      if (answer.status >= 300 && answer.status < 400)
        throw new Unreachable(`${said} It leads to ${answer.headers.get("location")}: use that address.`, retryAfterMs);
      const faults = readFaults(text);
      if (answer.status === 207 && faults.length > 0) throw new Refused(said, { faults, othersTaken: true });
      if (aboutWhatWasSent.has(answer.status)) throw new Refused(said, { faults });
      if (aboutSomeOfIt.has(answer.status) && faults.length > 0)
        throw new Refused(said, { faults, retryAfterMs: retryAfterMs ?? waitMs });
      throw new Unreachable(said, retryAfterMs);
    },
    close: async () => undefined,
  };
}

interface Answer {
  /** RFC 9457: of a request that was refused as a whole. */
  errors?: unknown;
  /** Of one that was taken in part. */
  refused?: unknown;
}

interface Error9457 {
  pointer?: unknown;
  detail?: unknown;
}

/** What the answer says is wrong; nothing where it is another's than Tidemark's. */
function readFaults(text: string): Fault[] {
  try {
    const { errors, refused } = JSON.parse(text) as Answer;
    return [
      ...list<Error9457>(errors).map(ofBatch),
      ...list<{ index?: unknown; errors?: unknown }>(refused).flatMap(ofEvent),
    ];
  } catch {
    return [];
  }
}

/** A batch's pointers begin with the event's index. */
function ofBatch({ pointer, detail }: Error9457): Fault {
  const match = /^\/(\d+)(\/.*|)$/.exec(String(pointer ?? ""));
  const event = match ? Number(match[1]) : null;
  return { event, pointer: match?.[2] ?? String(pointer ?? ""), detail: String(detail ?? "") };
}

function ofEvent({ index, errors }: { index?: unknown; errors?: unknown }): Fault[] {
  const event = Number(index);
  return list<Error9457>(errors).map((error) => ({ ...ofBatch(error), event }));
}

function list<Each>(value: unknown): Each[] {
  return Array.isArray(value) ? value : [];
}

/** Seconds or a date, as RFC 9110 has it. */
function readRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
