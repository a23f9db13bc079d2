import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type CloudEvent, type EventData, hourOf, type Stage } from "./messages.ts";
import { readState, writeState } from "./state-file.ts";
import { Tallies } from "./tallies.ts";
import { Refused, type Transport, Unreachable } from "./transport.ts";

export interface ReporterOptions {
  dc: string;
  /** Who counts: unique among all that count at the same time. Without a state file each process adds a suffix of its own. */
  reporter: string;
  transport: Transport;
  /** Where counts are kept over a restart, so that they go on where they stopped. */
  stateFile?: string;
  /** How often what changed is sent; 15 s. What a crash can lose of counts is what was counted since. */
  flushEveryMs?: number;
  /** Counts that nobody added to for so long are forgotten; 48 h. */
  keepMs?: number;
  /** Told of what could not be sent. It is tried again, except what was refused. */
  onError?: (error: Error) => void;
  now?: () => Date;
}

export interface CountOptions {
  stage: Stage;
  /** The event's own time, or its hour by name. */
  at: Date | string;
  /** Where it landed, if not in its own hour. */
  landedAt?: Date | string;
  events?: number;
  bytes?: number;
  malformed?: number;
}

const longestPauseMs = 60_000;
const maxEventsInRequest = 1_000;

/** Opens a reporter, with the counts of its last process where there is a state file. */
export async function openReporter(options: ReporterOptions): Promise<Reporter> {
  const kept = options.stateFile === undefined ? null : await readState(options.stateFile);
  const name = kept?.reporter ?? `${options.reporter}-${randomUUID().slice(0, 8)}`;
  return new Reporter(options, new Tallies(name, kept?.tallies ?? []));
}

/** Counts in memory, and sends what changed: counts first, then what closes hours, then the rest. */
export class Reporter {
  readonly #options: ReporterOptions;
  readonly #tallies: Tallies;
  readonly #source: string;
  readonly #watermarks = new Map<string, { watermark: Date; sent: boolean }>();
  readonly #queue: CloudEvent[] = [];
  readonly #stopping = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #flushing: Promise<void> | null = null;
  #failures = 0;

  constructor(options: ReporterOptions, tallies: Tallies) {
    this.#options = options;
    this.#tallies = tallies;
    this.#source = `/${options.dc}/${options.reporter}`;
    this.#timer = setInterval(() => void this.#tick(), options.flushEveryMs ?? 15_000);
    this.#timer.unref();
  }

  /** Adds to a cumulative count. Costs no I/O. */
  count(eventType: string, { stage, at, landedAt = at, events = 1, bytes = 0, malformed = 0 }: CountOptions): void {
    const counted = { stage, eventType, hour: hourName(at), landedHour: hourName(landedAt), events, bytes, malformed };
    this.#tallies.add(counted, this.#now().getTime());
  }

  /** Every event of the type from this DC with an event time before `watermark` is delivered. Never goes back. */
  watermark(eventType: string, watermark: Date): void {
    const known = this.#watermarks.get(eventType);
    if (known === undefined || known.watermark < watermark) this.#watermarks.set(eventType, { watermark, sent: false });
  }

  /** Closes one hour by an end-of-hour marker. */
  closeHour(eventType: string, at: Date | string, location?: string): void {
    const mark = { eventType, hour: hourName(at), ...(location === undefined ? {} : { location }) };
    this.#queue.push(this.#event("tidemark.hour-closed.v1", { dc: this.#options.dc, marks: [mark] }));
  }

  heartbeat(data: Omit<EventData["tidemark.heartbeat.v1"], "dc">): void {
    this.#queue.push(this.#event("tidemark.heartbeat.v1", { dc: this.#options.dc, ...data }));
  }

  deployment(data: Omit<EventData["tidemark.deployment.v1"], "dc">): void {
    this.#queue.push(this.#event("tidemark.deployment.v1", { dc: this.#options.dc, ...data }));
  }

  backlog(data: Omit<EventData["tidemark.backlog.v1"], "dc">): void {
    this.#queue.push(this.#event("tidemark.backlog.v1", { dc: this.#options.dc, ...data }));
  }

  /** Sends what changed until it is taken. One flush runs at a time; a second call waits for it and then sends the rest. */
  async flush(): Promise<void> {
    while (this.#flushing !== null) await this.#flushing.catch(() => undefined);
    this.#flushing = this.#send().finally(() => {
      this.#flushing = null;
    });
    await this.#flushing;
  }

  /** Sends what is left, for at most `withinMs`, and ends. What was not taken by then is in the state file. */
  async close(withinMs = 10_000): Promise<void> {
    clearInterval(this.#timer);
    const timer = setTimeout(() => this.#stopping.abort(), withinMs);
    await this.flush().catch((error: Error) => this.#options.onError?.(error));
    clearTimeout(timer);
    this.#stopping.abort();
    await this.#options.transport.close();
  }

  async #tick(): Promise<void> {
    if (this.#flushing !== null) return;
    await this.flush().catch((error: Error) => this.#options.onError?.(error));
    const quietSinceMs = this.#now().getTime() - (this.#options.keepMs ?? 172_800_000);
    this.#tallies.forget(quietSinceMs, `${this.#options.reporter}-${randomUUID().slice(0, 8)}`);
  }

  async #send(): Promise<void> {
    const { dc, stateFile } = this.#options;
    const queued = this.#queue.length;
    const unsent = this.#tallies.unsent(dc);
    const marks = [...this.#watermarks].filter(([, { sent }]) => !sent);
    // Kept before they are told: a restart must not go on below what Tidemark was told.
    if (stateFile !== undefined && unsent.length > 0) await writeState(stateFile, this.#tallies.keep());
    for (const { data, taken } of unsent) if (await this.#deliver([this.#event("tidemark.counters.v1", data)])) taken();
    if (marks.length > 0) {
      const said = marks.map(([eventType, { watermark }]) => ({ eventType, watermark: watermark.toISOString() }));
      await this.#deliver([this.#event("tidemark.watermark.v1", { dc, marks: said })]);
      for (const [, mark] of marks) mark.sent = true;
    }
    for (let sent = 0; sent < queued; ) {
      const batch = this.#queue.slice(0, Math.min(maxEventsInRequest, queued - sent));
      await this.#deliver(batch);
      this.#queue.splice(0, batch.length);
      sent += batch.length;
    }
  }

  /** Tries until it is taken; false: it was refused, and would be again. Throws when the reporter is closed meanwhile. */
  async #deliver(events: CloudEvent[]): Promise<boolean> {
    for (;;) {
      try {
        await this.#options.transport.send(events);
        this.#failures = 0;
        return true;
      } catch (error) {
        this.#options.onError?.(error as Error);
        if (error instanceof Refused) return false;
        await this.#pause(error instanceof Unreachable ? error.retryAfterMs : null);
      }
    }
  }

  async #pause(askedMs: number | null): Promise<void> {
    const grown = Math.min(longestPauseMs, 500 * 2 ** this.#failures);
    this.#failures += 1;
    // Half of it by chance, so that a thousand reporters do not come back at once.
    await sleep(askedMs ?? grown / 2 + (Math.random() * grown) / 2, undefined, { signal: this.#stopping.signal });
  }

  #event<Type extends keyof EventData>(type: Type, data: EventData[Type]): CloudEvent<Type> {
    const time = this.#now().toISOString();
    return { specversion: "1.0", type, source: this.#source, id: randomUUID(), time, data };
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}

function hourName(at: Date | string): string {
  return typeof at === "string" ? at : hourOf(at);
}
