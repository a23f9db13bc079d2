import { setTimeout as sleep } from "node:timers/promises";
import type { StatusJson } from "#domain/api/board.ts";

/** The Tidemark that is told of the fleet. */
export interface Product {
  url: string;
  token: string;
  /** Ends waits and requests. */
  signal: AbortSignal;
  /** Tells the person who watches. */
  say(line: string): void;
}

/** The product understood the request and refuses it: sending it again would not help. */
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

/** Calls until an answer is had: refusals are thrown, an absent or busy product is asked again for ten minutes. */
export async function callProduct(product: Product, path: string, init: RequestInit = {}): Promise<Response> {
  const givesUpAt = performance.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    const answer = await tryCall(product, path, init);
    if (answer instanceof Response && answer.ok) return answer;
    if (answer instanceof Response && answer.status < 500 && answer.status !== 429) throw await refusal(path, answer);
    const trouble = answer instanceof Response ? `answers ${answer.status}` : `cannot be reached (${answer})`;
    if (performance.now() > givesUpAt) {
      throw new Error(`${product.url} ${trouble} for ten minutes. Start it with npm start, then run this again.`);
    }
    // The first few are what a start or a busy moment looks like.
    if (attempt === 4) product.say(`${product.url}${path} ${trouble}: trying on.`);
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

/** Waits until every message sent is in the verdicts; `messages` is what the product must have taken in by then. */
export async function waitUntilJudged(product: Product, messages: number): Promise<StatusJson> {
  const givesUpAt = performance.now() + patienceMs;
  for (;;) {
    const status = await readStatus(product);
    if (status.dirtyHours === 0 && status.ingest.messages >= messages) return status;
    if (performance.now() > givesUpAt) {
      const left = `${status.dirtyHours} hours are not judged, ${messages - status.ingest.messages} messages not taken in`;
      throw new Error(`After ten minutes ${left}. The log of the ingest and evaluate workers tells why.`);
    }
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
  // A little apart, so that several senders do not come back at once.
  return Math.max(asked || 0, backoff) * (1 + Math.random() / 4);
}

interface Problem {
  detail?: string;
  errors?: { pointer?: string; line?: number; detail: string }[];
}

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
    `${path} was refused with ${answer.status}: ${problem.detail ?? ""}${faults.join("")}`,
  );
}
