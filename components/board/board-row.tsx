"use client";

import { memo, type Ref } from "react";
import { formatDuration, formatTerm } from "#components/ui/duration.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import { StateWord } from "#components/ui/state-word.tsx";
import { TideStrip } from "#components/ui/tide-strip.tsx";
import { makeTideCells, stripStart } from "#components/ui/tide-strip-model.ts";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { decodeStrip } from "#domain/strip.ts";
import styles from "./board.module.css";
import { ForecastCell } from "./forecast-cell.tsx";
import { RowAlertMark } from "./row-alert-mark.tsx";
import { percentOf, trendOf, trendText, usedShare } from "./row-figures.ts";

interface BoardRowProps {
  row: CompactBoardRowJson;
  /** By name: the last cell's. */
  currentHour: string;
  /** Its index among the table's lines. */
  index: number;
  /** Between the line drawn before it and this one, in pixels. */
  gapPx: number;
  /** Called for every row drawn, to measure its height. */
  measure: Ref<HTMLTableRowElement>;
  /** Its sheet is open beside the board. */
  isOpen: boolean;
}

export const BoardRow = memo(function BoardRow({ row, currentHour, index, gapPx, measure, isOpen }: BoardRowProps) {
  return (
    <tr
      ref={measure}
      className={styles.row}
      data-index={index}
      aria-rowindex={index + 2}
      data-state={row.state}
      data-open={isOpen || undefined}
      style={gapPx > 0 ? { marginTop: gapPx } : undefined}
    >
      <td className={styles.state}>
        <StateWord state={row.state} />
      </td>
      <th scope="row" className={styles.name}>
        <PageLink
          href={`/event-types/${encodeURIComponent(row.eventType)}`}
          data-row-link={row.eventType}
          aria-expanded={isOpen}
        >
          {row.eventType}
        </PageLink>
        <RowAlertMark alerts={row.alerts} />
      </th>
      <td className={styles.tier}>{row.tier}</td>
      <td className={styles.owner} title={row.owner}>
        {row.owner}
      </td>
      <td className={styles.strip}>
        <LastDay
          eventType={row.eventType}
          states={row.states}
          delays={row.delays}
          missed={row.missed}
          completeThrough={row.completeThrough}
          currentHour={currentHour}
        />
      </td>
      <td className={styles.delay}>
        <Delay row={row} />
      </td>
      <td className={styles.likely}>
        <ForecastCell row={row} asOf={`${currentHour}:00:00Z`} />
      </td>
      <td className={styles.worst}>{row.openHours > 0 ? row.worstDatacenter : null}</td>
    </tr>
  );
}, looksTheSame);

// Delays grow with every answer, but are shown by the minute.
function looksTheSame(before: BoardRowProps, after: BoardRowProps): boolean {
  const [one, other] = [before.row, after.row];
  return (
    before.currentHour === after.currentHour &&
    before.index === after.index &&
    before.gapPx === after.gapPx &&
    before.isOpen === after.isOpen &&
    sameAlerts(one.alerts, other.alerts) &&
    fieldsShown.every((field) => one[field] === other[field]) &&
    delayText(one) === delayText(other) &&
    percentOf(one) === percentOf(other) &&
    isOver(one) === isOver(other)
  );
}

const fieldsShown = [
  "eventType",
  "state",
  "tier",
  "owner",
  "deadlineSeconds",
  "openHours",
  "worstDatacenter",
  "completeThrough",
  "states",
  "delays",
  "missed",
] as const;

/** An answer with the same incidents keeps the list's identity. */
function sameAlerts(one: CompactBoardRowJson["alerts"], other: CompactBoardRowJson["alerts"]): boolean {
  return one === other || (one.length === 0 && other.length === 0);
}

type LastDayProps = Pick<CompactBoardRowJson, "eventType" | "states" | "delays" | "missed" | "completeThrough"> & {
  currentHour: string;
};

const LastDay = memo(function LastDay({
  eventType,
  states,
  delays,
  missed,
  completeThrough,
  currentHour,
}: LastDayProps) {
  const strip = decodeStrip({ states, delays, missed });
  const firstHour = stripStart(currentHour, strip.length);
  return (
    <TideStrip
      eventType={eventType}
      cells={makeTideCells(strip, firstHour, completeThrough, currentHour)}
      // Hours' names sort chronologically.
      waterline={completeThrough !== null && completeThrough < firstHour ? "below" : "within"}
    />
  );
});

function Delay({ row }: { row: CompactBoardRowJson }) {
  const term = formatTerm(row.deadlineSeconds);
  const delay = delayText(row);
  if (delay === null)
    return (
      <span className={styles.term}>
        – / {term} <TrendMark row={row} />
      </span>
    );
  return (
    <span title={row.openHours === 1 ? "1 hour not closed" : `${row.openHours} hours not closed`}>
      <span className={isOver(row) ? styles.over : undefined}>{delay}</span>
      <span className={styles.term}> / {term}</span>
      <span className={styles.used} data-over={isOver(row) || undefined}>
        <span style={{ inlineSize: `${Math.round(usedShare(row) * 100)}%` }} />
      </span>
    </span>
  );
}

/** Marks types whose recent hours close slower or faster than the day before. */
function TrendMark({ row }: { row: CompactBoardRowJson }) {
  const trend = trendOf(row);
  if (trend === null) return null;
  const text = `closes ${trendText(trend)} than the day before`;
  return (
    <span className={styles.trend} data-direction={trend.direction} role="img" aria-label={text} title={text}>
      {trend.direction === "slower" ? "↗" : "↘"}
    </span>
  );
}

function delayText({ delaySeconds }: CompactBoardRowJson): string | null {
  return delaySeconds === null ? null : formatDuration(delaySeconds);
}

function isOver({ delaySeconds, deadlineSeconds }: CompactBoardRowJson): boolean {
  return delaySeconds !== null && delaySeconds > deadlineSeconds;
}
