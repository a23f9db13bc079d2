import { setTimeout as sleep } from "node:timers/promises";
import { addHours, formatHour, type Hour } from "#domain/hour.ts";
import type { CloudEvent } from "#simulator/messages.ts";
import { type Expected, HonestLedger, honestTypes } from "#test/hostile/honest-ledger.ts";

interface LoadTerms {
  urls: readonly string[];
  token: string;
  /** Reports per second: counts of one type, hour, datacenter, stage and reporter. */
  rate: number;
  /** What the machines have logged lately. */
  logged?(): string;
  /** The hour that is counted in first; each `hourMs` the next one is. */
  firstHour: Hour;
  hourMs: number;
}

export interface DrillLoad {
  /** performance.now() of each acknowledged request. */
  readonly acknowledgedAtMs: readonly number[];
  /** Milliseconds from a message's making to its acknowledgement. */
  readonly waitedMs: readonly number[];
  readonly counted: { readonly sent: number; readonly acknowledged: number; readonly repeated: number };
  /** Answers other than 202 and 503, which no honest report may get, with the cause that the log has of them, and how often. */
  readonly refusals: ReadonlyMap<string, number>;
  /** Once it is stopped: what the verdict of each hour that was counted in must say. */
  readonly expected: readonly { hour: string; eventType: string; expected: Expected }[];
  /** Of other senders, which do not queue behind the reporters. Settles once it is acknowledged. */
  post(events: readonly CloudEvent[]): Promise<void>;
  /** Sends requests of the last minute again and again, until the returned function is called. */
  repeat(): () => Promise<void>;
  /** Counts no more; what is not acknowledged is still sent. */
  rest(): Promise<void>;
  /** Ends it once everything is acknowledged. */
  stop(): Promise<void>;
}

interface Request {
  body: string;
  messages: number;
  madeAtMs: number;
  done(): void;
}

const countsOfRequest = 10;
/** Of the ledger's `count`: two messages of ten types. */
const [messagesOfCount, reportsOfCount] = [2, 20];
/** Each key is counted up so often, and then never again: the loss of its last message would show. */
const countsOfKey = 5;
/** Messages of a ledger in which one reporter counts every type at every datacenter. */
const countsOfRound = 4;
const senders = 12;
const patienceMs = 10_000;
/** As a load balancer's: a server that failed is left alone for so long. */
const blamedMs = 3_000;
const keptRequests = 200;
const repeaters = 4;

/**
 * Reporters at a fixed rate, whatever is answered: what was not acknowledged waits and is sent again, to the next server, until it is. Every
 * few seconds they count in the next hour and close the last one.
 */
