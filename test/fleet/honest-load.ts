import { Agent, type RequestOptions, request } from "node:https";
import { formatHour, type Hour } from "#domain/hour.ts";
import type { TestNginx } from "#test/nginx.ts";

export interface HonestLoad {
  /** Requests answered so far. */
  answered(): number;
  /** The largest count of each reporter that was acknowledged. */
  acknowledged(): ReadonlyMap<string, number>;
  /** Ends it; returns the requests that failed, with how. */
  stop(): Promise<string[]>;
}

interface LoadOptions {
  proxy: TestNginx;
  port: number;
  token: string;
  /** Of a type that is known; it is not complete. */
  eventType: string;
  hour: Hour;
}

/** Callers that do nothing wrong and do not try again: every answer that is an error is the product's fault. */
export function startHonestLoad({ proxy, port, token, eventType, hour }: LoadOptions): HonestLoad {
  const agent = new Agent({ keepAlive: true, ca: proxy.certificate });
  const ending = new AbortController();
  const failed: string[] = [];
  const acknowledged = new Map<string, number>();
  let answered = 0;

  async function ask(what: string, options: RequestOptions, expected: readonly number[], body?: string) {
    const status = await new Promise<number | string>((resolve) => {
      const headers = { authorization: `Bearer ${token}`, ...options.headers };
      const asked = request({ agent, host: "localhost", port, ...options, headers }, (answer) => {
        answer.on("error", (error) => resolve(String(error))).on("end", () => resolve(answer.statusCode ?? 0));
        answer.resume();
      });
      asked.on("error", (error) => resolve(String(error)));
      asked.end(body);
    });
    answered += 1;
    const isRight = expected.includes(status as number);
    if (!isRight) failed.push(`${what}: ${status}`);
    return isRight;
  }

  const read = (path: string, expected = [200]) => ask(`GET ${path}`, { path }, expected);
  const report = async (reporter: string, events: number) => {
    const data = { dc: "east", stage: "produced", reporter, reports: [{ eventType, hour: formatHour(hour), events }] };
    const envelope = { specversion: "1.0", source: "load", id: crypto.randomUUID(), time: new Date().toISOString() };
    const options = {
      method: "POST",
      path: "/api/v1/events",
      headers: { "content-type": "application/cloudevents+json" },
    };
    const body = JSON.stringify({ ...envelope, type: "tidemark.counters.v1", data });
    if (await ask("POST /events", options, [202], body)) acknowledged.set(reporter, events);
  };
  const rewrite = (description: string) => {
    const options = {
      method: "PUT",
      path: "/api/v1/datacenters/west",
      headers: { "content-type": "application/json" },
    };
    return ask("PUT /datacenters/west", options, [200, 201], JSON.stringify({ displayName: description }));
  };
  const gate = `/api/v1/event-types/${eventType}/hours/${formatHour(hour)}/ready?wait=2`;
  const callers: ((round: number) => Promise<unknown>)[] = [
    (round) => report("load-1", round),
    (round) => report("load-2", round),
    (round) => rewrite(`round ${round}`),
    () => read("/api/v1/board"),
    () => read("/api/docs"),
    () => read(gate, [404]),
    () => read(gate, [404]),
  ];
  const working = callers.map(async (call) => {
    for (let round = 1; !ending.signal.aborted; round += 1) await call(round);
  });
  return {
    answered: () => answered,
    acknowledged: () => acknowledged,
    async stop() {
      ending.abort();
      await Promise.all(working);
      agent.destroy();
      return failed;
    },
  };
}
