"use client";

import Link from "next/link";
import { memo, useRef } from "react";
import { formatDuration, formatTerm } from "#components/ui/duration.ts";
import { StateWord } from "#components/ui/state-word.tsx";
import { TideStrip } from "#components/ui/tide-strip.tsx";
import { makeTideCells, stripStart } from "#components/ui/tide-strip-model.ts";
import type { BoardRowJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { ForecastCell } from "./forecast-cell.tsx";
import { percentOf, trendOf, trendText, usedShare } from "./row-figures.ts";
import { useNearViewport } from "./use-near-viewport.ts";

interface BoardRowProps {
  row: BoardRowJson;
  /** By name: the last cell's. */
  currentHour: string;
  /** Drawn whole from the start; the others draw their strip when they come near the screen. */
  eager: boolean;
  /** Its sheet is open beside the board. */
  isOpen: boolean;
}

export const BoardRow = memo(function BoardRow({ row, currentHour, eager, isOpen }: BoardRowProps) {
  const element = useRef<HTMLTableRowElement>(null);
  const near = useNearViewport(element, eager);
  return (
    <tr ref={element} className={styles.row} data-state={row.state} data-open={isOpen || undefined}>
      <td className={styles.state}>
        <StateWord state={row.state} />
      </td>
      <th scope="row" className={styles.name}>
        <Link
          href={`/event-types/${encodeURIComponent(row.eventType)}`}
          prefetch={false}
          data-row-link={row.eventType}
          aria-expanded={isOpen}
        >
          {row.eventType}
        </Link>
      </th>
      <td className={styles.tier}>{row.tier}</td>
      <td className={styles.owner} title={row.owner}>
        {row.owner}
      </td>
      <td className={styles.strip}>
        {near && (
          <LastDay
            eventType={row.eventType}
            strip={row.strip}
            completeThrough={row.completeThrough}
            currentHour={currentHour}
          />
        )}
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

// Delays grow with every answer, what is shown of them once a minute; an hour that did not change stays the same object.
function looksTheSame(before: BoardRowProps, after: BoardRowProps): boolean {
  const [one, other] = [before.row, after.row];
  return (
    before.currentHour === after.currentHour &&
    before.eager === after.eager &&
    before.isOpen === after.isOpen &&
    one.strip === other.strip &&
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
] as const;

type LastDayProps = Pick<BoardRowJson, "eventType" | "strip" | "completeThrough"> & { currentHour: string };

const LastDay = memo(function LastDay({ eventType, strip, completeThrough, currentHour }: LastDayProps) {
  const firstHour = stripStart(currentHour, strip.length);
  return (
    <TideStrip
      eventType={eventType}
      cells={makeTideCells(strip, firstHour, completeThrough, currentHour)}
      // Hours' names sort as hours do.
      waterline={completeThrough !== null && completeThrough < firstHour ? "below" : "within"}
    />
  );
});

function Delay({ row }: { row: BoardRowJson }) {
  const term = formatTerm(row.deadlineSeconds);
  const delay = delayText(row);
  if (delay === null)
    return (
      <span className={styles.term}>
        – / {term} <TrendMark row={row} />
      </span>
    );
  return (
    <span title={row.openHours === 1 ? "1 hour is not closed" : `${row.openHours} hours are not closed`}>
      <span className={isOver(row) ? styles.over : undefined}>{delay}</span>
      <span className={styles.term}> / {term}</span>
      <span className={styles.used} data-over={isOver(row) || undefined}>
        <span style={{ inlineSize: `${Math.round(usedShare(row) * 100)}%` }} />
      </span>
    </span>
  );
}

/** Where its hours lately close slower or faster than the day before. */
function TrendMark({ row }: { row: BoardRowJson }) {
  const trend = trendOf(row.strip);
  if (trend === null) return null;
  const text = `closes ${trendText(trend)} than the day before`;
  return (
    <span className={styles.trend} data-direction={trend.direction} role="img" aria-label={text} title={text}>
      {trend.direction === "slower" ? "↗" : "↘"}
    </span>
  );
}

function delayText({ delaySeconds }: BoardRowJson): string | null {
  return delaySeconds === null ? null : formatDuration(delaySeconds);
}

function isOver({ delaySeconds, deadlineSeconds }: BoardRowJson): boolean {
  return delaySeconds !== null && delaySeconds > deadlineSeconds;
}
