import Link from "next/link";
import { formatDuration, formatTerm } from "#components/ui/duration.ts";
import { HourName } from "#components/ui/hour-name.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import type { LaneJson, LanesJson } from "#domain/api/lateness.ts";
import styles from "./datacenters.module.css";

const shownAtFirst = 30;

/** Every type expected there, furthest behind first. */
export function LaneTable({ lanes, showAll }: { lanes: LanesJson; showAll: boolean }) {
  if (lanes.items.length === 0) return <p className={page.quiet}>No claimed type is expected there.</p>;
  const shown = showAll ? lanes.items : lanes.items.slice(0, shownAtFirst);
  return (
    <>
      <table className={styles.table} aria-label="Event types, furthest behind first">
        <thead>
          <tr>
            <th scope="col">Event type</th>
            <th scope="col">Behind</th>
            <th scope="col">Ended hours not closed</th>
            <th scope="col">Waiting</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((lane) => (
            <LaneRow key={lane.eventType} lane={lane} />
          ))}
        </tbody>
      </table>
      {shown.length < lanes.items.length && (
        <p className={styles.more}>
          <Link href="?types=all" scroll={false}>
            Show all {formatCount(lanes.items.length)} types
          </Link>
        </p>
      )}
    </>
  );
}

function LaneRow({ lane }: { lane: LaneJson }) {
  const { eventType, tier, deadlineSeconds, lagSeconds, openHours, oldestOpenHour, lateHours } = lane;
  const path = `/event-types/${encodeURIComponent(eventType)}`;
  return (
    <tr>
      <th scope="row">
        <Link href={path} prefetch={false}>
          {eventType}
        </Link>{" "}
        <span className={page.quiet}>
          {tier}, {formatTerm(deadlineSeconds)}
        </span>
      </th>
      <td data-label="Behind">{lagSeconds === null ? "no watermark yet" : formatDuration(lagSeconds)}</td>
      <td data-label="Ended hours not closed">
        {openHours === 0 || oldestOpenHour === null ? (
          <span className={page.quiet}>none</span>
        ) : (
          <>
            {formatCount(openHours)}
            {lateHours > 0 && <span className={styles.trouble}>, {formatCount(lateHours)} late</span>}, from{" "}
            <Link href={`${path}/hours/${oldestOpenHour}`} prefetch={false}>
              <HourName hour={oldestOpenHour} />
            </Link>
          </>
        )}
      </td>
      <td data-label="Waiting">
        <Backlogs lane={lane} />
      </td>
    </tr>
  );
}

function Backlogs({ lane }: { lane: LaneJson }) {
  const waiting = lane.backlogs.filter(({ oldestAgeSeconds }) => oldestAgeSeconds > 0);
  if (lane.backlogs.length === 0) return <span className={page.quiet}>not reported</span>;
  if (waiting.length === 0) return <span className={page.quiet}>none</span>;
  return (
    <>
      {waiting
        .map(({ stage, oldestAgeSeconds, messages }) => {
          const many = messages === null ? "events" : formatCount(messages);
          return `${many} not ${stage} yet, oldest ${formatDuration(oldestAgeSeconds)}`;
        })
        .join("; ")}
    </>
  );
}
