import Link from "next/link";
import { HourName } from "#components/ui/hour-name.tsx";
import { StateWord } from "#components/ui/state-word.tsx";
import type { VerdictState } from "#domain/verdict.ts";

/** The heads of HourCells. */
export function HourHeads() {
  return (
    <>
      <th scope="col">Hour</th>
      <th scope="col">Event type</th>
      <th scope="col">State</th>
    </>
  );
}

/** The cells that name an hour of one of several types: its page, its type and its state. */
export function HourCells({ eventType, hour, state }: { eventType: string; hour: string; state: VerdictState }) {
  return (
    <>
      <th scope="row" data-word="">
        <Link href={`/event-types/${encodeURIComponent(eventType)}/hours/${hour}`} prefetch={false}>
          <HourName hour={hour} />
        </Link>
      </th>
      <td data-word="">{eventType}</td>
      <td data-word="">
        <StateWord state={state} />
      </td>
    </>
  );
}
