import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { TideStrip } from "#components/ui/tide-strip.tsx";
import { hourNameOf, makeTideCells } from "#components/ui/tide-strip-model.ts";
import type { RangeReadinessJson } from "#domain/api/ready.ts";
import { countReady, hourLabels } from "./day-words.ts";
import styles from "./ready.module.css";

/** The spacing of hour labels. */
const labelEvery = 3;

/** One row per type, one cell per hour, labelled by the clock of the day's zone. */
export function DayHours({ readiness, zone }: { readiness: RangeReadinessJson; zone: string }) {
  const { types, from, to, asOf } = readiness;
  const labels = hourLabels(from, to, zone);
  return (
    <ul className={styles.types} aria-label="Hours by event type">
      <li aria-hidden="true">
        <span />
        <span className={styles.axis}>
          {labels.map((label, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour that the clocks repeat has its label twice
            <span key={index}>{index % labelEvery === 0 && label}</span>
          ))}
        </span>
        <span />
      </li>
      {types.map(({ eventType, hours }) => (
        <li key={eventType}>
          <PageLink href={`/event-types/${encodeURIComponent(eventType)}?from=${from}&to=${to}`}>{eventType}</PageLink>
          <TideStrip
            eventType={eventType}
            waterline="within"
            cells={makeTideCells(
              hours.map((hour) => hour && { ...hour, closingDelaySeconds: null }),
              from,
              null,
              hourNameOf(asOf),
            )}
          />
          <span className={page.quiet}>{countReady(hours)} ready</span>
        </li>
      ))}
    </ul>
  );
}
