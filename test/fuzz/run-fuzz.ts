import { setTimeout as sleep } from "node:timers/promises";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { notifySubscribers } from "#server/consumers/notify-subscribers.ts";
import type { Database } from "#server/db/database.ts";
import { notifyOfIncidents } from "#server/notifications/notify-of-incidents.ts";
import type { Log } from "#server/process/log.ts";
import { packHours } from "#server/verdicts/pack-hours.ts";
import { alertOnJudged } from "#workers/alert/judged-loop.ts";
import { evaluate } from "#workers/evaluate/loop.ts";
import { workOffHourTasks } from "#workers/maintain/hour-task-loop.ts";
import { openTestApi, type TestApi } from "../test-api.ts";
import { ManualClock, unwatched, workerContext } from "../worker-context.ts";
import { Chance } from "./chance.ts";
import { type Comparison, compareVerdicts } from "./compare-verdicts.ts";
import { CorrectFacts } from "./correct-facts.ts";
import { createLimitedTokens, isWithinLimits, type TokenLimits } from "./limited-tokens.ts";
import { baseCatalogue, makeCatalogueRequest } from "./make-documents.ts";
import { lookBackHours } from "./make-events.ts";
import { type FuzzRequest, makeRequest } from "./make-requests.ts";
import { meaningOf } from "./meaning-of.ts";
import { PlainAcceptances } from "./plain-acceptances.ts";
import { PlainFacts } from "./plain-facts.ts";
import { readEverything } from "./read-everything.ts";

export interface FuzzOptions {
  database: Database;
  seed: number;
  /** Roughly how many events and documents to generate. */
  inputs: number;
  /** After this many, waits for the judge and compares every verdict. */
  roundInputs: number;
  say?: (line: string) => void;
}

export interface FuzzReport {
  inputs: number;
  requests: number;
  /** Events that were accepted. */
  taken: number;
  statuses: Map<string, number>;
  rounds: number;
  hours: number;
  /** Of the last round. */
  states: Map<string, number>;
  /** Corrections and acceptances made, and undone. */
  corrected: number;
  findings: string[];
  seconds: number;
}

const startAt = new Date("2026-11-10T06:00:00Z");
const requestsAtOnce = 12;
const longestRestMs = 120_000;
const catalogueShare = 0.05;
/** A round is sent in this many parts; between two of them facts are taken back and restored. */
const partsOfRound = 6;
const limitedShare = 0.15;
const mayAnswer = new Set([200, 201, 202, 204, 207, 400, 403, 404, 405, 409, 413, 415, 422, 429]);

