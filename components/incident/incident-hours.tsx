import { effectText } from "#components/alerts/incident-words.ts";
import { withBase } from "#components/api/base-path.ts";
import legend from "#components/ui/legend.module.css";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { IncidentHourJson, IncidentJson } from "#domain/api/alerts.ts";
import { gridOfHours } from "./hour-grid.ts";
import { outcomeOf, outcomes, sharesOf } from "./hour-outcome.ts";
import styles from "./incident.module.css";

/** The affected hours: how many are over and how, then each as a cell of its type and hour that leads to its page. */
export function IncidentHours({ incident }: { incident: IncidentJson }) {
  const { situation, hours, affectedHours } = incident;
  return (
    <Section id="affected" title="Affected hours">
      {affectedHours > 0 && (
        <>
          <div className={styles.shares} aria-hidden="true">
            {sharesOf(situation.extent.hours).map(({ outcome, count }) => (
              <span key={outcome} className={styles.outcome} data-outcome={outcome} style={{ flexGrow: count }} />
            ))}
          </div>
          <p>
            {effectText(incident)}
            {hours.length < affectedHours && ` The first ${formatCount(hours.length)} are shown.`}
          </p>
        </>
      )}
      {affectedHours === 0 ? <p>{effectText(incident)}</p> : <HourGrid hours={hours} />}
    </Section>
  );
}

function HourGrid({ hours }: { hours: readonly IncidentHourJson[] }) {
  const { names, types, hidden } = gridOfHours(hours);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className={styles.grid} tabIndex={0} aria-label="Affected hours by type">
        <table>
          <thead>
            <tr>
              <th scope="col">Event type</th>
              {names.map((name, at) => (
                <th key={name} scope="col" abbr={name}>
                  {(at === 0 || name.endsWith("T00")) && <span className={styles.day}>{name.slice(5, 10)}</span>}
                  {name.slice(11)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {types.map(({ eventType, byHour }) => (
              <tr key={eventType}>
                <th scope="row">{eventType}</th>
                {names.map((name) => (
                  <td key={name}>
                    <HourCell hour={byHour.get(name)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {hidden > 0 && (
        <p className={page.quiet}>
          {formatCountOf(hidden, "earlier hour")} {hidden === 1 ? "is" : "are"} not drawn.
        </p>
      )}
      <ul className={`${legend.legend} ${styles.legend}`} aria-label="Legend">
        {[...new Set(hours.map(outcomeOf))].map((outcome) => (
          <li key={outcome}>
            <span className={`${styles.outcome} ${styles.key}`} data-outcome={outcome} /> {outcomes[outcome]}
          </li>
        ))}
      </ul>
    </>
  );
}

function HourCell({ hour }: { hour: IncidentHourJson | undefined }) {
  if (!hour) return null;
  const outcome = outcomeOf(hour);
  const { eventType, hour: name, state } = hour;
  const label = `${eventType} ${name}: ${outcomes[outcome]}${state === null ? "" : `, ${state}`}`;
  return (
    <a
      data-soft=""
      className={`${styles.outcome} ${styles.cell}`}
      href={withBase(`/event-types/${encodeURIComponent(eventType)}/hours/${name}`)}
      data-outcome={outcome}
      aria-label={label}
      title={label}
    >
      {state === null ? "–" : <StateGlyph state={state} />}
    </a>
  );
}
