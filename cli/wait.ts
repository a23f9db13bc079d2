import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { NotReadyHourJson, NotReadyRangeJson } from "#domain/api/ready.ts";
import { type Api, ApiRefusal, openApi } from "./call-api.ts";
import { CliError } from "./cli-error.ts";
import { findConnection } from "./connection.ts";
import type { ReadyAnswer, WaitQuestion } from "./wait-question.ts";

export const exitCodes = { ready: 0, unknownType: 2, timedOut: 3 } as const;

export interface WaitOptions {
  readonly question: WaitQuestion;
  /** null: for ever. */
  readonly timeoutSeconds: number | null;
  readonly minCompleteness: string | null;
  /** As registered for each of the types; null: anonymous. */
  readonly consumer: string | null;
  say(line: string): void;
}

/** The longest that the server holds a request. */
const holdSeconds = 60;
/** A drill's server holds it for a fraction of that: still at most one request per second. */
const leastBetweenMs = 1_000;

/** Returns the gate's answer once all is ready. Throws CliError with 3 on timeout and 2 for an unknown type. */
export async function waitUntilReady(options: WaitOptions): Promise<ReadyAnswer> {
  const api = openApi(await findConnection());
  const endsAtMs = performance.now() + (options.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  let said = "";
  const say = (sentence: string) => {
    if (sentence !== said) options.say(sentence);
    said = sentence;
  };
  // The first request is not held, so that the user learns at once what it waits for.
  for (let mostSeconds = 0; ; mostSeconds = holdSeconds) {
    const startedAtMs = performance.now();
    const leftSeconds = Math.max(0, endsAtMs - startedAtMs) / 1000;
    const answer = await ask(api, options, Math.floor(Math.min(mostSeconds, leftSeconds)));
    if (answer.ready) return answer.found;
    if (performance.now() >= endsAtMs) throw new CliError(`Timed out: not ready. ${answer.why}`, exitCodes.timedOut);
    say(answer.why);
    const pauseMs = Math.max(answer.pauseMs, leastBetweenMs - (performance.now() - startedAtMs));
    await sleep(Math.min(pauseMs, Math.max(0, endsAtMs - performance.now())));
  }
}

type Answer = { ready: true; found: ReadyAnswer } | { ready: false; why: string; pauseMs: number };

/** One request, held for this many seconds. A Tidemark that is down or busy is retried: it may be restarting. */
async function ask(api: Api, options: WaitOptions, seconds: number): Promise<Answer> {
  const { question, minCompleteness, consumer } = options;
  try {
    const query = {
      wait: String(seconds),
      ...(minCompleteness === null ? {} : { minCompleteness }),
      ...(consumer === null ? {} : { consumer }),
    };
    return { ready: true, found: await question.ask(api, query) };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    if (!(error instanceof ApiRefusal)) return { ready: false, why: error.message, pauseMs: 5_000 };
    const { problem } = error;
    const { status, detail } = problem;
    if (status === 404) return { ready: false, why: [detail, ...missing(problem)].join("\n"), pauseMs: 0 };
    if (status === 429 || status >= 500) return { ready: false, why: detail, pauseMs: 5_000 };
    const unknown =
      status === 400 && (await Promise.all(question.eventTypes.map((name) => isUnknown(api, name)))).includes(true);
    throw new ApiRefusal(problem, unknown ? exitCodes.unknownType : 1);
  }
}

const mostMissing = 10;

/** A line per hour that a range waits for: the first few, and how many more there are. */
function missing({ notReady = [], more = 0 }: Partial<NotReadyRangeJson>): string[] {
  // A single hour is already named in the sentence above.
  if (notReady.length < 2) return [];
  const others = notReady.length - mostMissing + more;
  return [...notReady.slice(0, mostMissing).map(line), ...(others > 0 ? [`  and ${others} more`] : [])];
}

function line({ eventType, hour, state, reasons, forecast }: NotReadyHourJson): string {
  const why = reasons[0] === undefined ? "" : `: ${reasons[0].message}`;
  const expected = forecast === null ? "" : ` Expected by ${forecast.closesAt.p90} (p90).`;
  return `  ${eventType} ${hour} ${state}${why}${expected}`;
}

async function isUnknown(api: Api, name: string): Promise<boolean> {
  try {
    const { data } = await api.GET("/event-types/{name}", { params: { path: { name } } });
    return data?.status === "discovered";
  } catch (error) {
    return error instanceof ApiRefusal && error.problem.status === 404;
  }
}
