import type { StatusJson } from "#domain/api/board.ts";
import { formatElapsed } from "#domain/duration.ts";
import { openApi } from "../call-api.ts";
import { bad, type Finding, note, ok, reasonOf } from "./check.ts";

const mostSkewMs = 5_000;

/** It answers, is ready, accepts the token, its clock agrees, and ingested data is judged. */
export async function checkApi({ url, token }: { url: string; token: string | null }): Promise<Finding[]> {
  const ready = await fetch(`${url}/readyz?serving`).catch((error: unknown) => error as Error);
  if (ready instanceof Error) {
    return [
      bad(
        `API: nothing answers at ${url} (${reasonOf(ready)}). Start Tidemark with \`npm start\`, or set TIDEMARK_URL.`,
      ),
    ];
  }
  if (!ready.ok) return [bad(`API: ${url} answers and is not ready: ${await readReasons(ready)}`)];
  if (token === null) {
    return [
      ok(`API: ${url} is ready.`),
      bad("Token: there is none. Set TIDEMARK_TOKEN to one made with `npx tidemark token create`."),
    ];
  }
  try {
    const askedAtMs = Date.now();
    const status = (await openApi({ url, token }).GET("/status")).data as StatusJson;
    const skewMs = Date.parse(status.now) - (askedAtMs + Date.now()) / 2;
    return [
      ok(`API: ${url} is ready, version ${status.version}.`),
      ok("Token: it may read."),
      judgeClock(status, skewMs),
      judgeFlow(status),
      ...status.behind.map(({ message }) => bad(`${message} Tidemark's log says why.`)),
    ];
  } catch (error) {
    return [ok(`API: ${url} is ready.`), bad(`Token: ${reasonOf(error)}`)];
  }
}

async function readReasons(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as { reasons?: string[] } | null;
  return body?.reasons?.join(" ") ?? `it answered ${response.status}, and not as Tidemark does. Check TIDEMARK_URL.`;
}

function judgeClock(status: StatusJson, skewMs: number): Finding {
  if (status.clock.drill) {
    return note(
      `Clock: a drill. Tidemark's clock shows ${status.now} and runs ${status.clock.speed} times as fast as this machine's.`,
    );
  }
  const sentence = `Clock: Tidemark's and this machine's are ${(Math.abs(skewMs) / 1000).toFixed(1)} s apart`;
  return Math.abs(skewMs) <= mostSkewMs
    ? ok(`${sentence}.`)
    : bad(`${sentence}: let NTP set both, for verdicts go by the reporters' time.`);
}

function judgeFlow({ dirtyHours, telemetryAgeSeconds }: StatusJson): Finding {
  const heard =
    telemetryAgeSeconds === null
      ? "Nothing came in yet"
      : `The last message came in ${formatElapsed(telemetryAgeSeconds)} ago`;
  return note(`${heard}; ${dirtyHours === 0 ? "everything is judged" : `${dirtyHours} hours wait to be judged`}.`);
}
