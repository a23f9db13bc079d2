import { Button } from "@mantine/core";
import { DataTable } from "#components/ui/data-table.tsx";
import { HourLink } from "#components/ui/hour-link.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { StateWord } from "#components/ui/state-word.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SubscriptionMessageJson } from "#domain/api/consumers.ts";
import { joinNames } from "#domain/name-list.ts";
import { fateText } from "./webhook-words.ts";

interface MessageTableProps {
  eventType: string;
  /** For its days: whose hours, and in which zone. */
  days: { eventTypes: readonly string[]; zone: string };
  messages: readonly SubscriptionMessageJson[];
  asOf: string;
  /** null: the visitor may not. */
  onReplay: ((messageId: string) => void) | null;
  isPending: boolean;
}

export function MessageTable({ eventType, days, messages, asOf, onReplay, isPending }: MessageTableProps) {
  return (
    <DataTable
      plain
      label="Messages"
      rows={messages}
      rowKey={({ id }) => id}
      columns={[
        {
          head: "Hour",
          word: true,
          cell: ({ day, hour }) =>
            day === null ? (
              <HourLink eventType={eventType} hour={hour} />
            ) : (
              <PageLink href={readyHref({ ...days, day })}>{day}</PageLink>
            ),
        },
        {
          head: "Event",
          word: true,
          cell: ({ event, runHours }) => (event === "run" ? `run of ${runHours} h` : event),
        },
        {
          head: "Verdict",
          label: null,
          word: true,
          cell: ({ state, revision, ready }) => (
            <>
              <StateWord state={state} /> revision {revision}
              {!ready && ", not ready"}
            </>
          ),
        },
        {
          head: "Time",
          label: null,
          word: true,
          cell: ({ deliveredAt, gaveUpAt, queuedAt }) => (
            <Time at={deliveredAt ?? gaveUpAt ?? queuedAt} relativeTo={asOf} />
          ),
        },
        {
          head: "Status",
          label: null,
          cell: fateText,
          tone: ({ gaveUpAt, deliveredAt }) => (gaveUpAt !== null && deliveredAt === null ? "trouble" : undefined),
        },
        onReplay !== null && {
          head: "Resend",
          label: null,
          cell: (message) => (
            <Button
              // Not `disabled`: the focus would be lost.
              onClick={() => !isPending && onReplay(message.id)}
              aria-disabled={isPending}
              aria-label={`${again(message)}: ${message.event} of ${message.day ?? message.hour}`}
            >
              {again(message)}
            </Button>
          ),
        },
      ]}
    />
  );
}

function again({ deliveredAt, gaveUpAt }: SubscriptionMessageJson): string {
  return deliveredAt === null && gaveUpAt === null ? "Retry now" : "Resend";
}

interface AskedDay {
  eventTypes: readonly string[];
  day: string;
  zone: string;
}

/** The page that shows whether a day can be read. */
function readyHref({ eventTypes, day, zone }: AskedDay): string {
  return `/ready?${new URLSearchParams({ eventTypes: joinNames(eventTypes), day, zone })}`;
}
