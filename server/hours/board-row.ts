import type { BoardRowJson } from "#domain/api/board.ts";
import { formatHour } from "#domain/hour.ts";
import { riskOf, worstState } from "#domain/risk.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { decodeEvidence } from "./evidence.ts";
import type { BoardCell, BoardDatacenter, BoardType } from "./load-board.ts";

const hourMs = 3_600_000;

/** What every row of one board shares. */
export interface BoardMoment {
  nowMs: number;
  /** The last 24 hours' starts and names, the current hour last. */
  hours: readonly { ms: number; name: string }[];
  /** Hour in ms → type id → its verdict. */
  cells: ReadonlyMap<number, ReadonlyMap<number, BoardCell>>;
  datacenters: readonly BoardDatacenter[];
}

export interface BoardTypeNow {
  row: BoardRowJson;
  /** The datacenters that its verdicts wait for. */
  expected: BoardDatacenter[];
  isLate: boolean;
  /** Those that have not closed its oldest open hour. */
  holdingUp: string[];
}

/** One type's row, and what the board says of datacenters because of it. */
export function boardRow(type: BoardType, moment: BoardMoment): BoardTypeNow {
  const { nowMs } = moment;
  const expected = expectedDatacenters(type, moment);
  const delaySeconds = type.oldestOpenMs === null ? null : (nowMs - type.oldestOpenMs - hourMs) / 1000;
  const isLate = delaySeconds !== null && delaySeconds > type.deadlineSeconds;
  const holdingUp = type.oldestOpenMs === null ? [] : notClosedBy(type.openEvidence);
  const strip = moment.hours.map((hour) => stripCell(type, hour, moment));
  const recentStates = strip.flatMap((cell) => cell?.state ?? []);
  const worst = worstState(isLate ? ["late"] : recentStates);
  const ended = strip.slice(0, -1).findLast((cell) => cell !== null);
  return {
    expected,
    isLate,
    holdingUp,
    row: {
      eventType: type.name,
      owner: type.owner,
      tier: type.tier,
      deadlineSeconds: type.deadlineSeconds,
      state: worst ?? ended?.state ?? type.lastState ?? "open",
      lagSeconds: lagSeconds(type, expected, nowMs),
      worstDatacenter: slowest(type, expected, holdingUp),
      openHours: type.openHours ?? 0,
      oldestOpenHour: type.oldestOpenMs === null ? null : formatHour(new Date(type.oldestOpenMs)),
      delaySeconds,
      completeThrough: type.completeThroughMs === null ? null : formatHour(new Date(type.completeThroughMs)),
      // There is nothing to forecast from yet.
      forecast: null,
      risk: riskOf({ deadlineSeconds: type.deadlineSeconds, delaySeconds, recentStates }),
      strip,
    },
  };
}

/** Those of the type's own list, else all claimed, that are active in its current or last hour. */
function expectedDatacenters(type: BoardType, { hours, datacenters }: BoardMoment): BoardDatacenter[] {
  const current = hours.at(-1)?.ms ?? 0;
  const hour = type.activeToMs === null ? current : Math.min(current, type.activeToMs - hourMs);
  return datacenters.filter((datacenter) => {
    if (datacenter.activeToMs !== null && hour >= datacenter.activeToMs) return false;
    if (type.datacenters.length > 0) return type.datacenters.includes(datacenter.name);
    return datacenter.claimed && datacenter.activeFromMs !== null && hour >= datacenter.activeFromMs;
  });
}

function stripCell(
  type: BoardType,
  { ms, name }: { ms: number; name: string },
  { cells, nowMs }: BoardMoment,
): BoardRowJson["strip"][number] {
  const cell = cells.get(ms)?.get(type.id);
  if (!cell || ms < type.activeFromMs || (type.activeToMs !== null && ms >= type.activeToMs)) return null;
  const endMs = ms + hourMs;
  return { hour: name, ...cell, state: stateByNow(cell, endMs, endMs + type.deadlineSeconds * 1000, nowMs) };
}

/** The stored state, moved on by the time that has passed since: the evaluate worker follows within moments. */
function stateByNow(cell: BoardCell, endMs: number, deadlineMs: number, nowMs: number): VerdictState {
  const waits = (cell.state === "open" && nowMs >= endMs) || cell.state === "closing";
  if (!waits) return cell.state;
  if (cell.closingDelaySeconds !== null) return "verifying";
  return nowMs > deadlineMs ? "late" : "closing";
}

function notClosedBy(evidence: unknown): string[] {
  return decodeEvidence(evidence ?? []).flatMap((datacenter) => (datacenter.closed ? [] : datacenter.name));
}

/** null while one of them never said any; a type that is over does not lag any further. */
function lagSeconds(type: BoardType, expected: readonly BoardDatacenter[], nowMs: number): number | null {
  const marks = expected.map(({ id }) => type.watermarksMs?.[id]);
  if (marks.length === 0 || marks.includes(undefined)) return null;
  const until = type.activeToMs === null ? nowMs : Math.min(nowMs, type.activeToMs);
  return Math.max(0, until - Math.min(...(marks as number[]))) / 1000;
}

/** Of those that hold the oldest open hour up, the one with the lowest watermark or none. */
function slowest(type: BoardType, expected: readonly BoardDatacenter[], holdingUp: readonly string[]): string | null {
  let worst: { name: string; mark: number } | null = null;
  for (const { id, name } of expected) {
    if (!holdingUp.includes(name)) continue;
    const mark = type.watermarksMs?.[id] ?? Number.NEGATIVE_INFINITY;
    if (!worst || mark < worst.mark) worst = { name, mark };
  }
  return worst?.name ?? null;
}
