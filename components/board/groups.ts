import type { CompactBoardJson, CompactBoardRowJson } from "#domain/api/board.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { hasMissedDeadline } from "./filter.ts";

export const groupings = ["tier", "owner", "dc", "cause"] as const;
export type Grouping = (typeof groupings)[number];

export interface BoardGroup {
  name: string;
  rows: CompactBoardRowJson[];
  /** The number of types in each state that needs attention. */
  troubled: Partial<Record<VerdictState, number>>;
  /** Those with an alert of an open incident, whatever their state. */
  alerted: number;
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
    const group = groups.get(name) ?? { name, rows: [], troubled: {}, alerted: 0 };
    group.rows.push(row);
    if (row.alerts.length > 0) group.alerted += 1;
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

/** "2 late, 1 incomplete, 3 with an alert"; "" if nothing needs attention. */
export function troubleText({ troubled, alerted }: BoardGroup): string {
  const states = calling.flatMap((state) => (troubled[state] ? `${troubled[state]} ${state}` : []));
  return [...states, ...(alerted > 0 ? [`${alerted} with an alert`] : [])].join(", ");
}

function groupOf(row: CompactBoardRowJson, grouping: Grouping, causes: ReadonlyMap<string, string>): string {
  switch (grouping) {
    case "tier":
      return row.tier;
    case "owner":
      return row.owner;
    case "dc":
      if (row.openHours > 0 && row.worstDatacenter !== null) return row.worstDatacenter;
      return row.alerts.length > 0 ? "not held up, with an alert" : "not held up";
    case "cause":
      return causes.get(row.eventType) ?? causeOf(row);
  }
}

/** What a row shares with others in the same trouble, as far as the board's own data shows. */
function causeOf(row: CompactBoardRowJson): string {
  const { state, openHours, worstDatacenter, alerts } = row;
  if (!calling.includes(state) && alerts.length > 0) return "an alert, not explained yet";
  if (!calling.includes(state)) return hasMissedDeadline(row) ? "closed after a deadline" : "no trouble";
  if (openHours > 0 && worstDatacenter !== null) return `${worstDatacenter} has not closed`;
  return state === "late" ? "not closed" : `${state} hours`;
}
