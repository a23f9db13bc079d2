import type { Clock } from "#domain/clock.ts";
import type { Database } from "#server/db/database.ts";
import { AlertStory } from "../alert-story.ts";
import { openTestApi, type TestApi, testAdminToken } from "../test-api.ts";
import { ManualClock } from "../worker-context.ts";
import { Chance } from "./chance.ts";
import { hostileText, hostileValue, toText } from "./hostile-values.ts";
import { makeBySchema, type Schema, type SchemaDocument } from "./make-by-schema.ts";

export interface EndpointFuzzOptions {
  database: Database;
  seed: number;
  /** Requests to each operation of the API. */
  requestsEach: number;
  say?: (line: string) => void;
}

export interface EndpointFuzzReport {
  /** Their ids. */
  operations: string[];
  requests: number;
  statuses: Map<number, number>;
  /** Operations that carried out at least one request. */
  done: Set<string>;
  findings: string[];
  seconds: number;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
  example?: unknown;
}

interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Schema; example?: unknown }> };
}

interface Document extends SchemaDocument {
  paths: Record<string, Record<string, Operation>>;
}

interface Target {
  method: string;
  path: string;
  operation: Operation;
}

const now = "2026-11-22T13:20:00Z";
const requestsAtOnce = 8;
const longestAnswerMs = 15_000;

/** They wait for the notifying process, which does not run here. */
const waiting = new Set(["testChannel", "sendChannelDigest"]);

/** What exists, by the path's noun: so that requests get past the first look. */
type Known = Readonly<Record<string, readonly string[]>>;

