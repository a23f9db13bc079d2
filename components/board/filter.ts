import type { BoardAlertJson, CompactBoardRowJson } from "#domain/api/board.ts";
import { isDeadlineMet } from "#domain/deadline.ts";

export const filterKeys = ["tier", "state", "owner", "dc"] as const;
/** On the board also by alerts, and by missed deadlines. */
export const boardFilterKeys = [...filterKeys, "alert", "deadline"] as const;
type FilterKey = (typeof boardFilterKeys)[number];

interface FilterTerm {
  /** null: free text, searched in the name, the owner and the tier. */
  key: FilterKey | null;
  /** Any of them matches; in lower case. */
  values: string[];
  /** Written with a minus: rows that match it are excluded. */
  excluded: boolean;
}

export interface BoardFilter {
  terms: FilterTerm[];
  /** An unknown key before a colon. The text is still searched as plain text. */
  unknownKeys: string[];
}

const wordPattern = /(-)?(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi;

/** `tier:high state:late,incomplete -owner:payments dc:lon song`: all terms must match; there are no syntax errors. */
export function parseFilter(text: string, keys: readonly FilterKey[] = filterKeys): BoardFilter {
  const filter: BoardFilter = { terms: [], unknownKeys: [] };
  for (const [whole, minus, key, quoted, plain] of text.trim().matchAll(wordPattern)) {
    const value = (quoted ?? plain ?? "").toLowerCase();
    const known = keys.find((name) => name === key?.toLowerCase());
    if (known) {
      // A list with spaces in names is valid only if quoted as a whole.
      const values = quoted === undefined ? value.split(",").filter(Boolean) : [value];
      if (values.length > 0) filter.terms.push({ key: known, values, excluded: minus !== undefined });
      continue;
    }
    if (key) filter.unknownKeys.push(key);
    const words = key || quoted === undefined ? whole.replace(/^-/, "").replaceAll('"', "").toLowerCase() : value;
    if (words && !keys.some((name) => words === `${name}:`)) {
      filter.terms.push({ key: null, values: [words], excluded: minus !== undefined });
    }
  }
  return filter;
}

export function matchesFilter(row: CompactBoardRowJson, filter: BoardFilter): boolean {
  return filter.terms.every((term) => term.values.some((value) => holds(row, term.key, value)) !== term.excluded);
}

function holds(row: CompactBoardRowJson, key: FilterKey | null, value: string): boolean {
  switch (key) {
    case "tier":
      return row.tier.toLowerCase() === value;
    case "state":
      return row.state === value;
    case "owner":
      return row.owner.toLowerCase() === value;
    case "dc":
      return row.worstDatacenter?.toLowerCase() === value;
    case "deadline":
      return value === "missed" && hasMissedDeadline(row);
    case "alert":
      return row.alerts.some((alert) => isAlert(alert, value));
    default:
      return [row.eventType, row.owner, row.tier].some((field) => field.toLowerCase().includes(value));
  }
}

/** In its last 24 hours: closed after it, or not closed by now. */
export function hasMissedDeadline({ missed, delaySeconds, deadlineSeconds }: MissedDeadline): boolean {
  return missed !== "" || isDeadlineMet(null, deadlineSeconds, delaySeconds ?? 0) === false;
}

type MissedDeadline = Pick<CompactBoardRowJson, "missed" | "delaySeconds" | "deadlineSeconds">;

/** `firing`: any that is open, notified or not. */
function isAlert({ severity, acknowledged, muted }: BoardAlertJson, value: string): boolean {
  switch (value) {
    case "firing":
      return true;
    case "open":
      return !acknowledged && muted === null;
    case "acknowledged":
      return acknowledged;
    default:
      return severity === value || muted === value;
  }
}
