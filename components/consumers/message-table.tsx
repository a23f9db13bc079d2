import Link from "next/link";
import { readyHref } from "#components/ready/ready-href.ts";
import form from "#components/ui/form.module.css";
import { HourName } from "#components/ui/hour-name.tsx";
import { StateWord } from "#components/ui/state-word.tsx";
import table from "#components/ui/table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { SubscriptionMessageJson } from "#domain/api/consumers.ts";
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
    <table className={table.table} aria-label="Messages">
      <thead>
        <tr>
          <th scope="col">Hour</th>
          <th scope="col">Event</th>
          <th scope="col">Verdict</th>
          <th scope="col">Time</th>
          <th scope="col">Status</th>
          {onReplay && <th scope="col">Resend</th>}
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <tr key={message.id}>
            <th scope="row" data-word="">
              {message.day === null ? (
                <Link href={`/event-types/${encodeURIComponent(eventType)}/hours/${message.hour}`} prefetch={false}>
                  <HourName hour={message.hour} />
                </Link>
              ) : (
                <Link href={readyHref({ ...days, day: message.day })} prefetch={false}>
                  {message.day}
                </Link>
              )}
            </th>
            <td data-label="event" data-word="">
              {message.event === "run" ? `run of ${message.runHours} h` : message.event}
            </td>
            <td data-word="">
              <StateWord state={message.state} /> revision {message.revision}
              {!message.ready && ", not ready"}
            </td>
            <td data-word="">
              <Time at={message.deliveredAt ?? message.gaveUpAt ?? message.queuedAt} relativeTo={asOf} />
            </td>
            <td data-alarming={message.gaveUpAt === null || message.deliveredAt !== null ? undefined : ""}>
              {fateText(message)}
            </td>
            {onReplay && (
              <td>
                <div className={form.buttons}>
                  <button
                    type="button"
                    // Not `disabled`: the focus would be lost.
                    onClick={() => !isPending && onReplay(message.id)}
                    aria-disabled={isPending}
                    aria-label={`${again(message)}: ${message.event} of ${message.day ?? message.hour}`}
                  >
                    {again(message)}
                  </button>
                </div>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function again({ deliveredAt, gaveUpAt }: SubscriptionMessageJson): string {
  return deliveredAt === null && gaveUpAt === null ? "Retry now" : "Resend";
}
