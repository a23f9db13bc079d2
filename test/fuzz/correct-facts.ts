import { addHours, formatHour } from "#domain/hour.ts";
import type { ManualClock } from "../worker-context.ts";
import type { Chance } from "./chance.ts";
import type { TokenLimits } from "./limited-tokens.ts";
import { acceptanceRequest, makeAcceptance, makeCorrection, makeUndoing } from "./make-corrections.ts";
import { eventTypes } from "./make-events.ts";
import type { FuzzRequest } from "./make-requests.ts";
import type { PlainAcceptances } from "./plain-acceptances.ts";
import type { PlainCorrection, PlainFacts } from "./plain-facts.ts";
import type { PlainVerdict } from "./plain-model.ts";

export interface Sent {
  request: FuzzRequest;
  number: number;
  limits: TokenLimits | null;
}

export interface CorrectFactsOptions {
  facts: PlainFacts;
  acceptances: PlainAcceptances;
  clock: ManualClock;
  report: { inputs: number; corrected: number };
  send(request: FuzzRequest): Promise<{ status: number; text: string } | null>;
  repeat(sent: Sent): Promise<void>;
  find(finding: string): void;
}

type Verdicts = ReadonlyMap<string, ReadonlyMap<number, PlainVerdict>>;

const deletable = [
  ["eventType", "event-types"],
  ["dc", "datacenters"],
  ["reporter", "reporters"],
] as const;
/** As written by mutated events. */
const reporterNames = ["PRODUCED-0", "PRODUCED-1", "DELIVERED-0", "produced-", "delivered-", "produced-0"];

async function namesOf(read: (path: string) => Promise<Response>, path: string): Promise<string[]> {
  const { items } = (await (await read(`/api/v1/${path}?limit=500`)).json()) as {
    items: { name: string; status: string }[];
  };
  return items.filter(({ status }) => status === "discovered").map(({ name }) => name);
}

const mostActive = 25;
const mostRemembered = 200;

/** Takes facts back, restores them and accepts hours, and does the same in the model. No other request is in flight meanwhile. */
export class CorrectFacts {
  readonly #options: CorrectFactsOptions;
  readonly #active: string[] = [];
  readonly #sent: Sent[] = [];

  constructor(options: CorrectFactsOptions) {
    this.#options = options;
  }

  /** Safe to resend: all of it was observed before it was sent, so the order relative to a correction does not matter. */
  remember(sent: Sent): void {
    this.#sent.push(sent);
    if (this.#sent.length > mostRemembered) this.#sent.shift();
  }

  async some(chance: Chance): Promise<void> {
    for (let times = 3 + chance.int(4); times > 0; times -= 1) {
      // Resent while facts are being moved.
      const again = Array.from({ length: this.#sent.length > 0 ? 3 : 0 }, () => chance.of(this.#sent));
      const act = this.#active.length >= mostActive || chance.is(0.4) ? this.#undo(chance) : this.#make(chance);
      await Promise.all([act, ...again.map((sent) => this.#options.repeat(sent))]);
    }
  }

  async #make(chance: Chance): Promise<void> {
    const { facts, clock, find } = this.#options;
    const request = makeCorrection(chance, clock.now());
    const made = await this.#created(request);
    if (!made) return;
    if (made.action === "accept-hour") return find(`Accepted by chance: ${JSON.stringify(made)}`);
    const through = facts.correct(made, clock.now());
    if (Date.parse(made.observedThrough ?? "") !== through.getTime())
      find(`A correction reaches through ${made.observedThrough}, not ${through.toISOString()}`);
  }

  async #undo(chance: Chance): Promise<void> {
    const { facts, acceptances, report, send, find } = this.#options;
    const request = makeUndoing(chance, this.#active);
    const id = request.path.split(/[/?]/)[4] ?? "";
    const answer = await send(request);
    report.inputs += 1;
    const at = this.#active.indexOf(id);
    if ((answer?.status === 200) !== at >= 0) find(`Undoing ${id} was answered ${answer?.status}`);
    if (at < 0) return;
    this.#active.splice(at, 1);
    facts.undo(id);
    acceptances.undo(id);
    report.corrected += 1;
  }

  /** Deletes unclaimed names, with everything reported under them. */
  async forget(chance: Chance, read: (path: string) => Promise<Response>): Promise<void> {
    for (const [field, path] of deletable) {
      if (!chance.is(0.3)) continue;
      const names = path === "reporters" ? reporterNames : await namesOf(read, path);
      if (names.length === 0) continue;
      const name = chance.of(names);
      const request = {
        path: `/api/v1/${path}/${encodeURIComponent(name)}`,
        headers: {},
        body: new Uint8Array(),
        inputs: 1,
      };
      const answer = await this.#options.send({ ...request, method: "DELETE" });
      this.#options.report.inputs += 1;
      if (answer?.status === 204) this.#options.facts.forget(field, name);
    }
  }

  /** Accepts hours at the figures that were just compared. */
  async accept(chance: Chance, verdicts: Verdicts): Promise<void> {
    const { acceptances, clock, find } = this.#options;
    for (let times = chance.int(3); times > 0; times -= 1) {
      const range = makeAcceptance(chance, clock.now());
      const made = await this.#created(acceptanceRequest(range));
      const accepted = acceptances.accept(
        made?.id ?? "",
        range.eventType,
        verdicts.get(range.eventType) ?? new Map(),
        range,
      );
      if (made === null) acceptances.undo("");
      if ((made !== null) !== accepted > 0)
        find(`Of ${JSON.stringify(range)} ${accepted} hours can be accepted, and ${made?.id} was made`);
    }
  }

  /** The gate answers 200 for an hour that is complete or accepted, and for no other. */
  async checkGate(chance: Chance, verdicts: Verdicts, read: (path: string) => Promise<Response>): Promise<void> {
    const { acceptances, find } = this.#options;
    for (let times = 20; times > 0; times -= 1) {
      const eventType = chance.of(eventTypes);
      const [first] = [...(verdicts.get(eventType)?.keys() ?? [])];
      if (first === undefined) continue;
      const hour = addHours(new Date(first), chance.int(verdicts.get(eventType)?.size ?? 0));
      const verdict = verdicts.get(eventType)?.get(hour.getTime());
      if (!verdict) continue;
      const isReady = verdict.state === "complete" || acceptances.holds(eventType, hour, verdict);
      const path = `/api/v1/event-types/${encodeURIComponent(eventType)}/hours/${formatHour(hour)}/ready`;
      const answer = await read(path);
      await answer.body?.cancel();
      if (answer.status !== (isReady ? 200 : 404))
        find(`${path} was answered ${answer.status}, and is ${verdict.state}`);
    }
  }

  async #created(request: FuzzRequest): Promise<PlainCorrection | null> {
    const { report, send } = this.#options;
    const answer = await send(request);
    report.inputs += 1;
    if (answer?.status !== 201) return null;
    const made = JSON.parse(answer.text) as PlainCorrection;
    this.#active.push(made.id);
    report.corrected += 1;
    return made;
  }
}
