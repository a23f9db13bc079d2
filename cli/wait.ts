import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { VerdictJson } from "#domain/api/verdict.ts";
import { ApiRefusal, callApi, readProblem, request } from "./call-api.ts";
import { CliError } from "./cli-error.ts";
import { type Connection, findConnection } from "./connection.ts";

export const exitCodes = { ready: 0, unknownType: 2, timedOut: 3 } as const;

export interface WaitOptions {
  readonly eventType: string;
  readonly hour: string;
  /** null: for ever. */
  readonly timeoutSeconds: number | null;
  readonly minCompleteness: string | null;
  /** As registered for the type; null: nobody in particular. */
  readonly consumer: string | null;
  readonly json: boolean;
  say(line: string): void;
}

/** What the server holds a request for, at most. */
const holdSeconds = 60;
/** A drill's server holds for a fraction of it: still no more than a question a second. */
const leastBetweenMs = 1_000;

/** Returns once the hour is ready. Throws CliError with 3 when the time is up and 2 for an unknown type. */
export async function waitUntilReady(options: WaitOptions): Promise<VerdictJson> {
  const connection = await findConnection();
  const endsAtMs = performance.now() + (options.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  let said = "";
  const say = (sentence: string) => {
    if (sentence !== said) options.say(sentence);
    said = sentence;
  };
  // The first question is not held: whoever waits wants to know what for.
  for (let mostSeconds = 0; ; mostSeconds = holdSeconds) {
    const startedAtMs = performance.now();
    const leftSeconds = Math.max(0, endsAtMs - startedAtMs) / 1000;
    const answer = await ask(connection, options, Math.floor(Math.min(mostSeconds, leftSeconds)));
    if (answer.ready) return answer.verdict;
    if (performance.now() >= endsAtMs) throw new CliError(`Not ready in time. ${answer.why}`, exitCodes.timedOut);
    say(answer.why);
    const pauseMs = Math.max(answer.pauseMs, leastBetweenMs - (performance.now() - startedAtMs));
    await sleep(Math.min(pauseMs, Math.max(0, endsAtMs - performance.now())));
  }
}

type Answer = { ready: true; verdict: VerdictJson } | { ready: false; why: string; pauseMs: number };

/** One question, held for so many seconds. A Tidemark that is away or busy is asked again: it may only be starting anew. */
async function ask(connection: Connection, options: WaitOptions, seconds: number): Promise<Answer> {
  const query = new URLSearchParams({ wait: String(seconds) });
  if (options.minCompleteness !== null) query.set("minCompleteness", options.minCompleteness);
  if (options.consumer !== null) query.set("consumer", options.consumer);
  const path = `/event-types/${encodeURIComponent(options.eventType)}/hours/${encodeURIComponent(options.hour)}/ready?${query}`;
  const response = await request(connection, path).catch((error: CliError) => error);
  if (response instanceof Error) return { ready: false, why: response.message, pauseMs: 5_000 };
  if (response.ok) return { ready: true, verdict: (await response.json()) as VerdictJson };
  const problem = readProblem(response.status, await response.text());
  if (response.status === 404) return { ready: false, why: problem.detail, pauseMs: 0 };
  if (response.status === 429 || response.status >= 500) return { ready: false, why: problem.detail, pauseMs: 5_000 };
  const exitCode =
    response.status === 400 && (await isUnknown(connection, options.eventType)) ? exitCodes.unknownType : 1;
  throw new CliError(problem.detail, exitCode);
}

async function isUnknown(connection: Connection, eventType: string): Promise<boolean> {
  try {
    const { status } = await callApi<{ status: string }>(connection, `/event-types/${encodeURIComponent(eventType)}`);
    return status === "discovered";
  } catch (error) {
    return error instanceof ApiRefusal && error.problem.status === 404;
  }
}
