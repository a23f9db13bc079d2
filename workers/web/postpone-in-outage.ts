import type { ServerResponse } from "node:http";
import { wasAwaySince } from "#server/db/last-outage.ts";

const retryAfterSeconds = "5";

/**
 * A page that failed because the database went away while it was made says so by its status: 503, come back. From two seconds after the
 * outage began no page is made at all (proxy.ts).
 */
export function postponeInOutage(response: ServerResponse): void {
  const startedMs = performance.now();
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== 500 || !wasAwaySince(startedMs)) return writeHead(status, ...rest);
    response.setHeader("retry-after", retryAfterSeconds);
    return writeHead(503, ...rest);
  };
}
