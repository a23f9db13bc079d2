import { setTimeout as sleep } from "node:timers/promises";
import { formatHour, type Hour } from "#domain/hour.ts";
import type { Publisher } from "#server/adapters/pubsub.ts";
import type { CloudEvent } from "#simulator/messages.ts";
import type { Product } from "#test/product/start-product.ts";
import { beat } from "./beat.ts";
import { HonestLedger } from "./honest-ledger.ts";

export interface HonestTerms {
  product: Pick<Product, "url" | "token">;
  /** null: over HTTP alone. */
  publisher: Publisher | null;
  /** The ended hour that is counted in. */
  hour: Hour;
  /** A type whose hour is not closed: a job waits for it at the gate. */
  heldType: string;
  /** An incident that someone looks at. */
  incident: string;
}

/** Milliseconds of each kind of request since the last time they were taken. */
export type Latencies = Map<string, number[]>;

export interface HonestLoad {
  readonly ledger: HonestLedger;
  takeLatencies(): Latencies;
  /** What went wrong, each with how often: must be empty. */
  readonly failures: ReadonlyMap<string, number>;
  /** Asked to wait and sent again, by status. */
  readonly asked: ReadonlyMap<string, number>;
  /** Events of the open stream. */
  readonly streamed: number;
  /** Adds to the latencies of a kind. */
  note(kind: string, times: readonly number[]): void;
  /** Settles once it is accepted. */
  post(event: CloudEvent): Promise<void>;
  publish(event: CloudEvent): Promise<void>;
  /** Ends the load once all that was counted is accepted. */
  stop(): Promise<void>;
}

const everyMs = { http: 100, pubsub: 100, board: 500, boardPage: 1_000, incident: 500, incidentPage: 2_000, gate: 250 };
/** Of one kind under way: people and reporters wait for an answer before they ask much further. */
const mostUnderWay = 4;
const gateWaitSeconds = 20;

/**
 * Reporters over HTTP and Pub/Sub, a job at the gate, an event stream, and people who read the board and an incident, at a steady rate
 * unless answers take several beats.
 */
export async function startHonestLoad({
  product,
  publisher,
  hour,
  heldType,
  incident,
}: HonestTerms): Promise<HonestLoad> {
  const ledger = new HonestLedger(hour);
  const failures = new Map<string, number>();
  const asked = new Map<string, number>();
  const latencies: Latencies = new Map();
  const over = new AbortController();
  let streamed = 0;
  const bump = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const bearer = { authorization: `Bearer ${product.token}` };
  const cookie = await signIn(product);

  const note = (kind: string, times: readonly number[]) => {
    const list = latencies.get(kind) ?? [];
    list.push(...times);
    latencies.set(kind, list);
  };
  const timed = async (kind: string, work: () => Promise<void>) => {
    const startedAtMs = performance.now();
    await work().catch((error: Error) => bump(failures, `${kind}: ${error.message}`));
    note(kind, [performance.now() - startedAtMs]);
  };
  const read = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(`${product.url}${path}`, { headers, redirect: "manual" });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${answer.status}`);
  };
  const post = async (events: readonly CloudEvent[]) => {
    for (;;) {
      const status = await postOnce(product, events).catch((error: Error) => error.message);
      if (status === 202) return;
      // As a client does: what was not accepted is sent again.
      bump(asked, String(status));
      await sleep(1_000);
    }
  };
  const every = (ms: number) => ({ everyMs: ms, mostUnderWay, signal: over.signal });
  const beats = [
    beat(every(everyMs.http), () => timed("POST /events", () => post(ledger.count("http")))),
    beat(every(everyMs.board), () => timed("GET /board/compact", () => read("/api/v1/board/compact", bearer))),
    beat(every(everyMs.boardPage), () => timed("the board's page", () => read("/", { cookie }))),
    beat(every(everyMs.incident), () =>
      timed("GET /incidents/{id}", () => read(`/api/v1/incidents/${incident}`, bearer)),
    ),
    beat(every(everyMs.incidentPage), () =>
      timed("an incident's page", () => read(`/alerts/incidents/${incident}`, { cookie })),
    ),
    beat(every(everyMs.gate), () =>
      timed("GET …/ready, not yet", async () => {
        const answer = await fetch(gate(product.url, heldType, hour, 0), { headers: bearer });
        await answer.arrayBuffer();
        if (answer.status !== 404) throw new Error(`${answer.status}`);
      }),
    ),
  ];
  const publish = async (event: CloudEvent) =>
    publisher?.publish(Buffer.from(JSON.stringify(event)), { "content-type": "application/cloudevents+json" });
  if (publisher) {
    const publishAll = async () => void (await Promise.all(ledger.count("pubsub").map(publish)));
    beats.push(beat(every(everyMs.pubsub), () => timed("publish", publishAll)));
    await Promise.all(ledger.close().map(publish));
  }
  await post(ledger.close());

  const held = (async () => {
    while (!over.signal.aborted) {
      const answer = await fetch(gate(product.url, heldType, hour, gateWaitSeconds), { headers: bearer }).catch(
        () => null,
      );
      await answer?.arrayBuffer().catch(() => undefined);
      if (answer?.status !== 404) bump(failures, `held at the gate: ${answer?.status ?? "cut"}`);
    }
  })();
  const streamOver = new AbortController();
  const stream = (async () => {
    const answer = await fetch(`${product.url}/api/v1/changes`, { headers: { cookie }, signal: streamOver.signal });
    if (!answer.ok || !answer.body) return bump(failures, `the event stream: ${answer.status}`);
    const decoder = new TextDecoder();
    for await (const chunk of answer.body) if (decoder.decode(chunk).includes("event: changed")) streamed += 1;
    if (!streamOver.signal.aborted) bump(failures, "the event stream ended");
  })().catch((error: Error) => {
    if (!streamOver.signal.aborted) bump(failures, `the event stream: ${error.message}`);
  });

  return {
    ledger,
    failures,
    asked,
    note,
    publish,
    post: (event) => post([event]),
    get streamed() {
      return streamed;
    },
    takeLatencies() {
      const taken = new Map(latencies);
      latencies.clear();
      return taken;
    },
    async stop() {
      over.abort();
      await Promise.all(beats);
      await held;
      streamOver.abort();
      await stream;
    },
  };
}

function gate(url: string, eventType: string, hour: Hour, waitSeconds: number): string {
  return `${url}/api/v1/event-types/${eventType}/hours/${formatHour(hour)}/ready?wait=${waitSeconds}`;
}

async function signIn({ url, token }: Pick<Product, "url" | "token">): Promise<string> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/api/v1/session`, { method: "POST", headers, body: JSON.stringify({ token }) });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
  if (!answer.ok || cookie === undefined) throw new Error(`POST /session answered ${answer.status}`);
  return cookie;
}

async function postOnce(
  { url, token }: Pick<Product, "url" | "token">,
  events: readonly CloudEvent[],
): Promise<number> {
  const answer = await fetch(`${url}/api/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/cloudevents-batch+json" },
    body: JSON.stringify(events),
  });
  await answer.arrayBuffer();
  return answer.status;
}