export function startLoad({ urls, token, rate, logged, firstHour, hourMs }: LoadTerms): DrillLoad {
  const countsPerSecond = rate / reportsOfCount;
  const reporters = Math.max(1, Math.round(((hourMs / 1_000) * countsPerSecond) / countsOfRound / countsOfKey));
  const expected: DrillLoad["expected"][number][] = [];
  const queue: Request[] = [];
  const kept: string[] = [];
  const refusals = new Map<string, number>();
  const [acknowledgedAtMs, waitedMs]: [number[], number[]] = [[], []];
  const counted = { sent: 0, acknowledged: 0, repeated: 0 };
  const blamedUntilMs = new Map<string, number>();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/cloudevents-batch+json" };
  let turn = 0;
  let isMaking = true;
  let isSending = true;
  /** Senders with nothing to send. */
  const waiting: (() => void)[] = [];

  const nextUrl = () => {
    const now = performance.now();
    const open = urls.filter((url) => (blamedUntilMs.get(url) ?? 0) <= now);
    const among = open.length > 0 ? open : urls;
    turn += 1;
    return among[turn % among.length] as string;
  };
  const ask = async (url: string, body: string) => {
    const answer = await fetch(`${url}/api/v1/events`, {
      ...{ method: "POST", headers, body, signal: AbortSignal.timeout(patienceMs) },
    });
    return { status: answer.status, text: await answer.text() };
  };
  const noteRefusal = async (status: number, text: string) => {
    const [, requestId = ""] = /"requestId":"([^"]+)"/.exec(text) ?? [];
    // The answer may come before the line.
    await sleep(500);
    const lines = logged?.().split("\n") ?? [];
    const line = requestId === "" ? undefined : lines.find((each) => each.includes(requestId));
    const answer = requestId === "" ? text : text.replaceAll(requestId, "…");
    const said = `${status} ${answer.slice(0, 300)}${line ? `, logged as ${causeIn(line)}` : ""}`;
    refusals.set(said, (refusals.get(said) ?? 0) + 1);
  };
  const send = async (request: Request) => {
    for (;;) {
      const url = nextUrl();
      const { status, text } = await ask(url, request.body).catch(() => ({ status: 503, text: "" }));
      if (status === 202) break;
      if (status !== 503) await noteRefusal(status, text);
      blamedUntilMs.set(url, performance.now() + blamedMs);
      await sleep(200);
    }
    const now = performance.now();
    acknowledgedAtMs.push(now);
    waitedMs.push(now - request.madeAtMs);
    counted.acknowledged += request.messages;
    kept.push(request.body);
    if (kept.length > keptRequests) kept.shift();
    request.done();
  };
  const enqueue = (events: readonly CloudEvent[]) => {
    counted.sent += events.length;
    queue.push(requestOf(events, () => undefined));
    waiting.shift()?.();
  };
  const sending = Array.from({ length: senders }, async () => {
    while (isSending || queue.length > 0) {
      const request = queue.shift();
      if (request) await send(request);
      else await new Promise<void>((resolve) => waiting.push(resolve));
    }
  });

  const make = async () => {
    const startedMs = performance.now();
    let made = 0;
    for (let index = 0; isMaking; index += 1) {
      const hour = addHours(firstHour, index);
      const ledger = new HonestLedger(hour);
      const endsAtMs = startedMs + (index + 1) * hourMs;
      for (let count = 0; isMaking && performance.now() < endsAtMs; ) {
        const events: CloudEvent[] = [];
        for (let each = 0; each < countsOfRequest; each += 1, count += 1)
          events.push(...ledger.count(`host-${Math.floor(count / countsOfRound) % reporters}`));
        enqueue(events);
        made += countsOfRequest;
        await sleep(Math.max(0, startedMs + (made / countsPerSecond) * 1_000 - performance.now()));
      }
      enqueue(ledger.close());
      for (const eventType of honestTypes)
        expected.push({ hour: formatHour(hour), eventType, expected: ledger.expected(eventType) });
    }
  };
  const making = make();
  const rest = () => {
    isMaking = false;
    return making;
  };
  return {
    acknowledgedAtMs,
    waitedMs,
    counted,
    refusals,
    expected,
    post(events) {
      counted.sent += events.length;
      return new Promise<void>((done) => void send(requestOf(events, done)));
    },
    repeat() {
      let isOver = false;
      const repeating = Array.from({ length: repeaters }, async () => {
        for (let at = 0; !isOver; at += 1) {
          const body = kept[(at * 7) % kept.length];
          const answer = body === undefined ? null : await ask(nextUrl(), body).catch(() => null);
          if (answer?.status === 202) counted.repeated += countsOfRequest * messagesOfCount;
          else await sleep(50);
        }
      });
      return async () => {
        isOver = true;
        await Promise.all(repeating);
      };
    },
    rest,
    async stop() {
      await rest();
      isSending = false;
      for (const resolve of waiting.splice(0)) resolve();
      await Promise.all(sending);
    },
  };
}

/** The error of a line of the log, without its stack. */
function causeIn(line: string): string {
  const [, error] = /"err":(\{.*)/.exec(line) ?? [];
  return (error ?? line).replaceAll(/"stack":"[^"]*"/g, "").slice(0, 400);
}

function requestOf(events: readonly CloudEvent[], done: () => void): Request {
  return { body: JSON.stringify(events), messages: events.length, madeAtMs: performance.now(), done };
}
