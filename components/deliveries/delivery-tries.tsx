import { formatCount } from "#components/ui/number-format.ts";
import table from "#components/ui/table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DeliveryDetailJson } from "#domain/api/deliveries.ts";

const outcomes = { sent: "taken", retryable: "will be retried", permanent: "permanent failure" } as const;

export function DeliveryTries({ tries, asOf }: { tries: DeliveryDetailJson["tries"]; asOf: string }) {
  return (
    <table className={table.table} aria-label="Attempts">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Outcome</th>
          <th scope="col">Code</th>
          <th scope="col">Response</th>
          <th scope="col">Duration</th>
        </tr>
      </thead>
      <tbody>
        {tries.map(({ at, outcome, status, detail, durationMs }) => (
          <tr key={`${at} ${detail}`}>
            <th scope="row" data-word="">
              <Time at={at} relativeTo={asOf} />
            </th>
            <td data-alarming={outcome === "permanent" ? "" : undefined}>{outcomes[outcome]}</td>
            <td data-label="code">{status ?? "none"}</td>
            <td>{detail}</td>
            <td data-label="took" data-word="">
              {formatCount(durationMs)} ms
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
