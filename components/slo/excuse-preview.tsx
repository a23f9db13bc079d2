import { DataTable } from "#components/ui/data-table.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Preview } from "#components/ui/preview.tsx";
import type { SloExcusePreviewJson } from "#domain/api/slo.ts";
import { changedShares, previewSentence, restatedMonths } from "#domain/slo.ts";

const shown = 12;

interface ExcusePreviewProps {
  preview: SloExcusePreviewJson | undefined;
  error: Error | null;
  isAsked: boolean;
}

/** What an excuse would do: which hours, and the attainment before and after. */
export function ExcusePreview(props: ExcusePreviewProps) {
  return (
    <Preview {...props} hint="Name event types or a tier, and a range of hours, to preview the change.">
      {(preview) => <Found preview={preview} />}
    </Preview>
  );
}

function Found({ preview }: { preview: SloExcusePreviewJson }) {
  const { hours, lateHours, incompleteHours, needsApproval } = preview;
  const changes = changedShares(preview);
  const restated = restatedMonths(preview);
  return (
    <>
      <p>
        <strong>{previewSentence(preview)}</strong>
      </p>
      {changes.length > 0 ? (
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      ) : (
        <p>No attainment changes.</p>
      )}
      {restated && <p>{restated}</p>}
      {needsApproval && <p>The hours count until another person approves the excuse.</p>}
      {hours.length > 0 && (
        <DataTable
          compact
          label="Late or incomplete hours"
          rows={hours.slice(0, shown)}
          rowKey={({ eventType, hour }) => `${eventType} ${hour}`}
          columns={[
            { head: "Hour", cell: ({ eventType, hour }) => `${eventType} ${hour}` },
            {
              head: "State",
              cell: ({ late, incomplete }) =>
                [late && "late", incomplete && "incomplete"].filter((word) => word !== false).join(", "),
            },
          ]}
        />
      )}
      {lateHours + incompleteHours > shown && (
        <p className={page.quiet}>
          The first {shown} of {formatCount(lateHours + incompleteHours)} are shown.
        </p>
      )}
    </>
  );
}
