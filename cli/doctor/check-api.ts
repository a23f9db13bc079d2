import type { StatusJson } from "#domain/api/board.ts";
import { formatElapsed } from "#domain/duration.ts";
import packageJson from "../../package.json" with { type: "json" };
import { type Api, ApiRefusal, openApi } from "../call-api.ts";
import { bad, type Finding, note, ok, reasonOf } from "./check.ts";
import { judgeMetricExport } from "./judge-metric-export.ts";
import { judgeSources } from "./judge-sources.ts";

const mostSkewMs = 5_000;

/** It answers, is ready, accepts the token, its clock agrees, and ingested data is judged. */
export async function checkApi({ url, token }: { url: string; token: string | null }): Promise<Finding[]> {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const ready = await fetch(`${url}/readyz?serving`, { headers }).catch((error: unknown) => error as Error);
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
      judgeVersion(url, status.version),
      ok("Token: valid, with the scope read."),
      await describeSettings(api),
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

function judgeVersion(url: string, version: string): Finding {
  const sentence = `API: ${url} is ready, version ${version}.`;
  if (version === packageJson.version) return ok(sentence);
  return note(`${sentence} This command line is version ${packageJson.version}; use the same one.`);
}

/** What is set where the product runs, which may be another machine than this one. */
async function describeSettings(api: Api): Promise<Finding> {
  try {
    const set = ((await api.GET("/settings")).data?.items ?? []).filter(({ isSet }) => isSet);
    const written = set.map(({ name, value }) => (value === null ? `${name} (a secret)` : `${name}=${value}`));
    return note(`Its settings: ${written.join(", ") || "none is set"}.`);
  } catch (error) {
    if (error instanceof ApiRefusal && error.problem.status === 403) {
      return note("Its settings: only shown for a token with the scope admin.");
    }
    throw error;
  }
}

async function readReasons(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as { status?: string; reasons?: string[] } | null;
  if (body?.status !== undefined && body.reasons === undefined) {
    return `its status is "${body.status}". It gives the reasons to a token that may read, while its database answers; see its log.`;
  }
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
