import { withBase } from "#components/api/base-path.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import type { SituationJson } from "#domain/api/situation.ts";
import styles from "./incident.module.css";

/** Who reads the affected hours, how to reach them, and how many hours each waits for. */
export function AffectedConsumers({ situation: { extent, impact } }: { situation: SituationJson }) {
  const { consumers, consumerCount } = impact;
  const none =
    extent.eventTypeCount === 0
      ? "No event type is affected yet, so no consumer is."
      : "No registered consumer reads these event types.";
  return (
    <Section id="consumers" title="Affected consumers">
      {consumers.length === 0 ? (
        <p className={page.quiet}>{none}</p>
      ) : (
        <ul className={styles.rows}>
          {consumers.map(({ name, contact, waits }) => (
            <li key={`${name} ${contact}`}>
              <span>
                <strong>{name}</strong> <Contact contact={contact} />
              </span>
              <span className={page.quiet}>
                {waits === 0 ? "not waiting" : `waits for ${formatCountOf(waits, "hour")}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {consumers.length < consumerCount && (
        <p className={page.quiet}>And {formatCount(consumerCount - consumers.length)} more.</p>
      )}
    </Section>
  );
}

function Contact({ contact }: { contact: string }) {
  const href = contactHref(contact);
  return href === null ? <span className={page.quiet}>{contact}</span> : <a href={withBase(href)}>{contact}</a>;
}

/** Where a contact can be reached, by mail or on the web; null: it is a name. Nothing else is made a link. */
function contactHref(contact: string): string | null {
  if (/^https?:\/\/\S+$/i.test(contact)) return contact;
  return /^[^\s@:/?#]+@[^\s@:/?#]+\.[^\s@:/?#]+$/.test(contact) ? `mailto:${contact}` : null;
}
