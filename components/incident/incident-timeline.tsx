"use client";

import { Button } from "@mantine/core";
import { responseTimes } from "#components/alerts/incident-words.ts";
import { withBase } from "#components/api/base-path.ts";
import { useSeriesRange } from "#components/series/use-series-range.ts";
import { Fact } from "#components/ui/fact.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { IncidentJson } from "#domain/api/alerts.ts";
import styles from "./incident.module.css";
import { linkedParts } from "./linked-parts.ts";

/** What happened and who did what, oldest first. */
export function IncidentTimeline({ incident, asOf }: { incident: IncidentJson; asOf: string }) {
  const [range, setRange] = useSeriesRange();
  const shown = incident.timeline.filter(
    ({ at }) => (range.from === null || at >= range.from) && (range.to === null || at <= range.to),
  );
  const outside = incident.timeline.length - shown.length;
  return (
    <Section id="timeline" title="Timeline">
      <dl className={page.facts}>
        {responseTimes(incident).map(({ name, text }) => (
          <Fact key={name} name={name}>
            {text}
          </Fact>
        ))}
      </dl>
      <ol className={styles.timeline}>
        {shown.map(({ id, at, kind, actor, message }) => (
          <li key={id} data-kind={kind}>
            <Time at={at} relativeTo={asOf} />
            <NoteText text={message} />
            <span className={page.quiet}>{actor}</span>
          </li>
        ))}
      </ol>
      {outside > 0 && (
        <p className={page.quiet}>
          {formatCount(outside)} more outside the chart’s range.{" "}
          <Button size="compact-sm" onClick={() => setRange({ from: null, to: null })}>
            Show all
          </Button>
        </p>
      )}
    </Section>
  );
}

/** What a person wrote, with its line breaks and its web addresses as links. Text only: markup is shown as it is. */
function NoteText({ text }: { text: string }) {
  return (
    <span className={styles.note}>
      {linkedParts(text).map(({ at, text: part, href }) =>
        href === null ? (
          part
        ) : (
          <a key={at} href={withBase(href)} rel="noreferrer nofollow" target="_blank">
            {part}
          </a>
        ),
      )}
    </span>
  );
}
