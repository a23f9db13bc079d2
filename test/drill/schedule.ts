import { type Random, randomOf } from "#simulator/random.ts";

export interface Planned {
  kind: string;
  /** How long it lasts, unless it ends by itself. */
  holdMs: number;
  /** Until the next one. */
  calmMs: number;
}

interface Terms {
  seed: number;
  kinds: readonly { name: string; holdSeconds: readonly [number, number]; isFirst?: boolean; isOnce?: boolean }[];
  /** 1: as they are in half an hour. */
  pace: number;
}

const calmSeconds = [5, 15] as const;

/** Faults without end, one after another: every kind in a random order, then all of them in another one. */
export function* planFaults({ seed, kinds, pace }: Terms): Generator<Planned> {
  const random = randomOf(seed, "faults");
  const between = ([least, most]: readonly [number, number]) => (least + random() * (most - least)) * 1_000 * pace;
  const plan = (kind: (typeof kinds)[number]): Planned => ({
    ...{ kind: kind.name, holdMs: between(kind.holdSeconds), calmMs: between(calmSeconds) },
  });
  yield* kinds.filter(({ isFirst }) => isFirst).map(plan);
  for (let round = 0; ; round += 1) {
    const left = kinds.filter(({ isFirst, isOnce }) => !isFirst && (round === 0 || !isOnce));
    if (left.length === 0) return;
    yield* shuffle(left, random).map(plan);
  }
}

function shuffle<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((each) => ({ each, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ each }) => each);
}
