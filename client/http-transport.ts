import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Refused, type Transport, Unreachable } from "./transport.ts";

export interface HttpTransportOptions {
  /** Where Tidemark answers, such as https://tidemark.example.com. */
  url: string;
  /** A token with the scope `ingest`. */
  token: string;
  timeoutMs?: number;
}

const compress = promisify(gzip);
/** Answers that another try may change: too early, too many, and whatever is the server's fault. */
const passing = (status: number) => status === 408 || status === 425 || status === 429 || status >= 500;

/** POST /api/v1/events, as one compressed batch. It is answered after the commit. */
export function httpTransport({ url, token, timeoutMs = 30_000 }: HttpTransportOptions): Transport {
  const address = new URL("/api/v1/events", url);
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/cloudevents-batch+json",
    "content-encoding": "gzip",
  };
  return {
    async send(events) {
      const body = new Uint8Array(await compress(JSON.stringify(events)));
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await fetch(address, { method: "POST", headers, body, signal }).catch((error: Error) => {
        throw new Unreachable(`${address} cannot be reached: ${error.message}`, null, { cause: error });
      });
      if (answer.ok) return void (await answer.body?.cancel());
      const said = `${address} answered ${answer.status}: ${(await answer.text()).slice(0, 2_000)}`;
      if (passing(answer.status)) throw new Unreachable(said, readRetryAfter(answer.headers.get("retry-after")));
      throw new Refused(said);
    },
    close: async () => undefined,
  };
}

/** Seconds or a date, as RFC 9110 has it. */
function readRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
