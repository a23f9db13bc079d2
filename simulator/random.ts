import type { Hour } from "#domain/hour.ts";

/** A number from 0 to 1 (excluded), a new one on every call. */
export type Random = () => number;

/** Randomness that depends on (seed, name, hour) alone, so that any hour can be computed by itself and in any order. */
export function randomAt(seed: number, name: string, hour: Hour): Random {
  let state = mix(mix(mix(seed | 0) ^ hashText(name)) ^ Math.floor(hour.getTime() / 3_600_000));
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state) / 0x1_0000_0000;
  };
}

/** Randomness that depends on a name alone: a type's variation, a datacenter's share. */
export function randomOf(seed: number, name: string): Random {
  return randomAt(seed, name, new Date(0));
}

/** Standard normal, by Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function logNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(random));
}

/** A count of independent events: exact for small means, where zeros at night matter; the normal approximation above. */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  let count = 0;
  for (let product = random(), floor = Math.exp(-mean); product > floor; product *= random()) count++;
  return count;
}

/** How many of `count` occur with probability `share`; never more than `count`. */
export function shareOf(random: Random, count: number, share: number): number {
  return Math.min(count, poisson(random, count * share));
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** Mixes 32 bits; unsigned. */
function mix(bits: number): number {
  let mixed = bits;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
