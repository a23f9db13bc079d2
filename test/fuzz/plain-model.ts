import { hourMs, type PlainReading } from "./plain-facts.ts";

/** A type's catalogue entry, in the API's own words. */
export interface PlainTerms {
  name: string;
  deadlineMs: number;
  settleMs: number;
  maxLost: number;
  maxDuplicated: number;
  impliedZero: boolean;
  expectReporters: boolean;
}

export interface PlainVerdict {
  state: string;
  known: boolean;
  /** null: not closed. */
  closedAt: string | null;
  produced: bigint;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
  skewed: bigint;
}

/** An independent implementation of the contract, hour by hour, without the product's merging and judging. */
export function verdictOf(
  reading: PlainReading,
  terms: PlainTerms,
  hour: Date,
  expected: readonly string[],
  now: Date,
): PlainVerdict {
  const startMs = hour.getTime();
  const endMs = startMs + hourMs;
  let closedMs = expected.length === 0 ? Number.POSITIVE_INFINITY : endMs;
  let known = expected.length > 0;
  const sums = { produced: 0n, delivered: 0n, lost: 0n, duplicated: 0n, skewed: 0n };
  for (const dc of expected) {
    const lane = `${dc}\n${terms.name}`;
    closedMs = Math.max(closedMs, closingOf(reading, lane, endMs));
    const counts = (stage: string) => [...(reading.counts.get(`${startMs} ${stage} ${lane}`)?.values() ?? [])];
    const sum = (rows: readonly { events: number }[]) => rows.reduce((total, { events }) => total + BigInt(events), 0n);
    const [told, arrived] = [counts("produced"), counts("delivered")];
    const [produced, delivered] = [sum(told), sum(arrived)];
    sums.delivered += delivered;
    sums.skewed += sum(arrived.filter(({ landedMs }) => landedMs !== startMs));
    const isTold = terms.impliedZero ? reading.produced.has(`${startMs} ${dc}`) : told.length > 0;
    if (!isTold || (terms.expectReporters && isSomeoneMissing(reading, lane, startMs))) {
      known = false;
      continue;
    }
    sums.produced += produced;
    if (produced > delivered) sums.lost += produced - delivered;
    else sums.duplicated += delivered - produced;
  }
  const state = stateOf(sums, known, { endMs, closedMs, nowMs: now.getTime() }, terms);
  return {
    ...sums,
    state,
    known,
    closedAt: closedMs === Number.POSITIVE_INFINITY ? null : new Date(closedMs).toISOString(),
  };
}

function closingOf({ closings }: PlainReading, lane: string, endMs: number): number {
  const { watermarks = new Map<number, number>(), markers = new Map<number, number>() } = closings.get(lane) ?? {};
  let closedMs = markers.get(endMs) ?? Number.POSITIVE_INFINITY;
  for (const [reachedMs, timeMs] of watermarks) if (reachedMs >= endMs) closedMs = Math.min(closedMs, timeMs);
  return closedMs;
}

/** Reporters of at least 20 of the 24 hours before that did not end, and did not report this hour. */
function isSomeoneMissing({ reporters, finals }: PlainReading, lane: string, startMs: number): boolean {
  const [dc = ""] = lane.split("\n");
  return [...(reporters.get(lane) ?? [])].some(([reporter, hours]) => {
    const before = [...hours].filter((ms) => ms < startMs && ms >= startMs - 24 * hourMs);
    if (before.length < 20 || hours.has(startMs)) return false;
    const finalMs = finals.get(`${dc}\n${reporter}`);
    const ended = finalMs !== undefined && finalMs < startMs + hourMs;
    // A report of an hour that began after its `final` revokes it.
    return !ended || before.some((ms) => ms > finalMs);
  });
}

function stateOf(
  { produced, lost, duplicated }: { produced: bigint; lost: bigint; duplicated: bigint },
  isKnown: boolean,
  { endMs, closedMs, nowMs }: { endMs: number; closedMs: number; nowMs: number },
  { deadlineMs, settleMs, maxLost, maxDuplicated }: PlainTerms,
): string {
  if (nowMs < endMs) return "open";
  if (closedMs === Number.POSITIVE_INFINITY) return nowMs > endMs + deadlineMs ? "late" : "closing";
  const isTooMuch = (events: bigint, share: number) =>
    events * 1_000_000_000n > BigInt(Math.round(share * 1e9)) * produced;
  const [losesMuch, doublesMuch] = [isTooMuch(lost, maxLost), isTooMuch(duplicated, maxDuplicated)];
  if (isKnown && !losesMuch && !doublesMuch) return "complete";
  if (nowMs < closedMs + settleMs) return "verifying";
  if (!isKnown) return "unverified";
  return losesMuch ? "incomplete" : "overcounted";
}
