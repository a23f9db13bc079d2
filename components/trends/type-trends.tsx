"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsNumberLiteral, useQueryState } from "nuqs";
import { AlertTable } from "#components/alerts/alert-table.tsx";
import { queries } from "#components/api/queries.ts";
import { Choice } from "#components/ui/choice.tsx";
import { formatDuration, formatTerm } from "#components/ui/duration.ts";
import { Notice } from "#components/ui/notice.tsx";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Section } from "#components/ui/section.tsx";
import type { HistoryJson } from "#domain/api/history.ts";
import { parseHour } from "#domain/hour.ts";
import { trendDays, weekCarpet } from "#domain/trend.ts";
import { ChartCard } from "./chart-card.tsx";
import { TypePromise } from "./type-promise.tsx";
import { TypeTabs } from "./type-tabs.tsx";
import { TypeVolume } from "./type-volume.tsx";
import { WeekCarpetView } from "./week-carpet-view.tsx";

const ranges = [30, 90] as const;

/** A type over weeks: when it closes, what it loses, its volume, its objectives. */
export function TypeTrends({ initial }: { initial: HistoryJson }) {
  const { eventType } = initial;
  const [days, setDays] = useQueryState("days", parseAsNumberLiteral(ranges).withDefault(30));
  const query = useQuery({
    ...queries.history(eventType, days),
    ...(days === 30 ? { initialData: initial } : {}),
    placeholderData: keepPreviousData,
  });
  const history = query.data ?? initial;
  const columns = { ...history, from: parseHour(history.from) ?? new Date(0) };
  const trend = trendDays(columns);
  const closed = history.closingDelaySeconds.filter((delay) => delay !== null);
  const missed = closed.filter((delay) => delay > history.deadlineSeconds).length;
  return (
    <article className={page.page}>
      <PageHeading query={query}>{eventType}</PageHeading>
      <TypeTabs eventType={eventType} current="Trends" />
      <div className={page.controls}>
        <Choice
          label="Over"
          value={String(days)}
          data={ranges.map((range) => ({ value: String(range), label: `${range} days` }))}
          onChange={(value) => void setDays(value === "90" ? 90 : 30)}
        />
      </div>
      {closed.length === 0 ? (
        <Notice title={`No closed hours in the last ${days} days`} level={2}>
          <p>Trends use closed hours only. See the hours for what they wait for.</p>
        </Notice>
      ) : (
        <>
          <ChartCard
            id="closing"
            title="Closing delay"
            data={trend.map(({ day, p50, p90, max }) => ({ day, p50, p90, max }))}
            x="day"
            series={[
              { key: "p50", name: "half of the hours", ink: "var(--state-complete)" },
              { key: "p90", name: "9 of 10 hours", ink: "var(--state-verifying)" },
              { key: "max", name: "all hours", ink: "var(--tm-muted)", dash: "3 3" },
            ]}
            format={formatDuration}
            limit={{ value: history.deadlineSeconds, name: `deadline ${formatTerm(history.deadlineSeconds)}` }}
            marks={history.deployments.map(({ deployedAt, component, version }) => ({
              x: deployedAt.slice(0, 10),
              title: `${component} ${version}`,
            }))}
          >
            {formatCount(missed)} of {formatCount(closed.length)} closed hours missed the deadline.
            {history.deployments.length > 0 && (
              <>
                {" "}
                Thin lines mark days with <Link href="/deployments">deployments</Link>.
              </>
            )}
          </ChartCard>
          <Section id="carpet" title="Closing delay by hour of the week">
            <p>Median closing delay. Darker cells use more of the deadline; cells past it have the colour of late.</p>
            <WeekCarpetView carpet={weekCarpet(columns)} deadlineSeconds={history.deadlineSeconds} />
          </Section>
          <ChartCard
            id="quality"
            title="Lost, duplicated, skewed"
            data={trend.map(({ day, lostShare, duplicatedShare, skewedShare }) => ({
              day,
              lost: lostShare,
              duplicated: duplicatedShare,
              skewed: skewedShare,
            }))}
            x="day"
            series={[
              { key: "lost", name: "lost", ink: "var(--state-incomplete)" },
              { key: "duplicated", name: "duplicated", ink: "var(--state-overcounted)", dash: "6 2" },
              { key: "skewed", name: "landed in another hour", ink: "var(--state-closing)", dash: "2 2" },
            ]}
            format={formatShare}
          >
            Share of the day’s produced events.
          </ChartCard>
        </>
      )}
      <TypeVolume eventType={eventType} />
      <TypePromise eventType={eventType} />
      <TypeAlerts eventType={eventType} asOf={history.asOf} />
    </article>
  );
}

function TypeAlerts({ eventType, asOf }: { eventType: string; asOf: string }) {
  const { data } = useQuery(queries.alerts(`eventType=${encodeURIComponent(eventType)}&limit=100`));
  if (!data) return null;
  return (
    <Section id="its-alerts" title="Alerts">
      <AlertTable alerts={data.items} asOf={asOf} />
    </Section>
  );
}
