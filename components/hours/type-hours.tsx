"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { openSearch } from "#components/alerts/open-search.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { EventTypeHeader } from "#components/catalogue/event-type-header.tsx";
import { TypeConsumers } from "#components/consumers/type-consumers.tsx";
import { UseThisType } from "#components/consumers/use-this-type.tsx";
import { newCorrectionHref } from "#components/corrections/correction-words.ts";
import { CorrectionsHere } from "#components/corrections/corrections-here.tsx";
import { LagChart } from "#components/series/lag-chart.tsx";
import { seriesOfLags } from "#components/series/lag-series.ts";
import { useLagRange } from "#components/series/use-lag-range.ts";
import { TypeTabs } from "#components/trends/type-tabs.tsx";
import { AsOf } from "#components/ui/as-of.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import type { VerdictSummaryJson } from "#domain/api/verdict.ts";
import { type HourRange, resolveHourRange } from "./hour-range.ts";
import { HoursTable } from "./hours-table.tsx";
import { RangePager } from "./range-pager.tsx";
import { TideDays } from "./tide-days.tsx";

interface TypeHoursProps {
  initialEventType: EventTypeJson;
  initialVerdicts: VerdictSummaryJson[];
  initialRange: HourRange;
  /** The range from the URL: without bounds it moves with time. */
  asked: { from?: string; to?: string };
  /** The product's time when the server read all this. */
  initialAsOf: string;
}

/** One claimed event type: its objectives, and its hours in a range. */
export function TypeHours({ initialEventType, initialVerdicts, initialRange, asked, initialAsOf }: TypeHoursProps) {
  const { name } = initialEventType;
  const eventType = useQuery({ ...queries.eventType(name), initialData: initialEventType });
  const status = useQuery({ ...queries.status(), enabled: false });
  const asOf = latestOf(initialAsOf, status.data?.now);
  const range = resolveHourRange(asked, new Date(asOf));
  const sameRange = range.from === initialRange.from && range.to === initialRange.to;
  const hours = useQuery({
    ...queries.hours(name, range),
    ...(sameRange ? { initialData: { items: initialVerdicts, nextCursor: null } } : {}),
    placeholderData: keepPreviousData,
  });
  const verdicts = hours.data?.items ?? initialVerdicts;
  return (
    <article className={page.page}>
      <EventTypeHeader eventType={eventType.data} asOf={asOf} />
      <TypeTabs eventType={name} current="Hours" />
      {range.fault && <p className={page.refusal}>{range.fault}</p>}
      <div className={page.heading}>
        <RangePager eventType={name} range={range} />
        <AsOf updatedAtMs={hours.dataUpdatedAt} failure={failureOf(hours) ?? failureOf(eventType)} />
      </div>
      {verdicts.length === 0 ? (
        <Notice title="No verdicts in this range" level={2}>
          <p>{whyNone(eventType.data, range)}</p>
        </Notice>
      ) : (
        <>
          <TideDays
            eventType={name}
            verdicts={verdicts}
            range={range}
            completeThrough={eventType.data.completeThrough}
            asOf={asOf}
          />
          <TypeLag eventType={name} />
          <HoursTable verdicts={verdicts} />
        </>
      )}
      <CorrectionsHere
        filters={{ eventType: name }}
        acts={[
          { name: "Reset watermark…", href: newCorrectionHref({ action: "reset-watermark", eventType: name }) },
          { name: "Discard counts…", href: newCorrectionHref({ action: "discard-counts", eventType: name }) },
        ]}
        asOf={asOf}
      />
      <TypeConsumers eventType={name} />
      <UseThisType eventType={name} completeThrough={eventType.data.completeThrough} />
    </article>
  );
}

function latestOf(one: string, other: string | undefined): string {
  return other !== undefined && Date.parse(other) > Date.parse(one) ? other : one;
}

function whyNone({ activeFrom, activeTo }: EventTypeJson, range: HourRange): string {
  if (activeFrom && Date.parse(activeFrom) >= Date.parse(`${range.to}:00Z`)) {
    return `The first hour with a verdict is ${activeFrom.slice(0, 13)} (UTC). Choose a later range.`;
  }
  if (activeTo && Date.parse(activeTo) <= Date.parse(`${range.from}:00Z`)) {
    return `It was active until ${activeTo.slice(0, 13)} (UTC). Choose an earlier range.`;
  }
  return "Hours get a verdict once they begin. Choose a range that ends now or earlier.";
}

/** How far a type was behind at each datacenter, with the open incidents that affect hours of it. */
function TypeLag({ eventType }: { eventType: string }) {
  const { query: range } = useLagRange();
  const query = useQuery({ ...queries.typeLag(eventType, range), placeholderData: keepPreviousData });
  const search = new URLSearchParams(openSearch);
  search.set("eventType", eventType);
  const incidents = useQuery(queries.incidents(search.toString()));
  return (
    <LagChart
      series={query.data && seriesOfLags(query.data)}
      asOf={query.data?.asOf}
      failure={failureOf(query)}
      hint="By datacenter, each minute."
      incidents={(incidents.data?.items ?? []).map(({ id, situation }) => ({ id, ...situation }))}
    />
  );
}
