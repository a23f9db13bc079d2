import type { EvidenceItem, EvidenceUnit } from "./cause.ts";

/** One piece of evidence for a cause, and its weight: 0 none, 1 conclusive. */
export interface Sign extends EvidenceItem {
  weight: number;
}

interface SignTerms {
  fact: string;
  weight: number;
  at?: Date | null;
  figure?: number | null;
  unit?: EvidenceUnit;
}

export function sign({ fact, weight, at = null, figure = null, unit }: SignTerms): Sign {
  return { fact, at, figure, unit: figure === null ? null : (unit ?? null), weight };
}

const certain = 0.99;

/** Signs combine as independent evidence: each reduces the doubt that the others leave. Nothing is certain. */
export function scoreOf(signs: readonly { weight: number }[], relevance = 1): number {
  const doubt = signs.reduce((left, { weight }) => left * (1 - Math.min(1, Math.max(0, weight))), 1);
  return rounded(Math.min(certain, relevance * (1 - doubt)));
}

/** To three decimals: ranked values are compared and stored. */
export function rounded(score: number): number {
  return Math.round(Math.min(certain, Math.max(0, score)) * 1000) / 1000;
}

/** Strongest first, without the weights. */
export function evidenceOf<Weighed extends { weight: number }>(signs: readonly Weighed[]): Omit<Weighed, "weight">[] {
  return signs.toSorted((a, b) => b.weight - a.weight).map(({ weight: _, ...item }) => item);
}
