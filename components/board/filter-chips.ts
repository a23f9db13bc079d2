import type { CompactBoardJson } from "#domain/api/board.ts";
import { type VerdictState, verdictStates } from "#domain/verdict.ts";
import { boardFilterKeys, hasMissedDeadline, matchesFilter, parseFilter } from "./filter.ts";

export interface FilterChip {
  /** As written in the filter: `state:late`. */
  term: string;
  label: string;
  state: VerdictState | null;
  /** How many rows are listed with it, beside the filter's other terms. */
  count: number;
  on: boolean;
}

/** Chips for the alerts, missed deadlines, states and tiers present on the board, worst first. */
export function filterChips({ items }: Pick<CompactBoardJson, "items">, text: string): FilterChip[] {
  const states = new Set(items.map(({ state }) => state));
  const tiers = new Set(items.map(({ tier }) => tier));
  const chip = (term: string, label: string, state: VerdictState | null = null): FilterChip => {
    const on = hasTerm(text, term);
    const filter = parseFilter(on ? text : toggleTerm(text, term), boardFilterKeys);
    return { term, label, state, on, count: items.filter((row) => matchesFilter(row, filter)).length };
  };
  const optional = (term: string, label: string, isPresent: boolean) =>
    isPresent || hasTerm(text, term) ? [chip(term, label)] : [];
  const worstFirst = [...verdictStates].sort((one, other) => stateOrder(one) - stateOrder(other));
  return [
    ...optional(
      "alert:firing",
      "alert",
      items.some(({ alerts }) => alerts.length > 0),
    ),
    ...optional("deadline:missed", "deadline missed", items.some(hasMissedDeadline)),
    ...worstFirst.flatMap((state) => (states.has(state) ? chip(`state:${state}`, state, state) : [])),
    ...[...tiers].sort().map((tier) => chip(`tier:${quote(tier)}`, `${tier} tier`)),
  ];
}

/** The filter with the term added, or removed if present. It replaces another state or tier. */
export function toggleTerm(text: string, term: string): string {
  const key = term.slice(0, term.indexOf(":") + 1);
  const others = wordsOf(text).filter((word) => !word.toLowerCase().startsWith(key));
  return [...others, ...(hasTerm(text, term) ? [] : [term])].join(" ");
}

function hasTerm(text: string, term: string): boolean {
  return wordsOf(text).some((word) => word.toLowerCase() === term.toLowerCase());
}

/** Words of a filter; a quoted value is one word with its key. */
function wordsOf(text: string): string[] {
  return text.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
}

function quote(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}

const order: readonly VerdictState[] = [
  "late",
  "incomplete",
  "overcounted",
  "unverified",
  "closing",
  "verifying",
  "open",
  "complete",
];
/** A state's place among them, worst first. */
export const stateOrder = (state: VerdictState) => order.indexOf(state);
