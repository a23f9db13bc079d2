import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { components } from "#domain/api/paths.ts";
import type { ReplayedEvent } from "./read-events.ts";

/** One fault of one line, in the product's words. */
export interface LineFault {
  line: number;
  pointer: string;
  detail: string;
}

/** Sends events in order; returns the faults by line. The others are then committed. */
export interface EventSender {
  send(events: readonly ReplayedEvent[]): Promise<LineFault[]>;
  close(): Promise<void>;
}

type Problem = Partial<components["schemas"]["Problem"]>;

const compress = promisify(gzip);
/** A restart of the product takes less. */
const patienceMs = 180_000;

/**
 * Sends batches over HTTP, one after the other. It waits for a product that is down, restarting or busy; a refused event is
 * reported and left out, and the rest of its batch is resent. Throws a sentence if it may not send at all.
 */
export function httpSender({ url, token }: { url: string; token: string }): EventSender {
  return { send: (events) => sendAll(url, token, events), close: async () => undefined };
}

async function sendAll(url: string, token: string, events: readonly ReplayedEvent[]): Promise<LineFault[]> {
  if (events.length === 0) return [];
  const refused = await post(url, token, events);
  if (refused === "together") {
    // Each may be valid by itself: one request may name only so many months.
    const middle = Math.ceil(events.length / 2);
    const first = await sendAll(url, token, events.slice(0, middle));
    return [...first, ...(await sendAll(url, token, events.slice(middle)))];
  }
  if (refused.length === 0) return [];
  const lines = new Set(refused.map((fault) => fault.line));
  const rest = events.filter((event) => !lines.has(event.line));
  return [...refused, ...(await sendAll(url, token, rest))];
}

/** The refused events: none of the others is committed then. `together`: all of them, none by itself. */
async function post(url: string, token: string, events: readonly ReplayedEvent[]): Promise<LineFault[] | "together"> {
  const body = await compress(JSON.stringify(events.map(({ event }) => event)));
  const response = await request(url, token, body);
  if (response.ok) {
    await response.body?.cancel();
    return [];
  }
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const faults = response.status === 400 ? located(problem, events) : [];
  if (faults.length > 0) return faults;
  if (response.status === 400 && events.length > 1) return "together";
  throw new Error(
    `${url} answered ${response.status}${problem.detail ? `: ${problem.detail}` : ""} ${problem.title ?? ""}`.trim(),
  );
}

/** Retries for minutes while the product is down (connection lost, 5xx) or throttles (429). */
async function request(url: string, token: string, body: Buffer): Promise<Response> {
  const endsAtMs = performance.now() + patienceMs;
  for (let delayMs = 100; ; delayMs = Math.min(delayMs * 2, 3_000)) {
    const outcome = await tryOnce(url, token, body);
    const again = outcome instanceof Error || outcome.status === 429 || outcome.status >= 500;
    if (!again) return outcome;
    if (performance.now() > endsAtMs) {
      if (outcome instanceof Error)
        throw new Error(`${url} is unreachable (${outcome.message}). Check that Tidemark is running there.`);
      return outcome;
    }
    const asked = outcome instanceof Error ? 0 : Number(outcome.headers.get("retry-after")) * 1000;
    await sleep(Math.max(delayMs, Math.min(asked || 0, 10_000)));
  }
}

async function tryOnce(url: string, token: string, body: Buffer): Promise<Response | Error> {
  try {
    return await fetch(`${url}/api/v1/events`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/cloudevents-batch+json",
        "content-encoding": "gzip",
      },
      body: new Uint8Array(body),
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** JSON pointers in a batch start with the event's index: `/3/data/dc`. */
function located(problem: Problem, events: readonly ReplayedEvent[]): LineFault[] {
  return (problem.errors ?? []).flatMap(({ pointer = "", detail }) => {
    const [, index = "", rest = ""] = /^\/(\d+)(.*)$/.exec(pointer) ?? [];
    const event = events[Number(index)];
    return index !== "" && event ? [{ line: event.line, pointer: rest, detail }] : [];
  });
}
