import type { CompactBoardJson, CompactBoardRowJson } from "#domain/api/board.ts";
import type { VerdictState } from "#domain/verdict.ts";

export const groupings = ["tier", "owner", "dc", "cause"] as const;
export type Grouping = (typeof groupings)[number];

export interface BoardGroup {
  name: string;
  rows: CompactBoardRowJson[];
  /** The number of types in each state that needs attention. */
  troubled: Partial<Record<VerdictState, number>>;
}

const noCauses: ReadonlyMap<string, string> = new Map();

const calling: readonly VerdictState[] = ["late", "incomplete", "overcounted", "unverified"];

/**
 * Rows in groups, in the rows' order: the group of the first row, which has the greatest risk, comes first. `causes`: per type
 * the sentence that explains its trouble, if known.
 */
export function groupRows(
  rows: readonly CompactBoardRowJson[],
  grouping: Grouping,
  causes: ReadonlyMap<string, string> = noCauses,
): BoardGroup[] {
  const groups = new Map<string, BoardGroup>();
  for (const row of rows) {
    const name = groupOf(row, grouping, causes);
    const group = groups.get(name) ?? { name, rows: [], troubled: {} };
    group.rows.push(row);
    if (calling.includes(row.state)) group.troubled[row.state] = (group.troubled[row.state] ?? 0) + 1;
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** The likely cause of each row: what its most urgent open incident says, else what explains its hours. */
export function likelyCauses(
  { incidents, items }: Pick<CompactBoardJson, "incidents" | "items">,
  sentences: ReadonlyMap<string, string> = noCauses,
): ReadonlyMap<string, string> {
  const said = new Map(incidents.map(({ id, cause }) => [id, cause.sentence]));
  const own = items.flatMap(({ eventType, alerts }) => {
    const sentence = said.get(alerts[0]?.incidentId ?? "");
    return sentence ? [[eventType, sentence] as const] : [];
  });
  return new Map([...sentences, ...own]);
}

/** "2 late, 1 incomplete"; "" if nothing needs attention. */
export function troubleText({ troubled }: BoardGroup): string {
  return calling.flatMap((state) => (troubled[state] ? `${troubled[state]} ${state}` : [])).join(", ");
}

function groupOf(row: CompactBoardRowJson, grouping: Grouping, causes: ReadonlyMap<string, string>): string {
  switch (grouping) {
    case "tier":
      return row.tier;
    case "owner":
      return row.owner;
    case "dc":
      return row.openHours > 0 && row.worstDatacenter !== null ? row.worstDatacenter : "not held up";
    case "cause":
      return causes.get(row.eventType) ?? causeOf(row);
  }
}

/** What a row shares with others in the same trouble, as far as the board's own data shows. */
function causeOf({ state, openHours, worstDatacenter }: CompactBoardRowJson): string {
  if (!calling.includes(state)) return "no trouble";
  if (openHours > 0 && worstDatacenter !== null) return `${worstDatacenter} has not closed`;
  return state === "late" ? "not closed" : `${state} hours`;
}
