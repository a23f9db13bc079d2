import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { ProgressJson } from "#domain/api/hour-evidence.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import styles from "./hour-progress.module.css";
import { makeProgressScale, type ProgressScale } from "./progress-scale.ts";

type Lane = ProgressJson["lanes"][number];

/** When each datacenter's watermark passed the hours' ends, and how that and its volume compare with the usual. */
export function HourProgress({ progress, verdict }: { progress: ProgressJson; verdict: VerdictJson }) {
  if (progress.lanes.length === 0) return <p className={page.quiet}>No datacenter is expected in this hour.</p>;
  const scale = makeProgressScale(progress, verdict);
  return (
    <>
      <ul className={styles.lanes}>
        {progress.lanes.map((lane) => (
          <li key={lane.datacenter}>
            <DatacenterLink name={lane.datacenter} />
            <LaneLine lane={lane} scale={scale} verdict={verdict} asOf={progress.asOf} />
            <span className={styles.words}>{wordsOf(lane, verdict, progress.asOf)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.axis}>
        <span>
          <Time at={scale.fromAt} relativeTo={progress.asOf} />
        </span>
        <span>
          <Time at={scale.toAt} relativeTo={progress.asOf} />
        </span>
      </p>
      <p className={styles.legend}>
        ● closed this hour, | its watermark passed another hour’s end, ┊ the hour’s end
        {Date.parse(verdict.deadlineAt) <= Date.parse(scale.toAt) && " and the deadline"}
        {progress.basis === null
          ? ". "
          : `, ░ closings of ${basisWords(progress.basis)}, the last ${progress.basisHours}.`}
        {progress.basis === null && "The usual closing is unknown: fewer than three earlier hours to compare."}
      </p>
    </>
  );
}

interface LaneLineProps {
  lane: Lane;
  scale: ProgressScale;
  verdict: VerdictJson;
  asOf: string;
}

/** Visual only; the words beside it say the same. */
function LaneLine({ lane, scale, verdict, asOf }: LaneLineProps) {
  const { usualDelay, closedAt, steps } = lane;
  const end = scale.percentOf(verdict.endsAt);
  const reached = scale.percentOf(closedAt ?? asOf);
  const isLate = Date.parse(closedAt ?? asOf) > Date.parse(verdict.deadlineAt);
  const inside = steps.filter(
    (step) =>
      Date.parse(step.closedAt) > Date.parse(scale.fromAt) && Date.parse(step.closedAt) <= Date.parse(scale.toAt),
  );
  return (
    <svg className={styles.line} viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
      {usualDelay && (
        <rect
          className={styles.usual}
          x={scale.percentOfDelay(usualDelay.low)}
          y="2"
          width={Math.max(0.6, scale.percentOfDelay(usualDelay.high) - scale.percentOfDelay(usualDelay.low))}
          height="16"
        />
      )}
      <line className={styles.hour} x1="0" y1="10" x2={end} y2="10" />
      <line
        className={styles.delay}
        data-late={isLate || undefined}
        data-open={closedAt === null || undefined}
        x1={end}
        y1="10"
        x2={reached}
        y2="10"
      />
      {[verdict.endsAt, verdict.deadlineAt]
        .filter((at) => Date.parse(at) <= Date.parse(scale.toAt))
        .map((at) => (
          <line key={at} className={styles.mark} x1={scale.percentOf(at)} y1="0" x2={scale.percentOf(at)} y2="20" />
        ))}
      {inside.map((step) => (
        <line
          key={step.closedThrough}
          className={styles.step}
          x1={scale.percentOf(step.closedAt)}
          y1="6"
          x2={scale.percentOf(step.closedAt)}
          y2="14"
        />
      ))}
      {closedAt && (
        <line className={styles.closed} data-late={isLate || undefined} x1={reached} y1="10" x2={reached} y2="10" />
      )}
    </svg>
  );
}

function wordsOf({ closedAt, usualDelay, usualProduced, produced }: Lane, verdict: VerdictJson, asOf: string): string {
  const delay = formatDuration(secondsBetween(verdict.endsAt, closedAt ?? asOf));
  const isOver = Date.parse(asOf) >= Date.parse(verdict.endsAt);
  const closing = closedAt ? `closed after ${delay}` : isOver ? `not closed for ${delay}` : "the hour has not ended";
  const usual = usualDelay ? `, usually ${formatDuration(usualDelay.low)} to ${formatDuration(usualDelay.high)}` : "";
  const volume =
    produced !== null && usualProduced
      ? `; ${formatCount(produced)} produced, usually ${formatCount(Math.round(usualProduced.low))} to ${formatCount(Math.round(usualProduced.high))}`
      : "";
  return `${closing}${usual}${volume}`;
}

function basisWords(basis: "hour-of-week" | "hour-of-day"): string {
  return basis === "hour-of-week" ? "this hour of the week" : "this hour of the day";
}
