import { setTimeout as sleep } from "node:timers/promises";
import type { StatusJson } from "#domain/api/board.ts";
import type { ProblemJson } from "#domain/api/problem.ts";

/** The Tidemark that receives the fleet's messages. */
export interface Product {
  url: string;
  token: string;
  /** Ends waits and requests. */
  signal: AbortSignal;
  /** Prints progress for the user. */
  say(line: string): void;
}

/** The product understood the request and refused it: a retry would not help. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const patienceMs = 600_000;
const firstWaitMs = 250;
const longestWaitMs = 10_000;

/** Retries until it is answered: refusals are thrown, an absent or busy product is retried for ten minutes. */
export async function callProduct(product: Product, path: string, init: RequestInit = {}): Promise<Response> {
  const givesUpAt = performance.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    const answer = await tryCall(product, path, init);
    if (answer instanceof Response && answer.ok) return answer;
    if (answer instanceof Response && answer.status < 500 && answer.status !== 429) throw await refusal(path, answer);
    const trouble = answer instanceof Response ? `answers ${answer.status}` : `is unreachable (${answer})`;
    if (performance.now() > givesUpAt) {
      throw new Error(`${product.url} ${trouble} for 10 minutes. Start it with npm start, then run this again.`);
    }
    // The first few are normal during a start or under load.
    if (attempt === 4) product.say(`${product.url}${path} ${trouble}; retrying.`);
    if (answer instanceof Response) await answer.body?.cancel();
    await sleep(waitMs(attempt, answer), undefined, { signal: product.signal });
  }
}

export async function readStatus(product: Product): Promise<StatusJson> {
  return (await (await callProduct(product, "/api/v1/status")).json()) as StatusJson;
}

export async function waitUntilReady(product: Product): Promise<void> {
  await (await callProduct(product, "/readyz")).body?.cancel();
}

/** Waits until the product has ingested this many messages. */
export async function waitUntilTaken(product: Product, messages: number): Promise<void> {
  await waitFor(product, ({ ingest }) =>
    ingest.messages >= messages
      ? null
      : `${messages - ingest.messages} messages are not ingested; see the ingest worker's log`,
  );
}

/** Waits until everything ingested is in the verdicts. */
export async function waitUntilJudged(product: Product): Promise<void> {
  await waitFor(product, ({ dirtyHours }) =>
    dirtyHours === 0 ? null : `${dirtyHours} hours are not judged; see the evaluate worker's log`,
  );
}

async function waitFor(product: Product, missing: (status: StatusJson) => string | null): Promise<void> {
  const givesUpAt = performance.now() + patienceMs;
  for (;;) {
    const still = missing(await readStatus(product));
    if (still === null) return;
    if (performance.now() > givesUpAt) throw new Error(`After 10 minutes ${still}.`);
    await sleep(250, undefined, { signal: product.signal });
  }
}

async function tryCall(product: Product, path: string, init: RequestInit): Promise<Response | string> {
  try {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${product.token}`);
    return await fetch(`${product.url}${path}`, { ...init, headers, signal: product.signal });
  } catch (error) {
    product.signal.throwIfAborted();
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return cause instanceof Error ? ("code" in cause && String(cause.code)) || cause.message : String(cause);
  }
}

function waitMs(attempt: number, answer: Response | string): number {
  const asked = answer instanceof Response ? Number(answer.headers.get("retry-after")) * 1000 : 0;
  const backoff = Math.min(longestWaitMs, firstWaitMs * 2 ** attempt);
  // With jitter, so that several senders do not come back at once.
  return Math.max(asked || 0, backoff) * (1 + Math.random() / 4);
}

type Problem = Partial<Pick<ProblemJson, "detail" | "errors">>;

async function refusal(path: string, answer: Response): Promise<Refused> {
  const body = await answer.text();
  let problem: Problem = {};
  try {
    problem = JSON.parse(body) as Problem;
  } catch {
    problem = { detail: body.slice(0, 500) };
  }
  const faults = (problem.errors ?? []).slice(0, 10).map(({ pointer, line, detail }) => {
    const where = pointer ?? (line === undefined ? "" : `line ${line}`);
    return `\n  ${where} ${detail}`;
  });
  return new Refused(
    answer.status,
    `${path} was rejected with ${answer.status}: ${problem.detail ?? ""}${faults.join("")}`,
  );
}
