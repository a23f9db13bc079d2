import { DataTable } from "#components/ui/data-table.tsx";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Preview } from "#components/ui/preview.tsx";
import { StateWord } from "#components/ui/state-word.tsx";
import type { CorrectionPreviewJson } from "#domain/api/corrections.ts";
import { correctionKinds } from "#domain/correction.ts";

const shown = 12;

interface CorrectionPreviewProps {
  preview: CorrectionPreviewJson | undefined;
  error: Error | null;
  isAsked: boolean;
}

/** What a correction would do, before it is made. */
export function CorrectionPreview(props: CorrectionPreviewProps) {
  return (
    <Preview {...props} hint="Fill in the scope to preview the changes.">
      {(preview) => <Found preview={preview} />}
    </Preview>
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
            : `${formatCountOf(hourCount, "hour")} ${correctionKinds[preview.action].foreseen}.`}
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
    <DataTable
      label="Affected hours"
      rows={hours}
      rowKey={({ eventType, hour }) => `${eventType} ${hour}`}
      columns={[
        { head: "Hour", cell: ({ eventType, hour }) => `${eventType} ${hour}` },
        { head: "Now", cell: ({ before }) => <StateWord state={before.state} /> },
        {
          head: "After",
          cell: ({ after }) => (
            <>
              <StateWord state={after.state} />
              {after.accepted && ", accepted"}
            </>
          ),
        },
        { head: "Produced", figure: true, cell: ({ before, after }) => change(before.produced, after.produced) },
        { head: "Delivered", figure: true, cell: ({ before, after }) => change(before.delivered, after.delivered) },
        { head: "Lost", figure: true, cell: ({ before, after }) => change(before.lost, after.lost) },
      ]}
    />
  );
}

function change(before: number, after: number): string {
  return before === after ? formatCount(after) : `${formatCount(before)} → ${formatCount(after)}`;
}