/** What only the process may know, in answers to anybody. */
const leaks =
  /node_modules|\bat \S+ \(|\.ts:\d+:\d+|PrismaClient|postgres(ql)?:\/\/|\bSELECT \b|\bINSERT INTO\b|violates \S+ constraint|relation "|syntax error at/;

/** Requests made from the schemas of the API's own document, right and wrong, to every operation: none may fail or leak. */
export async function fuzzEndpoints(options: EndpointFuzzOptions): Promise<EndpointFuzzReport> {
  const { database, seed, requestsEach, say = () => undefined } = options;
  const clock = new ManualClock(now);
  const api = openTestApi(database, { now: () => clock.now() });
  try {
    const document = (await (await api.call("GET", "/api/openapi.json")).json()) as Document;
    const known = await writeKnown(api, database, clock);
    const targets = targetsOf(document);
    const report: EndpointFuzzReport = {
      operations: targets.map(({ operation }) => operation.operationId),
      requests: 0,
      statuses: new Map(),
      done: new Set(),
      findings: [],
      seconds: 0,
    };
    const startedMs = performance.now();
    const fuzz = new EndpointFuzz({ api, document, known, report });
    for (let round = 0; round < requestsEach && report.findings.length < 20; round += 1) {
      const left = targets.values();
      const work = async () => {
        for (const target of left) await fuzz.ask(target, new Chance(seed, `${target.operation.operationId} ${round}`));
      };
      await Promise.all(Array.from({ length: requestsAtOnce }, work));
      if ((round + 1) % 10 === 0) say(`${report.requests} requests, ${report.findings.length} findings`);
    }
    report.seconds = (performance.now() - startedMs) / 1000;
    return report;
  } finally {
    await api.close();
  }
}

interface FuzzParts {
  api: TestApi;
  document: Document;
  known: Known;
  report: EndpointFuzzReport;
}

class EndpointFuzz {
  readonly #api: TestApi;
  readonly #document: Document;
  readonly #known: Known;
  readonly #report: EndpointFuzzReport;

  constructor({ api, document, known, report }: FuzzParts) {
    this.#api = api;
    this.#document = document;
    this.#known = known;
    this.#report = report;
  }

  async ask(target: Target, chance: Chance): Promise<void> {
    const { path, headers, body } = this.#make(target, chance);
    const options = body === undefined ? { headers } : { headers, body };
    const asked = `${target.method} ${path} ${(body ?? "").slice(0, 600)}`;
    const logged = this.#api.errors.length;
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), longestAnswerMs);
    });
    const answer = await Promise.race([this.#api.call(target.method, path, options), tooLong]).finally(() =>
      clearTimeout(timer),
    );
    this.#report.requests += 1;
    if (answer === null) return this.#find(`no answer within ${longestAnswerMs / 1000} s`, asked);
    const { status } = answer;
    this.#report.statuses.set(status, (this.#report.statuses.get(status) ?? 0) + 1);
    if (status < 300) this.#report.done.add(target.operation.operationId);
    const type = answer.headers.get("content-type") ?? "";
    if (type.startsWith("text/event-stream")) return await answer.body?.cancel();
    const text = await answer.text();
    if (status >= 500) this.#find(`${status} ${JSON.stringify(this.#api.errors.slice(logged), sayErrors)}`, asked);
    if (status >= 400 && !type.startsWith("application/problem+json")) this.#find(`${status} as ${type}`, asked);
    if (status >= 400 && leaks.test(text)) this.#find(`${status} leaks: ${text.slice(0, 400)}`, asked);
    if (text.includes(testAdminToken)) this.#find(`${status} says the admin token`, asked);
  }

  #make({ path, operation }: Target, chance: Chance) {
    const filled = path.replaceAll(/\/([^/]+)\/\{([^}]+)\}|\{([^}]+)\}/g, (whole, noun: string, name: string) =>
      whole.startsWith("/") ? `/${noun}/${this.#segment(chance, noun, name)}` : this.#segment(chance, "", name),
    );
    const query = new URLSearchParams();
    for (const { name, in: place, schema, example } of operation.parameters ?? []) {
      // A gate that waits would hold the run.
      if (place !== "query" || name === "wait" || !chance.is(0.35)) continue;
      const value = chance.is(0.4)
        ? hostileText(chance)
        : (example ?? makeBySchema(chance, schema ?? {}, this.#document));
      query.append(name, typeof value === "string" ? value.toWellFormed() : JSON.stringify(value));
    }
    const asked = query.size === 0 ? filled : `${filled}?${query}`;
    const [type, content] = chance.of(Object.entries(operation.requestBody?.content ?? { none: null }));
    if (!content) return { path: asked, headers: {} };
    const base = content.example ?? exampleOf(content.schema, this.#document);
    const whole =
      base !== undefined && chance.is(0.5) ? base : makeBySchema(chance, content.schema ?? {}, this.#document);
    const value = chance.is(0.25) ? whole : spoil(structuredClone(whole), chance);
    const body = typeof value === "string" ? value.toWellFormed() : toText(value ?? null);
    return { path: asked, headers: { "content-type": chance.is(0.97) ? type : "text/plain" }, body };
  }

  #segment(chance: Chance, noun: string, name: string): string {
    const text = chance.is(0.25)
      ? hostileText(chance)
      : chance.of(this.#known[noun] ?? this.#known[`{${name}}`] ?? ["none", "1", "fuzzed"]);
    // "." and ".." are steps of the path, however they are written.
    return text === "" || /^\.\.?$/.test(text) ? "none" : encodeURIComponent(text.toWellFormed());
  }

  #find(what: string, asked: string): void {
    this.#report.findings.push(`${what}\n  asked: ${asked}`);
  }
}

function targetsOf({ paths }: Document): Target[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => operation.operationId && !waiting.has(operation.operationId))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

async function writeKnown(api: TestApi, database: Database, clock: Clock): Promise<Known> {
  const call = async (method: string, path: string, body: object): Promise<{ id: string }> => {
    const answer = await api.call(method, `/api/v1${path}`, { body });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json() as Promise<{ id: string }>;
  };
  await call("PUT", "/datacenters/ams", { displayName: "Amsterdam" });
  for (const name of ["EndSong", "AdClick"]) {
    await call("PUT", `/event-types/${name}`, { owner: "payments", tier: "high", activeFrom: "2026-11-22T08" });
  }
  await call("PUT", "/event-types/EndSong/consumers/fuzzed", { contact: "a@example.com" });
  await call("PUT", "/channels/fuzzed", { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_FUZZED" } });
  const mappings = [{ match: ".*", component: "exporter" }];
  const secret = { env: "TIDEMARK_SECRET_FUZZED" };
  await call("PUT", "/deployment-hooks/fuzzed", { provider: "argocd", secret, mappings });
  const people = [{ name: "Ada", channels: ["fuzzed"] }];
  const layers = [{ name: "weekly", people: ["Ada"], rotation: "weekly", startsOn: "2026-11-16" }];
  await call("PUT", "/on-call-schedules/fuzzed", { timeZone: "UTC", people, layers });
  const etl = { match: "(?<type>\\w+)-etl", eventType: "$type", datacenter: "ams" };
  await call("PUT", "/sources/fuzzed", { cloudMonitoring: { project: "my-project", subscriptions: [etl] } });
  const webhook = { eventType: "EndSong", consumer: "fuzzed", url: "https://192.0.2.1/hook", allowPrivate: true };
  const subscription = await call("POST", "/subscriptions", { ...webhook, events: ["complete"] });
  const silence = await call("POST", "/silences", {
    matchers: ['datacenter="ams"'],
    reason: "fuzzed",
    endsAt: "2026-11-23T00:00:00Z",
  });
  const story = new AlertStory(database, clock);
  const incidents = [await story.incident("ams"), await story.incident("lon")];
  const { rows } = await database.sql.query<{ id: string }>(
    `INSERT INTO rejected_message (source, received_at, reason, faults, payload, payload_bytes)
     VALUES ('pubsub', now(), 'x', '[]', 'oops', 4) RETURNING id::text`,
  );
  return {
    "event-types": ["EndSong", "AdClick"],
    datacenters: ["ams"],
    rules: ["datacenter-silent", "fuzzed"],
    channels: ["fuzzed"],
    consumers: ["fuzzed"],
    "deployment-hooks": ["fuzzed"],
    hooks: ["fuzzed"],
    "on-call-schedules": ["fuzzed"],
    sources: ["fuzzed"],
    hours: ["2026-11-22T10", "2026-11-22T13"],
    subscriptions: [subscription.id],
    silences: [silence.id],
    incidents: incidents.map(String),
    "rejected-messages": rows.map(({ id }) => id),
    "{hour}": ["2026-11-22T10", "2026-11-22T13"],
  };
}

/** One to three of its parts become something else, go, or get company. */
function spoil(value: unknown, chance: Chance): unknown {
  const holder: { value?: unknown } = { value };
  for (let left = 1 + chance.int(3); left > 0; left -= 1) {
    const places = placesIn(holder);
    if (places.length === 0) break;
    const [parent, key] = chance.of(places);
    if (chance.is(0.15)) delete (parent as Record<string, unknown>)[key];
    else if (chance.is(0.1))
      (parent as Record<string, unknown>)[hostileText(chance)] = structuredClone(hostileValue(chance, key));
    else (parent as Record<string, unknown>)[key] = structuredClone(hostileValue(chance, key));
  }
  return holder.value;
}

function placesIn(value: unknown): [object, string][] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, each]) => [[value, key] as [object, string], ...placesIn(each)]);
}

function exampleOf(schema: Schema | undefined, document: SchemaDocument): unknown {
  const resolved = schema?.$ref ? document.components.schemas[schema.$ref.split("/").at(-1) ?? ""] : schema;
  return resolved?.example;
}

function sayErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? `${value.name}: ${value.message}` : value;
}
