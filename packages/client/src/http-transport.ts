import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Fault, Refused, type Transport, Unreachable } from "./transport.ts";

export interface HttpTransportOptions {
  /** Tidemark's URL, such as https://tidemark.example.com. */
  url: string;
  /** A token with the scope `ingest`. */
  token: string;
  timeoutMs?: number;
}

const compress = promisify(gzip);
/**
 * Status codes about the content sent. All others are about the connection, the token or the server: they may change.
 */
const aboutWhatWasSent = new Set([400, 413, 422]);
/**
 * Status codes that may name what must wait while the rest continues: a token's limits may be widened, a budget is
 * renewed.
 */
const aboutSomeOfIt = new Set([403, 429]);
const waitMs = 600_000;

/** POST /api/v1/events, as one compressed batch. The answer follows the commit. */
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
      // A redirect could lead to a page that answers 200 and accepts nothing.
      const request = { method: "POST", headers, body, signal, redirect: "manual" } as const;
      const unreachable = (error: Error) => {
        throw new Unreachable(`${address} is unreachable: ${error.message}`, null, { cause: error });
      };
      const answer = await fetch(address, request).catch(unreachable);
      const text = await answer.text().catch(unreachable);
      const said = `${address} answered ${answer.status}: ${text.slice(0, 2_000)}`;
      const retryAfterMs = readRetryAfter(answer.headers.get("retry-after"));
      if (answer.status === 202) return;
      const faults = readFaults(answer.status, text, retryAfterMs);
      // Accepted in part, or in full by a server that uses this status whenever `partial` was asked for.
      if (answer.status === 207 && faults !== null) {
        if (faults.length === 0) return;
        throw new Refused(said, { faults, othersTaken: true });
      }
      if (aboutWhatWasSent.has(answer.status)) throw new Refused(said, { faults: faults ?? [] });
      if (aboutSomeOfIt.has(answer.status) && faults !== null && faults.length > 0) throw new Refused(said, { faults });
      const place = answer.headers.get("location");
      throw new Unreachable(place === null ? said : `${said} It redirects to ${place}: use that URL.`, retryAfterMs);
    },
    close: async () => undefined,
  };
}

interface Problem {
  pointer?: unknown;
  detail?: unknown;
}

/** One event of a partially accepted request. */
interface RefusedEvent {
  index?: unknown;
  status?: unknown;
  faults?: unknown;
}

/** The answer's faults; null if it is not Tidemark's. */
function readFaults(status: number, text: string, retryAfterMs: number | null): Fault[] | null {
  try {
    const answer = JSON.parse(text) as { errors?: unknown; refused?: unknown };
    if (status === 207) {
      return (answer.refused as RefusedEvent[]).flatMap(({ index, status: own, faults }) =>
        (faults as Problem[]).map((fault) => faultOf(Number(index), fault, Number(own), retryAfterMs)),
      );
    }
    return (answer.errors as Problem[]).map((error) => {
      // A batch's JSON pointers start with the event's index.
      const match = /^\/(\d+)(\/.*|)$/.exec(String(error.pointer ?? ""));
      const within = match ? { ...error, pointer: match[2] } : error;
      return faultOf(match ? Number(match[1]) : null, within, status, retryAfterMs);
    });
  } catch {
    return null;
  }
}

function faultOf(event: number | null, { pointer, detail }: Problem, status: number, askedMs: number | null): Fault {
  const retryAfterMs = aboutSomeOfIt.has(status) ? ((status === 429 ? askedMs : null) ?? waitMs) : null;
  return { event, pointer: String(pointer ?? ""), detail: String(detail ?? ""), retryAfterMs };
}

/** Seconds or a date, as in RFC 9110. */
function readRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
