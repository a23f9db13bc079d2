import type { Column } from "#components/ui/data-table.tsx";
import { HourLink } from "#components/ui/hour-link.tsx";
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
    cell: ({ eventType, hour }) => <HourLink eventType={eventType} hour={hour} />,
  },
  { head: "Event type", label: null, word: true, cell: ({ eventType }) => eventType },
  { head: "State", label: null, word: true, cell: ({ state }) => <StateWord state={state} /> },
];

export const hourKey = ({ eventType, hour }: NamedHour) => `${eventType} ${hour}`;
