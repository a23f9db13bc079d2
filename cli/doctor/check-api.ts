import type { StatusJson } from "#domain/api/board.ts";
import { formatElapsed } from "#domain/duration.ts";
import { openApi } from "../call-api.ts";
import { bad, type Finding, note, ok, reasonOf } from "./check.ts";
import { judgeMetricExport } from "./judge-metric-export.ts";
import { judgeSources } from "./judge-sources.ts";

const mostSkewMs = 5_000;

/** It answers, is ready, accepts the token, its clock agrees, and ingested data is judged. */
export async function checkApi({ url, token }: { url: string; token: string | null }): Promise<Finding[]> {
  const ready = await fetch(`${url}/readyz?serving`).catch((error: unknown) => error as Error);
  if (ready instanceof Error) {
    return [
      bad(`API: ${url} is unreachable (${reasonOf(ready)}). Start Tidemark with \`npm start\`, or set TIDEMARK_URL.`),
    ];
  }
  if (!ready.ok) return [bad(`API: ${url} responds and is not ready: ${await readReasons(ready)}`)];
  if (token === null) {
    return [
      ok(`API: ${url} is ready.`),
      bad("Token: not set. Set TIDEMARK_TOKEN to a token from `npx tidemark token create`."),
    ];
  }
  try {
    const askedAtMs = Date.now();
    const api = openApi({ url, token });
    const status = (await api.GET("/status")).data as StatusJson;
    const skewMs = Date.parse(status.now) - (askedAtMs + Date.now()) / 2;
    return [
      ok(`API: ${url} is ready, version ${status.version}.`),
      ok("Token: valid, with the scope read."),
      judgeClock(status, skewMs),
      judgeFlow(status),
      ...judgeMetricExport(status),
      ...judgeSources((await api.GET("/sources", { params: { query: { limit: 500 } } })).data?.items ?? []),
      ...status.behind.map(({ message }) => bad(`${message} See Tidemark's log.`)),
    ];
  } catch (error) {
    return [ok(`API: ${url} is ready.`), bad(`Token: ${reasonOf(error)}`)];
  }
}

async function readReasons(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as { reasons?: string[] } | null;
  return body?.reasons?.join(" ") ?? `got status ${response.status}, and not from Tidemark. Check TIDEMARK_URL.`;
}

function judgeClock(status: StatusJson, skewMs: number): Finding {
  if (status.clock.drill) {
    return note(`Clock: simulated (drill). It shows ${status.now} and runs at ${status.clock.speed} times real time.`);
  }
  const sentence = `Clock: Tidemark's and this machine's clock differ by ${(Math.abs(skewMs) / 1000).toFixed(1)} s`;
  return Math.abs(skewMs) <= mostSkewMs
    ? ok(`${sentence}.`)
    : bad(`${sentence}. Synchronise both with NTP: verdicts use the reporters' time.`);
}

function judgeFlow({ dirtyHours, telemetryAgeSeconds }: StatusJson): Finding {
  const heard =
    telemetryAgeSeconds === null
      ? "No messages received yet"
      : `The last message was received ${formatElapsed(telemetryAgeSeconds)} ago`;
  return note(`${heard}; ${dirtyHours === 0 ? "every hour is judged" : `${dirtyHours} hours wait for a verdict`}.`);
}
