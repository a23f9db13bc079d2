import { BadInput } from "./bad-input.ts";
import type { KeptMarks, Step } from "./marks.ts";
import type { CloudEvent } from "./messages.ts";
import type { KeptState, RawState } from "./state-file.ts";
import { type Amounts, type CountKey, keyOf, summed, type Tally } from "./tallies.ts";
import { type HourWindow, readAmount, readHour, readName, readStage } from "./values.ts";

export interface ReadKept {
  state: KeptState;
  /** Tallies that cannot be reported, with the reason and, if readable, what they counted. */
  bad: { tally: unknown; detail: string; key: CountKey | null }[];
}

/** The state file of this or an earlier version. An invalid tally is dropped: with it every message would be refused. */
export function readKept(raw: RawState, newName: () => string, window: HourWindow): ReadKept {
  const tallies = new Map<string, Tally>();
  const bad: ReadKept["bad"] = [];
  const givenUp = new Set(strings(raw.givenUp));
  for (const each of raw.tallies) {
    try {
      addUp(tallies, readTally(each, window));
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      const key = readCountKey(each, window);
      // What Tidemark has of it is unknown: counting from zero continues under another name.
      if (key !== null) givenUp.add(keyOf(key));
      if (!wasTaken(each)) bad.push({ tally: each, detail: error.message, key });
    }
  }
  const state: KeptState = {
    reporter: raw.reporter,
    lateReporter: typeof raw.lateReporter === "string" ? raw.lateReporter : newName(),
    forgottenThrough: typeof raw.forgottenThrough === "string" ? raw.forgottenThrough : null,
    givenUp: [...givenUp],
    tallies: [...tallies.values()],
    marks: readMarks(raw.marks),
    events: objects(raw.events) as unknown as CloudEvent[],
  };
  return { state, bad };
}

function readTally(value: unknown, window: HourWindow): Tally {
  const { stage, reporter, eventType, hour, landedHour, changedAtMs, taken, sentEvents, ...amounts } = object(value);
  const { events, bytes, malformed } = readAmounts(amounts);
  return {
    stage: readStage(stage),
    reporter: readName("reporter", reporter),
    eventType: readName("eventType", eventType),
    hour: readHour("hour", hour, window),
    landedHour: readHour("landedHour", landedHour, window),
    events,
    bytes,
    malformed,
    changedAtMs: typeof changedAtMs === "number" ? changedAtMs : window.nowMs,
    taken: readTaken(taken, sentEvents, { events, bytes, malformed }),
  };
}

function readAmounts({ events, bytes, malformed }: Record<string, unknown>): Amounts {
  return {
    events: readAmount("events", events),
    bytes: readAmount("bytes", bytes),
    malformed: readAmount("malformed", malformed),
  };
}

/** An earlier version stored the events alone, with -1 if nothing was accepted. */
function readTaken(taken: unknown, sentEvents: unknown, now: Amounts): Amounts | null {
  if (taken !== undefined) return taken === null ? null : readAmounts(object(taken));
  return sentEvents === now.events ? now : null;
}

/** Two spellings of one name or hour, which an earlier version kept apart, are one count. */
function addUp(tallies: Map<string, Tally>, tally: Tally): void {
  const row = JSON.stringify([tally.reporter, keyOf(tally)]);
  const known = tallies.get(row);
  if (known === undefined) return void tallies.set(row, tally);
  const changedAtMs = Math.max(known.changedAtMs, tally.changedAtMs);
  Object.assign(known, summed(known, tally), { changedAtMs, taken: null });
}

/** No data is lost: it is only too old to be kept. */
function wasTaken(value: unknown): boolean {
  const { events, bytes, malformed, sentEvents, taken } = (value ?? {}) as Record<string, unknown>;
  if (typeof taken === "object" && taken !== null)
    return JSON.stringify(taken) === JSON.stringify({ events, bytes, malformed });
  return typeof events === "number" && sentEvents === events;
}

function readCountKey(value: unknown, window: HourWindow): CountKey | null {
  const { stage, eventType, hour, landedHour } = (value ?? {}) as Partial<CountKey>;
  try {
    return {
      stage: readStage(stage),
      eventType: readName("eventType", eventType),
      hour: readHour("hour", hour, window),
      landedHour: readHour("landedHour", landedHour, window),
    };
  } catch {
    return null;
  }
}

function readMarks(value: unknown): KeptMarks {
  const { steps, refusedHours } = (value ?? {}) as Partial<Record<keyof KeptMarks, unknown>>;
  return {
    steps: (objects(steps) as unknown as Step[]).filter(
      ({ eventType, watermarkMs, observedAtMs }) =>
        typeof eventType === "string" && Number.isFinite(watermarkMs) && Number.isFinite(observedAtMs),
    ),
    refusedHours: (objects(refusedHours) as unknown as KeptMarks["refusedHours"]).filter(
      ({ eventType, hour }) => typeof eventType === "string" && /^\d{4}-\d{2}-\d{2}T\d{2}$/.test(hour),
    ),
  };
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new BadInput("tally", "must be an object", value);
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
