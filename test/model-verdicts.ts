import type { Corrections } from "#domain/correction.ts";
import { addHours, hourEnd, hourOf } from "#domain/hour.ts";
import { addMessage, type Batch, closedAtOf, emptyBatch } from "#domain/merge.ts";
import type { Message } from "#domain/protocol.ts";
import { type DatacenterFacts, judgeHour, type VerdictTerms } from "#domain/verdict.ts";

export interface ModelInput {
  messages: readonly Message[];
  eventTypes: readonly string[];
  datacenters: readonly string[];
  from: Date;
  now: Date;
  terms: VerdictTerms;
  /** Facts that they set aside do not count. */
  corrections?: Corrections;
  /** Types with `impliedZero: false`. */
  withoutImpliedZero?: readonly string[];
  /** Types with `expectReporters: true`. */
  expectingReporters?: readonly string[];
}

/** Every hour's verdict from the rules alone, without a database: what the product must arrive at. */
export function modelVerdicts(input: ModelInput) {
  const batch = emptyBatch();
  for (const message of input.messages) addMessage(batch, message, input.corrections);
  const verdicts = [];
  for (let hour = input.from; hour <= hourOf(input.now); hour = addHours(hour, 1)) {
    for (const eventType of input.eventTypes) {
      const facts = input.datacenters.map((dc) => ({
        ...factsOf(batch, eventType, dc, hour),
        ...(input.withoutImpliedZero?.includes(eventType) ? { reportedProduced: false } : {}),
        ...(input.expectingReporters?.includes(eventType) ? reportersOf(batch, eventType, dc, hour) : {}),
      }));
      const judgement = judgeHour({ hour, facts, terms: input.terms, now: input.now });
      verdicts.push({ eventType, hour: hour.toISOString(), ...figuresOf(judgement) });
    }
  }
  return verdicts;
}

function figuresOf(judgement: ReturnType<typeof judgeHour>) {
  const { state, closedAt, produced, delivered, lost, duplicated, skewed, known } = judgement;
  return { state, closedAt: closedAt?.toISOString() ?? null, produced, delivered, lost, duplicated, skewed, known };
}

function factsOf(batch: Batch, eventType: string, dc: string, hour: Date): DatacenterFacts {
  const ofHour = [...batch.counts.values()].filter(
    (row) => row.heldBy === null && row.dc === dc && row.hour.getTime() === hour.getTime(),
  );
  const counts = ofHour.filter((row) => row.eventType === eventType);
  const sum = (rows: typeof counts) =>
    rows.length === 0 ? null : rows.reduce((total, row) => total + BigInt(row.events), 0n);
  const marker = [...batch.markers.values()].find(
    (row) =>
      row.heldBy === null && row.eventType === eventType && row.dc === dc && row.hour.getTime() === hour.getTime(),
  );
  const steps = [...batch.closings.values()].filter(
    (row) => row.heldBy === null && row.eventType === eventType && row.dc === dc,
  );
  return {
    name: dc,
    closedAt: closedAtOf(hourEnd(hour), steps, marker?.closedAt ?? null),
    watermark: null,
    reportedProduced: ofHour.some((row) => row.stage === "produced"),
    produced: sum(counts.filter((row) => row.stage === "produced")),
    published: sum(counts.filter((row) => row.stage === "published")),
    delivered: sum(counts.filter((row) => row.stage === "delivered")),
    skewed: sum(counts.filter((row) => row.stage === "delivered" && row.landedHour.getTime() !== hour.getTime())) ?? 0n,
  };
}

/** By the contract's definition, reporter by reporter and hour by hour. */
function reportersOf(batch: Batch, eventType: string, dc: string, hour: Date) {
  const produced = [...batch.counts.values()].filter(
    (row) => row.heldBy === null && row.eventType === eventType && row.dc === dc && row.stage === "produced",
  );
  const expected = [...new Set(produced.map((row) => row.reporter))].filter((reporter) => {
    const hours = produced.filter((row) => row.reporter === reporter).map((row) => row.hour.getTime());
    const before = [...new Set(hours)].filter((ms) => ms < hour.getTime() && ms >= addHours(hour, -24).getTime());
    if (before.length < 20) return false;
    const final = [...batch.finals.values()].find((row) => row.dc === dc && row.reporter === reporter);
    const ended = final && final.finalAt < hourEnd(hour);
    return !ended || before.some((ms) => ms > final.finalAt.getTime());
  });
  const isMissing = (reporter: string) =>
    !produced.some((row) => row.reporter === reporter && row.hour.getTime() === hour.getTime());
  return { reportersExpected: expected.length, reportersMissing: expected.filter(isMissing).length };
}
