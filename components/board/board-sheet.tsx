"use client";

import { ActionIcon } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { failureOf, queries } from "#components/api/queries.ts";
import { waitingFirst } from "#components/explain/waiting-first.ts";
import { DatacenterTable } from "#components/hours/datacenter-table.tsx";
import { PromiseLine } from "#components/hours/promise-line.tsx";
import { verdictSentence } from "#components/hours/verdict-sentence.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import { HourLink } from "#components/ui/hour-link.tsx";
import { HourName } from "#components/ui/hour-name.tsx";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { useSingleKeys } from "#components/ui/single-keys.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { Time } from "#components/ui/time.tsx";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";
import styles from "./board-sheet.module.css";
import { incidentAddress, standing } from "./row-alerts.ts";
import { trendOf, trendText } from "./row-figures.ts";
import { shownHour } from "./shown-hour.ts";

interface BoardSheetProps {
  row: CompactBoardRowJson;
  /** The current hour, by name. */
  currentHour: string;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onClose: () => void;
}

/** One type beside the board, which stays in place: first the cause, then its datacenters, then its recent hours. */
export function BoardSheet({ row, currentHour, onPrevious, onNext, onClose }: BoardSheetProps) {
  const hour = shownHour(row, currentHour);
  const heading = useRef<HTMLHeadingElement>(null);
  const address = `/event-types/${encodeURIComponent(row.eventType)}`;
  const trend = trendOf(row);
  const singleKeys = useSingleKeys();
  // Before it can be seen: whoever presses Enter at once is in the sheet already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another type moves the focus again.
  useLayoutEffect(() => heading.current?.focus(), [row.eventType]);
  const keyAct = ({ key, target }: KeyboardEvent) => {
    if (key === "Escape") return onClose;
    if (key === "Enter" && target === heading.current) return () => heading.current?.querySelector("a")?.click();
    if (!singleKeys) return null;
    return key === "j" ? onNext : key === "k" ? onPrevious : null;
  };
  return (
    <aside
      className={styles.sheet}
      aria-labelledby="sheet-title"
      onKeyDown={(event) => {
        const act = keyAct(event);
        if (!act) return;
        // The board's keys ignore events that were handled.
        event.preventDefault();
        act();
      }}
    >
      <header className={styles.head}>
        <h2 id="sheet-title" ref={heading} tabIndex={-1}>
          <StateGlyph state={row.state} /> <Link href={address}>{row.eventType}</Link>
        </h2>
        <span>
          <SheetButton label="Previous type" onClick={onPrevious}>
            <IconChevronUp size={18} stroke={1.75} aria-hidden="true" />
          </SheetButton>
          <SheetButton label="Next type" onClick={onNext}>
            <IconChevronDown size={18} stroke={1.75} aria-hidden="true" />
          </SheetButton>
          <SheetButton label="Close" onClick={onClose}>
            <IconX size={18} stroke={1.75} aria-hidden="true" />
          </SheetButton>
        </span>
      </header>
      <p className={page.quiet}>
        {row.tier} tier, owned by {row.owner}
      </p>
      <SheetAlerts alerts={row.alerts} currentHour={currentHour} />
      {hour === null ? <p>No verdict in the last 24 hours.</p> : <ShownHour eventType={row.eventType} hour={hour} />}
      <section aria-label="Trend">
        <h3>Trend</h3>
        <p>
          {trend === null
            ? "The closing delay is about the same as the day before."
            : `The last four hours closed ${trendText(trend)} than the earlier hours of the last day.`}
          {row.completeThrough !== null && (
            <>
              {" "}
              Complete through <HourName hour={row.completeThrough} />.
            </>
          )}
        </p>
        <p>
          <Link href={address}>All hours</Link>
        </p>
      </section>
    </aside>
  );
}

function SheetAlerts({ alerts, currentHour }: { alerts: CompactBoardRowJson["alerts"]; currentHour: string }) {
  if (alerts.length === 0) return null;
  return (
    <section aria-label="Alerts">
      <h3>Alerts</h3>
      <ul className={styles.reasons}>
        {alerts.map((alert) => (
          <li key={alert.incidentId}>
            <PageLink href={incidentAddress(alert)}>Incident {alert.incidentId}</PageLink>: {alert.severity} since{" "}
            <Time at={alert.since} relativeTo={`${currentHour}:00:00Z`} />, {standing(alert)}.
          </li>
        ))}
      </ul>
    </section>
  );
}

function SheetButton({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: (() => void) | null;
  children: ReactNode;
}) {
  if (onClick === null) return null;
  return (
    <ActionIcon aria-label={label} title={label} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}

function ShownHour({ eventType, hour }: { eventType: string; hour: string }) {
  const query = useQuery(queries.verdict(eventType, hour));
  const verdict = query.data;
  const failure = failureOf(query);
  if (!verdict) return <p role="status">{failure ?? "Loading the evidence…"}</p>;
  return (
    <>
      <section aria-label="Why">
        <h3>
          <HourLink eventType={eventType} hour={hour} />
        </h3>
        <p className={styles.sentence}>{verdictSentence(verdict)}</p>
        <LikelyCause verdict={verdict} />
        <PromiseLine verdict={verdict} />
        {verdict.reasons.length > 0 && (
          <ul className={styles.reasons}>
            {verdict.reasons.map((reason) => (
              <li key={`${reason.code} ${reason.datacenter}`}>{reason.message}</li>
            ))}
          </ul>
        )}
      </section>
      <section aria-label="Datacenters">
        <h3>Datacenters</h3>
        <DatacenterTable verdict={verdict} />
      </section>
      <AsOf updatedAtMs={query.dataUpdatedAt} failure={failure} />
    </>
  );
}

/** The hour page's explanation, in a sentence; nothing if there is none. */
function LikelyCause({ verdict }: { verdict: VerdictJson }) {
  const { data } = useQuery(queries.explanation(verdict.eventType, verdict.hour));
  const [cause] = waitingFirst(data?.causes ?? [], verdict);
  return cause ? <p className={page.quiet}>Likely cause: {cause.sentence}</p> : null;
}
