import form from "#components/ui/form.module.css";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { StateWord } from "#components/ui/state-word.tsx";
import table from "#components/ui/table.module.css";
import type { CorrectionPreviewJson } from "#domain/api/corrections.ts";
import styles from "./corrections.module.css";

const shown = 12;

interface CorrectionPreviewProps {
  preview: CorrectionPreviewJson | undefined;
  error: Error | null;
  isAsked: boolean;
}

/** What a correction would do, before it is made. */
export function CorrectionPreview({ preview, error, isAsked }: CorrectionPreviewProps) {
  return (
    <div className={styles.preview} role="status" aria-label="Preview">
      {!isAsked ? (
        <p className={page.quiet}>Fill in the scope to preview the changes.</p>
      ) : error ? (
        <p className={form.refusal}>{error.message}</p>
      ) : preview ? (
        <Found preview={preview} />
      ) : (
        <p className={page.quiet}>Loading the preview…</p>
      )}
    </div>
  );
}

function Found({ preview }: { preview: CorrectionPreviewJson }) {
  const { hours, hourCount, consumers, subscriptions, alsoUnknown } = preview;
  const readers = consumers.filter(({ hoursRead }) => hoursRead > 0);
  return (
    <>
      <p>
        <strong>
          {hourCount === 0
            ? "No hour is affected."
            : preview.action === "accept-hour"
              ? `${formatCountOf(hourCount, "hour")} would be accepted.`
              : `${formatCountOf(hourCount, "hour")} would be judged again.`}
        </strong>
      </p>
      {alsoUnknown && (
        <p>In some hours the datacenter keeps no produced count: it becomes unknown for every event type.</p>
      )}
      {hours.length > 0 && <Hours hours={hours.slice(0, shown)} />}
      {hourCount > shown && (
        <p className={page.quiet}>
          The newest {shown} of {formatCount(hourCount)} hours are shown.
        </p>
      )}
      <p>
        {formatCountOf(consumers.length, "consumer")} and {formatCountOf(subscriptions, "webhook")} depend on{" "}
        {hours.length === 1 ? "this hour" : "these hours"}.
      </p>
      {readers.length > 0 && (
        <ul>
          {readers.slice(0, shown).map(({ eventType, name, contact, hoursRead }) => (
            <li key={`${eventType} ${name}`}>
              {name} read {formatCountOf(hoursRead, "hour")} of {eventType} ({contact})
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Hours({ hours }: { hours: CorrectionPreviewJson["hours"] }) {
  return (
    <table className={table.table} aria-label="Affected hours">
      <thead>
        <tr>
          <th scope="col">Hour</th>
          <th scope="col">Now</th>
          <th scope="col">After</th>
          <th scope="col">Produced</th>
          <th scope="col">Delivered</th>
          <th scope="col">Lost</th>
        </tr>
      </thead>
      <tbody>
        {hours.map(({ eventType, hour, before, after }) => (
          <tr key={`${eventType} ${hour}`}>
            <th scope="row">
              {eventType} {hour}
            </th>
            <td data-label="Now">
              <StateWord state={before.state} />
            </td>
            <td data-label="After">
              <StateWord state={after.state} />
              {after.accepted && ", accepted"}
            </td>
            <td data-label="Produced">{change(before.produced, after.produced)}</td>
            <td data-label="Delivered">{change(before.delivered, after.delivered)}</td>
            <td data-label="Lost">{change(before.lost, after.lost)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function change(before: number, after: number): string {
  return before === after ? formatCount(after) : `${formatCount(before)} → ${formatCount(after)}`;
}
