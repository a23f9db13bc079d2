import type { CompactBoardJson } from "#domain/api/board.ts";
import { type VerdictState, verdictStates } from "#domain/verdict.ts";

export interface FilterChip {
  /** As written in the filter: `state:late`. */
  term: string;
  label: string;
  state: VerdictState | null;
  count: number;
  on: boolean;
}

/** Chips for the alerts, states and tiers present on the board, worst first. */
export function filterChips({ items }: Pick<CompactBoardJson, "items">, text: string): FilterChip[] {
  const states = new Map<VerdictState, number>();
  const tiers = new Map<string, number>();
  let firing = 0;
  for (const { state, tier, alerts } of items) {
    if (alerts.length > 0) firing += 1;
    states.set(state, (states.get(state) ?? 0) + 1);
    tiers.set(tier, (tiers.get(tier) ?? 0) + 1);
  }
  const chip = (term: string, label: string, state: VerdictState | null, count: number): FilterChip => ({
    term,
    label,
    state,
    count,
    on: hasTerm(text, term),
  });
  const worstFirst = [...verdictStates].sort((one, other) => rank(one) - rank(other));
  const alertChip = chip("alert:firing", "alert", null, firing);
  return [
    ...(firing > 0 || alertChip.on ? [alertChip] : []),
    ...worstFirst.flatMap((state) =>
      states.has(state) ? chip(`state:${state}`, state, state, states.get(state) ?? 0) : [],
    ),
    ...[...tiers].sort().map(([tier, count]) => chip(`tier:${quote(tier)}`, `${tier} tier`, null, count)),
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
const rank = (state: VerdictState) => order.indexOf(state);
