/** When the hours of one event type were closed at each of its datacenters. */
export interface TypeClosings {
  eventType: string;
  tier: string;
  deadlineMs: number;
  /**
   * Datacenter → per hour of the history, an instant in ms: closed then. Infinity: not closed. NaN: not expected there. So
   * `closedAt > now` means "open" and `closedAt <= now` "closed", and neither holds where it is not expected.
   */
  lanes: ReadonlyMap<string, Float64Array>;
}

/** Consecutive hours of many types: the training data of a forecast, and its view of the last hours. */
export interface Closings {
  /** The first hour's start. */
  fromMs: number;
  hours: number;
  types: readonly TypeClosings[];
}

export const hourMs = 3_600_000;

export function endMsOf(closings: Closings, index: number): number {
  return closings.fromMs + (index + 1) * hourMs;
}

/** The index of the hour that starts then; may lie outside the history. */
export function indexOfHour(closings: Closings, hourStartMs: number): number {
  return Math.round((hourStartMs - closings.fromMs) / hourMs);
}

export interface ClosedLane {
  eventType: string;
  dc: string;
  hourStartMs: number;
  /** null: expected, and not closed. */
  closedAtMs: number | null;
}

export type TypeTerms = Pick<TypeClosings, "eventType" | "tier" | "deadlineMs">;

/** Arranges expected (type, datacenter, hour)s in arrays. Types without terms and hours outside the range are dropped. */
export function layOutClosings(
  range: { fromMs: number; hours: number },
  terms: Iterable<TypeTerms>,
  lanes: Iterable<ClosedLane>,
): Closings {
  const types = new Map<string, TypeTerms & { lanes: Map<string, Float64Array> }>();
  for (const { eventType, tier, deadlineMs } of terms) {
    types.set(eventType, { eventType, tier, deadlineMs, lanes: new Map() });
  }
  for (const { eventType, dc, hourStartMs, closedAtMs } of lanes) {
    const index = Math.round((hourStartMs - range.fromMs) / hourMs);
    const type = types.get(eventType);
    if (!type || index < 0 || index >= range.hours) continue;
    let lane = type.lanes.get(dc);
    if (!lane) {
      lane = new Float64Array(range.hours).fill(Number.NaN);
      type.lanes.set(dc, lane);
    }
    lane[index] = closedAtMs ?? Number.POSITIVE_INFINITY;
  }
  return { ...range, types: [...types.values()] };
}
