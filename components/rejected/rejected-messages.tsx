import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import { RejectedMessage, type RejectedMessageView } from "./rejected-message.tsx";

interface RejectedMessagesProps {
  messages: readonly RejectedMessageView[];
  asOf: string;
  /** The id that the next page starts below; null on the last. */
  olderThan: string | null;
  isFirst: boolean;
}

/** Rejected messages, newest first: none is lost, and none blocks others. */
export function RejectedMessages({ messages, asOf, olderThan, isFirst }: RejectedMessagesProps) {
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>Rejected messages</h1>
        <span className={page.quiet}>
          as of <Time at={asOf} />
        </span>
      </div>
      {messages.length === 0 ? (
        <Notice title={isFirst ? "No rejected messages" : "No older messages"} level={2}>
          <p>Every Pub/Sub message was accepted. Faults in HTTP requests are returned to the sender.</p>
        </Notice>
      ) : (
        <ol className={page.list}>
          {messages.map((message) => (
            <RejectedMessage key={message.id} message={message} asOf={asOf} />
          ))}
        </ol>
      )}
      <nav className={page.row} aria-label="Pages">
        {!isFirst && <Link href="/rejected-messages">← newest</Link>}
        {olderThan !== null && <Link href={`/rejected-messages?before=${olderThan}`}>older →</Link>}
      </nav>
    </article>
  );
}
