import Link from "next/link";
import type { Column } from "#components/ui/data-table.tsx";
import { HourName } from "#components/ui/hour-name.tsx";
import { StateWord } from "#components/ui/state-word.tsx";
import type { VerdictState } from "#domain/verdict.ts";

interface NamedHour {
  eventType: string;
  hour: string;
  state: VerdictState;
}

/** The columns that name an hour of one of several types: its page, its type and its state. */
export const hourColumns: readonly Column<NamedHour>[] = [
  {
    head: "Hour",
    word: true,
    cell: ({ eventType, hour }) => (
      <Link href={`/event-types/${encodeURIComponent(eventType)}/hours/${hour}`} prefetch={false}>
        <HourName hour={hour} />
      </Link>
    ),
  },
  { head: "Event type", label: null, word: true, cell: ({ eventType }) => eventType },
  { head: "State", label: null, word: true, cell: ({ state }) => <StateWord state={state} /> },
];

export const hourKey = ({ eventType, hour }: NamedHour) => `${eventType} ${hour}`;
