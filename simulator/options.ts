import { parseArgs } from "node:util";

export interface Options {
  url: string;
  token: string;
  pubsub: string | null;
  emulator: string | null;
  topic: string;
  /** A project of a look-alike of Cloud Monitoring, which takes the series of what the fleet does not report by itself. */
  monitoring: string | null;
  historyDays: number;
  seed: number;
  types: number;
  live: boolean;
  /** Where history ends; null: the product's now. */
  until: Date | null;
  /** A file for what really happened: see ground-truth.ts. */
  truth: string | null;
  calm: boolean;
}

export const usage = `Usage: node simulator/main.ts --url URL --token TOKEN
  --history-days N    days of history to send first (14)
  --until INSTANT     where history ends (the product's now)
  --live              go on reporting until stopped
  --types N           event types, the first N of the catalogue (40)
  --seed N            another seed is another story (1)
  --calm              without incidents
  --pubsub PROJECT    send through Pub/Sub of this project instead of HTTP
  --topic TOPIC       the Pub/Sub topic (default tidemark-events)
  --emulator HOST:PORT  where the Pub/Sub emulator listens
  --monitoring URL    put series of Google Cloud's subscriptions and jobs there: http://HOST:PORT/v3/projects/PROJECT
  --truth FILE        write what really happened, as JSON`;

/** Throws with a sentence for the user of the command. */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      url: { type: "string" },
      token: { type: "string" },
      pubsub: { type: "string" },
      emulator: { type: "string" },
      topic: { type: "string", default: "tidemark-events" },
      "history-days": { type: "string", default: "14" },
      seed: { type: "string", default: "1" },
      types: { type: "string", default: "40" },
      live: { type: "boolean", default: false },
      until: { type: "string" },
      truth: { type: "string" },
      monitoring: { type: "string" },
      calm: { type: "boolean", default: false },
    },
  });
  const { url, token, pubsub, emulator, topic, live, until, truth, calm, monitoring } = values;
  if (!url || !URL.canParse(url)) throw new Error("--url must be the product's address, like http://localhost:3000");
  if (!token) throw new Error("--token must be a token with the scopes ingest, read and write");
  if (emulator && !pubsub) throw new Error("--emulator needs --pubsub PROJECT: the project of the topic");
  if (monitoring && !/^https?:\/\/[^/]+\/v3\/projects\/[^/]+$/.test(monitoring)) {
    throw new Error(`--monitoring must be like http://127.0.0.1:8086/v3/projects/my-project, not "${monitoring}"`);
  }
  return {
    url: url.replace(/\/+$/, ""),
    token,
    pubsub: pubsub ?? null,
    emulator: emulator ?? null,
    topic,
    monitoring: monitoring ?? null,
    historyDays: wholeNumber("--history-days", values["history-days"], 0, 400),
    seed: wholeNumber("--seed", values.seed, 0, 2 ** 31 - 1),
    types: wholeNumber("--types", values.types, 1, 2_000),
    live,
    until: until === undefined ? null : instant("--until", until),
    truth: truth ?? null,
    calm,
  };
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
}

function instant(name: string, text: string): Date {
  const value = new Date(text);
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(value.getTime())) return value;
  throw new Error(`${name} must be an instant like 2026-11-22T13:00:00Z, not "${text}"`);
}
