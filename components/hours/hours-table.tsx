import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { HourLink } from "#components/ui/hour-link.tsx";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { StateWord } from "#components/ui/state-word.tsx";
import { capitalize } from "#components/ui/words.ts";
import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import styles from "./bars.module.css";
import { DelayBar } from "./bars.tsx";
import { promiseSeconds } from "./verdict-sentence.ts";

const figure = (
  key: "produced" | "delivered" | "lost" | "duplicated" | "skewed",
  narrow?: Column<VerdictSummaryJson>["narrow"],
): Column<VerdictSummaryJson> => ({
  head: capitalize(key),
  figure: true,
  cell: (verdict) => formatCount(verdict[key]),
  tone: (verdict) => (isQuiet(verdict, key) ? "quiet" : undefined),
  ...(narrow && { narrow }),
});

const columns: Column<VerdictSummaryJson>[] = [
  {
    head: "Hour",
    word: true,
    cell: ({ eventType, hour }) => <HourLink eventType={eventType} hour={hour} />,
  },
  {
    head: "State",
    label: null,
    word: true,
    narrow: "aside",
    cell: ({ state, amended }) => <StateWord state={state} amended={amended} />,
  },
  { head: "Closed after", label: null, narrow: "line", cell: (verdict) => <Delay verdict={verdict} /> },
  figure("produced"),
  figure("delivered", "hidden"),
  figure("lost", "hidden-if-quiet"),
  figure("duplicated", "hidden-if-quiet"),
  figure("skewed", "hidden"),
  {
    head: "Completeness",
    figure: true,
    cell: ({ completeness }) => (completeness === null ? "unknown" : formatShare(completeness)),
    tone: ({ completeness, closedAt }) => (completeness === null || closedAt === null ? "quiet" : undefined),
  },
];

/** The hours of one type, newest first. */
export function HoursTable({ verdicts }: { verdicts: readonly VerdictSummaryJson[] }) {
  return (
    <DataTable label="Hours, newest first" columns={columns} rows={verdicts.toReversed()} rowKey={({ hour }) => hour} />
  );
}

// Before the hour is closed, missing events are late, not lost.
function isQuiet(
  verdict: VerdictSummaryJson,
  figure: "produced" | "delivered" | "lost" | "duplicated" | "skewed",
): boolean {
  return verdict[figure] === 0 || (figure === "lost" && verdict.closedAt === null);
}

function Delay({ verdict }: { verdict: VerdictSummaryJson }) {
  if (verdict.state === "open") return <span className={page.quiet}>not ended</span>;
  const delaySeconds = verdict.closingDelaySeconds ?? secondsBetween(verdict.endsAt, verdict.asOf);
  return (
    <span className={styles.delay}>
      <DelayBar delaySeconds={delaySeconds} deadlineSeconds={promiseSeconds(verdict)} />
      <span className={verdict.deadlineMet === false ? page.trouble : undefined}>
        {formatDuration(delaySeconds)}
        {verdict.closedAt === null && <span className={page.quiet}> so far</span>}
      </span>
    </span>
  );
}
