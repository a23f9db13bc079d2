import { DataTable } from "#components/ui/data-table.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import { Time } from "#components/ui/time.tsx";
import type { DeliveryDetailJson } from "#domain/api/deliveries.ts";

const outcomes = { sent: "taken", retryable: "will be retried", permanent: "permanent failure" } as const;

export function DeliveryTries({ tries, asOf }: { tries: DeliveryDetailJson["tries"]; asOf: string }) {
  return (
    <DataTable
      plain
      label="Attempts"
      rows={tries}
      rowKey={({ at, detail }) => `${at} ${detail}`}
      columns={[
        { head: "Time", word: true, cell: ({ at }) => <Time at={at} relativeTo={asOf} /> },
        {
          head: "Outcome",
          label: null,
          cell: ({ outcome }) => outcomes[outcome],
          tone: ({ outcome }) => (outcome === "permanent" ? "trouble" : undefined),
        },
        { head: "Code", cell: ({ status }) => status ?? "none" },
        {
          head: "Response",
          label: null,
          cell: ({ detail, response }) => (response === null ? detail : `${detail}: ${response}`),
        },
        { head: "Duration", figure: true, word: true, cell: ({ durationMs }) => `${formatCount(durationMs)} ms` },
      ]}
    />
  );
}