/** Requests by the thousand, valid and hostile, to the API over a real database while the judge judges. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const fuzz = new Fuzz(options);
  try {
    return await fuzz.run();
  } finally {
    await fuzz.stop();
  }
}

class Fuzz {
  readonly #options: FuzzOptions;
  readonly #clock = new ManualClock(startAt.toISOString());
  readonly #api: TestApi;
  readonly #facts = new PlainFacts();
  readonly #acceptances = new PlainAcceptances();
  readonly #correct: CorrectFacts;
  readonly #stopping = new AbortController();
  readonly #judging: Promise<unknown>;
  #tokens: TokenLimits[] = [];
  readonly #report: FuzzReport = {
    inputs: 0,
    requests: 0,
    taken: 0,
    statuses: new Map(),
    rounds: 0,
    hours: 0,
    states: new Map(),
    corrected: 0,
    findings: [],
    seconds: 0,
  };

  constructor(options: FuzzOptions) {
    this.#options = options;
    const { database } = options;
    this.#api = openTestApi(database, {
      now: () => this.#clock.now(),
      secrets: { TIDEMARK_SECRET_SLACK_WEBHOOK_URL: "https://hooks.example.com/x" },
    });
    this.#correct = new CorrectFacts({
      facts: this.#facts,
      acceptances: this.#acceptances,
      clock: this.#clock,
      report: this.#report,
      send: (request) => this.#answer(request, "correction"),
      repeat: (sent) => this.#send(sent.request, sent.number, this.#clock.now(), sent.limits),
      find: (finding) => this.#find(finding),
    });
    const find = (fields: object, message: string) => this.#find(`The judge logged: ${message} ${sayError(fields)}`);
    const log = { error: find, warn: find, info: () => undefined, debug: () => undefined } as unknown as Log;
    const { signal } = this.#stopping;
    const worker = { ctx: workerContext(database, this.#clock), instance: "fuzz", log, ...unwatched, signal };
    this.#judging = Promise.all([
      evaluate({
        ...worker,
        onJudged: notifySubscribers,
        awaitWork: async (atMostMs) => sleep(Math.min(atMostMs, 20)),
      }),
      workOffHourTasks({ ...worker, onJudged: notifySubscribers, wait: async (ms) => sleep(Math.min(ms, 50)) }),
      alertOnJudged({ ...worker, listener: notifyOfIncidents, awaitJudged: async () => sleep(50) }),
    ]);
  }

  async run(): Promise<FuzzReport> {
    const { inputs, roundInputs, seed, say = () => undefined } = this.#options;
    const startedMs = performance.now();
    const report = this.#report;
    this.#tokens = await createLimitedTokens(this.#api);
    await this.#applyBase(new Chance(seed, "start"));
    while (report.inputs < inputs && report.findings.length < 20) {
      for (let part = 0; part < partsOfRound; part += 1) {
        const until = Math.min(inputs, report.inputs + roundInputs / partsOfRound);
        await Promise.all(Array.from({ length: requestsAtOnce }, () => this.#sendUntil(until)));
        await this.#correct.some(new Chance(seed, `corrections ${report.rounds} ${part}`));
      }
      await this.#endRound();
      report.seconds = (performance.now() - startedMs) / 1000;
      say(
        `${report.inputs} inputs, ${report.taken} events taken, ${report.corrected} corrections, ${report.findings.length} findings, ${Math.round(report.inputs / report.seconds)} inputs/s`,
      );
    }
    return report;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#judging;
    await this.#api.close();
  }

  async #sendUntil(inputs: number): Promise<void> {
    while (this.#report.inputs < inputs) {
      this.#report.requests += 1;
      const number = this.#report.requests;
      const chance = new Chance(this.#options.seed, `request ${number}`);
      const now = this.#clock.now();
      const isCatalogue = chance.is(catalogueShare);
      const request = isCatalogue
        ? makeCatalogueRequest(chance, formatHour(addHours(hourOf(now), -3)))
        : makeRequest(chance, now);
      const limits = isCatalogue || !chance.is(limitedShare) ? null : chance.of(this.#tokens);
      this.#report.inputs += request.inputs;
      if (isCatalogue) await this.#answer(request, "catalogue");
      else await this.#send(request, number, now, limits);
    }
  }

  /** null if there was none. */
  async #answer(request: FuzzRequest, kind: string, token?: string): Promise<{ status: number; text: string } | null> {
    const { method, path, headers, body } = request;
    try {
      // From an address that no limit knows yet: what is sent is tried, not how often.
      const from = { "x-tidemark-client-address": crypto.randomUUID() };
      const options = {
        headers: { ...headers, ...from },
        ...(method === "DELETE" ? {} : { body }),
        ...(token ? { token } : {}),
      };
      const answer = await this.#api.call(method, path, options);
      const text = await answer.text();
      const key = `${kind} ${answer.status}`;
      this.#report.statuses.set(key, (this.#report.statuses.get(key) ?? 0) + 1);
      if (!mayAnswer.has(answer.status))
        this.#find(`Answered ${answer.status}: ${text.slice(0, 500)} ${sayRequest(request)}`);
      return { status: answer.status, text };
    } catch (error) {
      this.#find(`${(error as Error).message} ${sayRequest(request)}`);
      return null;
    }
  }

  async #send(request: FuzzRequest, number: number, now: Date, limits: TokenLimits | null): Promise<void> {
    const answer = await this.#answer(request, "events", limits?.token);
    const taken = answer && isTaken(answer.status, answer.text);
    if (!answer || !taken) return;
    const { accepted } = JSON.parse(answer.text) as { accepted: number };
    try {
      // Refused requests need no valid meaning.
      const messages = accepted === 0 ? [] : meaningOf(request, now, taken);
      if (accepted !== messages.length)
        this.#find(`Request ${number} says ${accepted} accepted, of ${messages.length}.`);
      for (const message of messages) {
        this.#facts.add(message);
        if (limits && !isWithinLimits(limits, message))
          this.#find(`Request ${number} was taken outside its token's limits: ${sayRequest(request)}`);
      }
      this.#report.taken += messages.length;
      if (messages.every(({ time }) => time <= now)) this.#correct.remember({ request, number, limits });
    } catch (error) {
      this.#find(`Request ${number}: ${(error as Error).message} ${sayRequest(request)}`);
    }
  }

  async #endRound(): Promise<void> {
    const { database, seed } = this.#options;
    const chance = new Chance(seed, `round ${this.#report.rounds}`);
    await this.#applyBase(chance);
    const compared = await this.#compare();
    this.#report.hours += compared.hours;
    this.#report.states = compared.states;
    this.#report.rounds += 1;
    await this.#correct.accept(chance, compared.verdicts);
    await this.#correct.forget(chance, (path) => this.#api.call("GET", path));
    // Accepted hours now pass, and those with undone acceptances do not.
    const accepted = await this.#compare();
    await this.#correct.checkGate(chance, accepted.verdicts, (path) => this.#api.call("GET", path));
    const now = this.#clock.now();
    const hour = formatHour(addHours(hourOf(now), -4));
    for (const failed of await readEverything(this.#api, hour, hour.slice(0, 7))) this.#find(failed);
    for (const error of this.#api.errors.splice(0, 5)) this.#find(`The API logged an error: ${sayError(error)}`);
    this.#api.errors.length = 0;
    const ctx = workerContext(database, this.#clock);
    if (chance.is(0.5)) await packHours({ ctx, input: { from: addHours(startAt, -100), to: now, settledBefore: now } });
    this.#clock.set(new Date(now.getTime() + chance.int(90 * 60_000)));
  }

  async #compare(): Promise<Comparison> {
    await this.#rest();
    const { database } = this.#options;
    const [api, facts, acceptances, now] = [this.#api, this.#facts, this.#acceptances, this.#clock.now()];
    const comparison = await compareVerdicts({ api, database, facts, acceptances, now });
    for (const finding of comparison.findings.slice(0, 5)) this.#find(finding);
    return comparison;
  }

  async #applyBase(chance: Chance): Promise<void> {
    const body = baseCatalogue(chance, addHours(hourOf(startAt), -lookBackHours), this.#clock.now());
    const answer = await this.#api.call("POST", "/api/v1/catalogue", {
      body,
      headers: { "content-type": "application/yaml" },
    });
    if (answer.status !== 200) this.#find(`The base catalogue was answered ${answer.status}: ${await answer.text()}`);
    else await answer.body?.cancel();
  }

  /** Until nothing is left to move, create or judge; a judge that does not get there is stuck. */
  async #rest(): Promise<void> {
    const untilMs = performance.now() + longestRestMs;
    for (;;) {
      const { rows } = await this.#options.database.sql.query<{ marks: number; due: number }>(
        `SELECT (SELECT count(*)::int FROM dirty_hour d JOIN event_type t ON t.id = d.event_type_id) AS marks,
                (SELECT count(*)::int FROM verdict WHERE next_due_at <= $1) + (SELECT count(*)::int FROM hour_task)
                + (SELECT count(*)::int FROM correction WHERE applied_at IS NULL OR (undone_at IS NOT NULL AND restored_at IS NULL))
                + (SELECT count(*)::int FROM event_type t
                    WHERE claimed_at IS NOT NULL AND active_from <= $2 AND coalesce(active_to > $2, true)
                      AND NOT EXISTS (SELECT FROM verdict v WHERE v.event_type_id = t.id AND v.hour = $2)) AS due`,
        [this.#clock.now(), hourOf(this.#clock.now())],
      );
      const [left] = rows;
      if (left?.marks === 0 && left.due === 0) return;
      if (performance.now() > untilMs)
        return this.#find(`The judge is stuck: ${left?.marks} marks, ${left?.due} due hours`);
      await sleep(25);
    }
  }

  #find(finding: string): void {
    this.#report.findings.push(finding);
    this.#options.say?.(`FOUND ${finding}`);
  }
}

/** Which events of a request were committed: all, or those that a partial answer does not list. */
function isTaken(status: number, text: string): ((index: number) => boolean) | null {
  if (status === 202) return () => true;
  if (status !== 207) return null;
  const { refused } = JSON.parse(text) as { refused: { index: number }[] };
  const indexes = new Set(refused.map(({ index }) => index));
  return (index) => !indexes.has(index);
}

function sayRequest({ method, path, headers, body }: FuzzRequest): string {
  return `${method} ${path} ${JSON.stringify(headers)} ${Buffer.from(body).toString("latin1").slice(0, 1_500)}`;
}

function sayError(fields: object): string {
  const { err } = fields as { err?: unknown };
  return err instanceof Error ? `${err.stack?.slice(0, 600)}` : JSON.stringify(fields).slice(0, 600);
}
