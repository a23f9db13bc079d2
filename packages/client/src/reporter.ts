import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { BacklogFull } from "./bad-input.ts";
import { readBacklog, readDeployment, readHeartbeat } from "./check-events.ts";
import type { CloudEvent, EventData, Stage } from "./messages.ts";
import { readKept } from "./read-kept.ts";
import { type Refusal, sayRefusal } from "./refusal.ts";
import { Sending } from "./sending.ts";
import { readState } from "./state-file.ts";
import type { Transport } from "./transport.ts";
import { type HourWindow, readAmount, readHour, readLine, readMark, readName, readStage } from "./values.ts";

export interface ReporterOptions {
  dc: string;
  /**
   * The reporter's name: unique among all that count at the same time. A suffix is added, which a state file keeps over a
   * restart.
   */
  reporter: string;
  transport: Transport;
  /** Where counts are stored over a restart, so that they continue. One process at a time uses it. */
  stateFile?: string;
  /** How often changes are sent; 15 s. A crash can lose only what was counted since. */
  flushEveryMs?: number;
  /** Counts of hours older than this, unchanged for as long, are dropped; 48 h. */
  keepMs?: number;
  /** Counts of hours older than this are refused, as Tidemark does (TIDEMARK_OLDEST_HOUR); 400 days. */
  maxHourAgeMs?: number;
  /** The maximum number of counts in memory and in the state file; 100,000. */
  maxTallies?: number;
  /** Called on every failed send. It is retried, except where onRefused is called. */
  onError?: (error: Error) => void;
  /** Called for what will not reach Tidemark. Without it the process warns (`process.emitWarning`). */
  onRefused?: (refusal: Refusal) => void;
  /**
   * The W3C `traceparent` of the caller's running span, asked for with each event that is made: Tidemark's traces are then linked to it.
   * undefined: no span is running.
   */
  traceparent?: () => string | undefined;
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

export interface CloseOptions {
  /** How long sending the rest may take; 10 s. */
  withinMs?: number;
  /**
   * Reports that this reporter ends here and is no longer expected. Default: true without a state file; with one the next
   * process continues.
   */
  final?: boolean;
}

const hourMs = 3_600_000;
const keepWithinMs = 2_000;

/** Opens a reporter, with its last process's counts if there is a state file. Throws BadInput for an invalid name. */
export async function openReporter(options: ReporterOptions): Promise<Reporter> {
  const dc = readName("dc", options.dc);
  // Room for the suffix.
  const reporter = readName("reporter", options.reporter, 240);
  return new Reporter({ ...options, dc, reporter }, await readState(options.stateFile));
}

/** Counts in memory, and sends changes: counts first, then what closes hours, then the rest. */
export class Reporter {
  readonly #options: ReporterOptions;
  readonly #sending: Sending;
  readonly #stopping = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;

