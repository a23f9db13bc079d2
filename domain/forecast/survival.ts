import { type Closings, endMsOf, type TypeClosings } from "./closings.ts";
import { delayGridMs, gridIndex, type Survival } from "./delay-grid.ts";

/** Per index of the grid: how many lanes closed there, and how many were open at its start. */
interface Tally {
  closed: Float64Array;
  atRisk: Float64Array;
}

/** How long hours stay open: per type, per tier, overall. */
export interface Survivals {
  pooled: number[];
  tiers: Record<string, number[]>;
  types: Record<string, number[]>;
}

// A type's own hours outweigh its tier's once there are this many, a tier's those of all, and these the default prior.
const weightOfTier = 20;
const weightOfAll = 20;
const weightOfGuess = 2;

/**
 * The closings known at `nowMs`, each level shrunk towards the next wider one: a type with little history follows its tier, and long
 * delays that it never had follow types that did. Null if nothing ever closed.
 */
export function learnSurvivals(closings: Closings, nowMs: number): Survivals | null {
  const all = emptyTally();
  const tiers = new Map<string, Tally>();
  const types = new Map<string, Tally>();
  for (const type of closings.types) {
    const tally = tallyOf(closings, type, nowMs);
    types.set(type.eventType, tally);
    const tier = tiers.get(type.tier) ?? emptyTally();
    tiers.set(type.tier, tier);
    add(tier, tally);
    add(all, tally);
  }
  if (!all.closed.some((count) => count > 0)) return null;
  const pooled = hazards(all, guess, weightOfGuess);
  const ofTier = new Map([...tiers].map(([name, tally]) => [name, hazards(tally, pooled, weightOfAll)]));
  const ofType = closings.types
    .filter(({ eventType }) => types.get(eventType)?.atRisk[0])
    .map(({ eventType, tier }): [string, number[]] => {
      const own = hazards(types.get(eventType) as Tally, ofTier.get(tier) as number[], weightOfTier);
      return [eventType, accumulate(own)];
    });
  return {
    pooled: accumulate(pooled),
    tiers: Object.fromEntries([...ofTier].map(([name, rates]) => [name, accumulate(rates)])),
    types: Object.fromEntries(ofType),
  };
}

/** The type's own curve, its tier's, or the overall one. */
export function survivalOf(survivals: Survivals, type: { eventType: string; tier: string }): Survival {
  return survivals.types[type.eventType] ?? survivals.tiers[type.tier] ?? survivals.pooled;
}

function tallyOf(closings: Closings, type: TypeClosings, nowMs: number): Tally {
  const tally = emptyTally();
  for (const lane of type.lanes.values()) {
    for (let index = 0; index < closings.hours; index++) {
      const closedAtMs = lane[index] as number;
      const endMs = endMsOf(closings, index);
      if (Number.isNaN(closedAtMs) || endMs > nowMs) continue;
      if (closedAtMs <= nowMs) count(tally, Math.min(gridIndex(closedAtMs - endMs), delayGridMs.length), true);
      // Still open: it survived every grid index that has passed.
      else count(tally, gridIndex(nowMs - endMs + 1), false);
    }
  }
  for (let at = delayGridMs.length - 2; at >= 0; at--) {
    tally.atRisk[at] = (tally.atRisk[at] as number) + (tally.atRisk[at + 1] as number);
  }
  return tally;
}

/** Records where a lane closed; the sums over the grid follow. A lane open at index 3 was at risk in 0 to 2. */
function count(tally: Tally, place: number, closed: boolean): void {
  if (closed && place < delayGridMs.length) tally.closed[place] = (tally.closed[place] as number) + 1;
  const through = closed ? Math.min(place, delayGridMs.length - 1) : place - 1;
  if (through >= 0) tally.atRisk[through] = (tally.atRisk[through] as number) + 1;
}

function hazards(tally: Tally, prior: readonly number[], weight: number): number[] {
  return prior.map(
    (rate, at) => ((tally.closed[at] as number) + weight * rate) / ((tally.atRisk[at] as number) + weight),
  );
}

/** With no history: half close at once, and of the rest half in every doubling of the time. */
const guess: readonly number[] = delayGridMs.map((delayMs, at) =>
  at === 0 ? 0.5 : 1 - Math.max(delayGridMs[at - 1] as number, 60_000) / Math.max(delayMs, 120_000),
);

function accumulate(rates: readonly number[]): number[] {
  let sum = 0;
  return rates.map((rate) => {
    sum -= Math.log1p(-Math.min(rate, 1 - 1e-9));
    return Math.round(sum * 1e5) / 1e5;
  });
}

function emptyTally(): Tally {
  return { closed: new Float64Array(delayGridMs.length), atRisk: new Float64Array(delayGridMs.length) };
}

function add(sum: Tally, tally: Tally): void {
  for (let at = 0; at < delayGridMs.length; at++) {
    sum.closed[at] = (sum.closed[at] as number) + (tally.closed[at] as number);
    sum.atRisk[at] = (sum.atRisk[at] as number) + (tally.atRisk[at] as number);
  }
}
