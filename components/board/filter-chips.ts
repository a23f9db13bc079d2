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
  const listed = (rows: CompactBoardJson["items"], filter: string) => {
    const parsed = parseFilter(filter, boardFilterKeys);
    return rows.filter((row) => matchesFilter(row, parsed));
  };
  // By key, what is listed without its terms: read once for all of its chips.
  const beside = new Map<string, CompactBoardJson["items"]>();
  const chip = (term: string, label: string, state: VerdictState | null = null): FilterChip => {
    const on = hasTerm(text, term);
    const key = keyOf(term);
    const rows = beside.get(key) ?? listed(items, wordsWithout(key, text).join(" "));
    beside.set(key, rows);
    return { term, label, state, on, count: (on ? listed(items, text) : listed(rows, term)).length };
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
  return [...wordsWithout(keyOf(term), text), ...(hasTerm(text, term) ? [] : [term])].join(" ");
}

/** With its colon. */
function keyOf(term: string): string {
  return term.slice(0, term.indexOf(":") + 1);
}

function wordsWithout(key: string, text: string): string[] {
  return wordsOf(text).filter((word) => !word.toLowerCase().startsWith(key));
}

function hasTerm(text: string, term: string): boolean {
  return wordsOf(text).some((word) => word.toLowerCase() === term.toLowerCase());
}

/** Words of a filter; a quoted value is one word with its key. A quote left open is closed, or it would take in what follows. */
function wordsOf(text: string): string[] {
  const words = text.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  return words.map((word) => (word.split('"').length % 2 === 0 ? `${word}"` : word));
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
