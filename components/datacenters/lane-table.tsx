import Link from "next/link";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { formatDuration, formatTerm } from "#components/ui/duration.ts";
import { HourLink } from "#components/ui/hour-link.tsx";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import type { LaneJson, LanesJson } from "#domain/api/lateness.ts";

const shownAtFirst = 30;

const columns: Column<LaneJson>[] = [
  {
    head: "Event type",
    cell: ({ eventType, tier, deadlineSeconds }) => (
      <>
        <PageLink href={`/event-types/${encodeURIComponent(eventType)}`}>{eventType}</PageLink>{" "}
        <span className={page.quiet}>
          {tier}, {formatTerm(deadlineSeconds)}
        </span>
      </>
    ),
  },
  {
    head: "Behind",
    cell: ({ lagSeconds }) => (lagSeconds === null ? "no watermark yet" : formatDuration(lagSeconds)),
  },
  { head: "Ended hours not closed", cell: (lane) => <OpenHours lane={lane} /> },
  {
    head: "Waiting",
    cell: backlogText,
    tone: ({ backlogs }) => (backlogs.some(({ oldestAgeSeconds }) => oldestAgeSeconds > 0) ? undefined : "quiet"),
  },
];

/** Every type expected there, furthest behind first. */
export function LaneTable({ lanes, showAll }: { lanes: LanesJson; showAll: boolean }) {
  if (lanes.items.length === 0) return <p className={page.quiet}>No claimed type is expected there.</p>;
  const shown = showAll ? lanes.items : lanes.items.slice(0, shownAtFirst);
  return (
    <>
      <DataTable
        plain
        label="Event types, furthest behind first"
        columns={columns}
        rows={shown}
        rowKey={({ eventType }) => eventType}
      />
      {shown.length < lanes.items.length && (
        <p>
          <Link href="?types=all" scroll={false}>
            Show all {formatCount(lanes.items.length)} types
          </Link>
        </p>
      )}
    </>
  );
}

function OpenHours({ lane }: { lane: LaneJson }) {
  const { openHours, oldestOpenHour, lateHours } = lane;
  if (openHours === 0 || oldestOpenHour === null) return <span className={page.quiet}>none</span>;
  return (
    <>
      {formatCount(openHours)}
      {lateHours > 0 && <span className={page.trouble}>, {formatCount(lateHours)} late</span>}, from{" "}
      <HourLink eventType={lane.eventType} hour={oldestOpenHour} />
    </>
  );
}

function backlogText({ backlogs }: LaneJson): string {
  const waiting = backlogs.filter(({ oldestAgeSeconds }) => oldestAgeSeconds > 0);
  if (backlogs.length === 0) return "not reported";
  if (waiting.length === 0) return "none";
  return waiting
    .map(({ stage, oldestAgeSeconds, messages }) => {
      const many = messages === null ? "events" : formatCountOf(messages, "message");
      return `${many} not ${stage} yet, oldest ${formatDuration(oldestAgeSeconds)}`;
    })
    .join("; ");
}
