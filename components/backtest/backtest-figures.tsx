import { Disclosure } from "#components/ui/disclosure.tsx";
import { formatDuration } from "#components/ui/duration.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import type { BacktestJson } from "#domain/api/backtest.ts";
import styles from "./backtest.module.css";
import { noun, sayBacktest } from "./say-backtest.ts";

/** The sentence and the five figures for choosing a threshold. */
export function BacktestFigures({ backtest }: { backtest: BacktestJson }) {
  const { notReplayable, breaches, lead, pagesPerWeek, falsePages, undecidedPages, severity, notes } = backtest;
  if (notReplayable !== null) {
    return (
      <p role="status" className={page.quiet}>
        {notReplayable}
      </p>
    );
  }
  const label = `${noun(severity)}s`;
  return (
    <>
      <p role="status">{sayBacktest(backtest)}</p>
      <dl className={styles.figures}>
        <Figure name={`${label} a week`} value={formatRate(pagesPerWeek)} />
        {breaches && (
          <Figure name="breaches caught" value={`${formatCount(breaches.caught)} of ${formatCount(breaches.total)}`} />
        )}
        {breaches && <Figure name="missed" value={formatCount(breaches.missed)} isBad={breaches.missed > 0} />}
        {breaches && <Figure name={`false ${label}`} value={formatCount(falsePages)} isBad={falsePages > 0} />}
        {undecidedPages > 0 && <Figure name={`undecided ${label}`} value={formatCount(undecidedPages)} />}
        {lead && <Figure name="median lead" value={formatLead(lead.p50Seconds)} isBad={lead.p50Seconds <= 0} />}
      </dl>
      <Disclosure
        summary={`What this rests on: ${formatCountOf(backtest.replayedEventTypes, "event type")}, ${formatCountOf(backtest.hours, "hour")}`}
      >
        <ul>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}

function Figure({ name, value, isBad = false }: { name: string; value: string; isBad?: boolean }) {
  return (
    <div data-bad={isBad || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** "0", "0.4", "12". */
export function formatRate(perWeek: number): string {
  return perWeek === 0 || perWeek >= 10 ? formatCount(perWeek) : perWeek < 0.1 ? "under 0.1" : perWeek.toFixed(1);
}

export function formatLead(seconds: number): string {
  if (seconds > 0) return formatDuration(seconds);
  return seconds > -60 ? "at the deadline" : `${formatDuration(-seconds)} too late`;
}