  /** @internal Use openReporter. */
  constructor(options: ReporterOptions, raw: Awaited<ReturnType<typeof readState>>) {
    const { dc, reporter } = options;
    this.#options = options;
    const newName = () => `${reporter}-${randomUUID().slice(0, 8)}`;
    const { state, bad } = readKept(raw ?? { reporter: newName(), tallies: [] }, newName, this.#window());
    const reports = { fail: (error: Error) => this.#fail(error), refuse: (refusal: Refusal) => this.#refuse(refusal) };
    const source = `/${dc}/${reporter}`.slice(0, 400).toWellFormed();
    const signal = this.#stopping.signal;
    const clock = { now: () => this.#now(), isOwnClock: options.now !== undefined };
    this.#sending = new Sending({ ...options, ...reports, ...clock, source, state, newName, signal });
    for (const each of bad) this.#sending.refuseKept(each);
    this.#timer = setInterval(() => void this.#sending.tick(), options.flushEveryMs ?? 15_000);
    this.#timer.unref();
  }

  /**
   * Adds to a cumulative count, without I/O. Throws BadInput for what Tidemark would refuse, BacklogFull if there is no room.
   */
  count(eventType: string, { stage, at, landedAt = at, events = 1, bytes = 0, malformed = 0 }: CountOptions): void {
    if (this.#isClosed) throw new Error("The reporter is closed. Counts added now would never be sent.");
    const window = this.#window();
    const counted = {
      stage: readStage(stage),
      eventType: readName("eventType", eventType),
      hour: readHour("at", at, window),
      landedHour: readHour("landedAt", landedAt, window),
      events: readAmount("events", events),
      bytes: readAmount("bytes", bytes),
      malformed: readAmount("malformed", malformed),
    };
    try {
      this.#sending.tallies.add(counted, window.nowMs);
    } catch (error) {
      if (error instanceof BacklogFull) this.#sending.marks.keepOpen(counted.eventType, counted.hour);
      throw error;
    }
  }

  /** Declares that this process counts the type: an hour without events is reported as zero, not left unknown. */
  declare(eventType: string, { stage = "produced" }: { stage?: Stage } = {}): void {
    const declared = { eventType: readName("eventType", eventType), stage: readStage(stage) };
    this.#sending.declarations.declare(declared, this.#now().getTime());
  }

  /** Every event of the type from this DC with an event time before `watermark` is delivered. Never goes back. */
  watermark(eventType: string, watermark: Date): void {
    const name = readName("eventType", eventType);
    this.#sending.marks.advance(name, readMark("watermark", watermark, this.#now().getTime()));
  }

  /** Closes one hour by an end-of-hour marker. */
  closeHour(eventType: string, at: Date | string, location?: string): void {
    const window = this.#window();
    const hour = readHour("at", at, window);
    readMark("at", new Date(Date.parse(`${hour}:00:00Z`) + hourMs), window.nowMs);
    const place = location === undefined ? {} : { location: readLine("location", location, 2_048) };
    const mark = { eventType: readName("eventType", eventType), hour, ...place };
    this.#put("tidemark.hour-closed.v1", { dc: this.#options.dc, marks: [mark] });
  }

  heartbeat(data: Omit<EventData["tidemark.heartbeat.v1"], "dc">): void {
    const read = readHeartbeat(data);
    this.#put("tidemark.heartbeat.v1", { dc: this.#options.dc, ...read }, [read.component, read.instance]);
  }

  deployment(data: Omit<EventData["tidemark.deployment.v1"], "dc">): void {
    this.#put("tidemark.deployment.v1", { dc: this.#options.dc, ...readDeployment(data) });
  }

  backlog(data: Omit<EventData["tidemark.backlog.v1"], "dc">): void {
    const read = readBacklog(data);
    this.#put("tidemark.backlog.v1", { dc: this.#options.dc, ...read }, [read.eventType, read.stage]);
  }

  /**
   * Sends changes until they are accepted. One flush runs at a time; a second call waits for it and then sends the rest.
   */
  flush(): Promise<void> {
    return this.#sending.flush();
  }

  /** Sends the rest, for at most `withinMs`, and ends. What was not accepted by then is in the state file. */
  async close({ withinMs = 10_000, final = this.#options.stateFile === undefined }: CloseOptions = {}): Promise<void> {
    clearInterval(this.#timer);
    if (this.#isClosed) return;
    const timer = setTimeout(() => this.#stopping.abort(), withinMs);
    const { signal } = this.#stopping;
    const stopped = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    const failed = (error: Error) => this.#fail(error);
    // A transport that ignores the signal, or a hanging disk, must not block the end.
    await Promise.race([this.#sending.sendLast(final).catch(failed), stopped]);
    clearTimeout(timer);
    this.#stopping.abort();
    this.#isClosed = true;
    await Promise.race([this.#sending.keep().catch(failed), sleep(keepWithinMs, undefined, { ref: false })]);
    await this.#options.transport.close();
  }

  /** `replaces`: a waiting event of the same name is outdated by this one. */
  #put<Type extends keyof EventData>(type: Type, data: EventData[Type], replaces?: readonly string[]): void {
    const event: CloudEvent<Type> = this.#sending.event(type, data);
    this.#sending.outbox.put(event, replaces ? JSON.stringify([type, ...replaces]) : event.id);
  }

  #window(): HourWindow {
    return { nowMs: this.#now().getTime(), maxHourAgeMs: this.#options.maxHourAgeMs ?? 400 * 24 * hourMs };
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  #fail(error: Error): void {
    guarded(() => this.#options.onError?.(error));
  }

  #refuse(refusal: Refusal): void {
    guarded(() => {
      if (this.#options.onRefused) this.#options.onRefused(refusal);
      else process.emitWarning(sayRefusal(refusal), "TidemarkRefused");
    });
  }
}

/** An exception in a caller's callback must not end the caller's process through us. */
function guarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    process.emitWarning(error as Error);
  }
}
