import { formatTerm } from "#components/ui/duration.ts";
import { Fact } from "#components/ui/fact.tsx";
import { HourLink } from "#components/ui/hour-link.tsx";
import { HourName } from "#components/ui/hour-name.tsx";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import styles from "./catalog.module.css";

const holesShown = 12;

/** A claimed type's catalogue entry, and how far it is complete. */
export function EventTypeHeader({ eventType, asOf }: { eventType: EventTypeJson; asOf: string }) {
  const { owner, tier, deadlineSeconds, datacenters, activeFrom, activeTo } = eventType;
  return (
    <header className={page.list}>
      <h1>{eventType.name}</h1>
      {eventType.description && <p className={styles.description}>{eventType.description}</p>}
      <dl className={page.facts}>
        <Fact name="Complete through">
          {eventType.completeThrough ? <HourName hour={eventType.completeThrough} /> : "none yet"}
        </Fact>
        <Fact name="Owner">{owner ?? "none"}</Fact>
        <Fact name="Tier">{tier ?? "none"}</Fact>
        {deadlineSeconds !== null && <Fact name="Deadline">{formatTerm(deadlineSeconds)} after the hour</Fact>}
        <Fact name="Status">{eventType.status}</Fact>
        <Fact name="Datacenters">{datacenters ? datacenters.join(", ") : "all active"}</Fact>
        {activeFrom && (
          <Fact name="Judged">
            from <Time at={activeFrom} relativeTo={asOf} />
            {activeTo && (
              <>
                {" to "}
                <Time at={activeTo} relativeTo={asOf} />
              </>
            )}
          </Fact>
        )}
        <Fact name="Tolerance">
          lost {formatShare(eventType.maxLost)}, duplicated {formatShare(eventType.maxDuplicated)}
        </Fact>
      </dl>
      <Holes eventType={eventType} />
    </header>
  );
}

function Holes({ eventType: { name, holes, holeCount } }: { eventType: EventTypeJson }) {
  if (holeCount === 0) return null;
  const shown = holes.slice(0, holesShown);
  return (
    <p className={styles.holes}>
      <strong>{holeCount === 1 ? "1 hole" : `${formatCount(holeCount)} holes`}</strong> with complete hours after{" "}
      {holeCount === 1 ? "it" : "them"}:{" "}
      {shown.map((hour, index) => (
        <span key={hour}>
          {index > 0 && ", "}
          <HourLink eventType={name} hour={hour} />
        </span>
      ))}
      {holeCount > shown.length && `, and ${formatCount(holeCount - shown.length)} more`}.
    </p>
  );
}
