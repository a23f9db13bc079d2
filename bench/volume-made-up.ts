import type { VolumeSeries } from "#domain/volume.ts";
import { formatTable } from "./machine.ts";

const hourMs = 3_600_000;
const weeks = 12;
const hours = weeks * 168;
const dropHours = 24;
const lanesEach = 12;
const drops = [0, 0.3] as const;

/**
 * How the rate of a synthetic type varies around its week: by how much, and how much of it carries over to the next
 * hour.
 */
const kinds = [
  { deviation: 0.05, persistence: 0 },
  { deviation: 0.15, persistence: 0.7 },
  { deviation: 0.5, persistence: 0.7 },
] as const;
const means = [1, 5, 20, 100, 10_000] as const;

/**
 * Types with daily and weekly patterns, normal for twelve weeks, and once more with the last day at zero or down to 30
 * %.
 */
export function scoreMadeUpVolumes(rules: Record<string, (series: VolumeSeries) => boolean[]>): string {
  const rows = kinds.flatMap((kind) =>
    means.flatMap((mean) =>
      Object.entries(rules).map(([name, rule]) => {
        let pages = 0;
        const delays = new Map<number, number[]>(drops.map((left) => [left, []]));
        for (let lane = 0; lane < lanesEach; lane++) {
          const quiet = rule(makeUp(kind, mean, 1, lane));
          pages += quiet.filter((isOn, at) => isOn && !quiet[at - 1]).length;
          for (const left of drops) {
            const dropped = rule(makeUp(kind, mean, left, lane));
            const first = dropped.findIndex((isOn, at) => isOn && at >= hours - dropHours);
            if (first >= 0) delays.get(left)?.push(first - (hours - dropHours) + 1);
          }
        }
        const months = (lanesEach * hours) / 730;
        const paged = drops.map((left) => summary(delays.get(left) ?? []));
        return [mean, `${kind.deviation * 100} %, ${kind.persistence}`, name, (pages / months).toFixed(2), ...paged];
      }),
    ),
  );
  const columns = [
    "events an hour",
    "wavers by, shares",
    "rule",
    "false pages a month",
    "all gone: paged, median h",
    "30 % left: paged, median h",
  ];
  return [`### Made-up types, ${lanesEach} of each kind`, "", formatTable(columns, rows)].join("\n");
}

function summary(delays: readonly number[]): string {
  const middle = [...delays].sort((a, b) => a - b)[delays.length >> 1];
  return `${Math.round((delays.length / lanesEach) * 100)} %${middle === undefined ? "" : `, ${middle}`}`;
}

function makeUp(kind: (typeof kinds)[number], mean: number, left: number, lane: number): VolumeSeries {
  const random = seeded(lane * 7919 + Math.round(mean * 10) + 1);
  const counts = new Float64Array(hours);
  let wavering = 0;
  for (let hour = 0; hour < hours; hour++) {
    const fresh = Math.sqrt(1 - kind.persistence ** 2) * kind.deviation * normal(random);
    wavering = kind.persistence * wavering + fresh;
    const ofDay = 1 + 0.7 * Math.sin((((hour % 24) - 9) / 24) * 2 * Math.PI);
    const ofWeek = Math.floor(hour / 24) % 7 > 4 ? 0.6 : 1;
    const rate = mean * ofDay * ofWeek * Math.exp(wavering) * (hour >= hours - dropHours ? left : 1);
    counts[hour] = poisson(rate, random);
  }
  return { fromMs: 0, stepMs: hourMs, counts, excluded: new Uint8Array(hours) };
}

function poisson(rate: number, random: () => number): number {
  if (rate > 200) return Math.max(0, Math.round(rate + Math.sqrt(rate) * normal(random)));
  const limit = Math.exp(-rate);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
