import { CopyLine } from "#components/ui/copy-line.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";

export interface RejectedMessageView {
  id: string;
  source: string;
  receivedAt: string;
  reason: string;
  faults: readonly { pointer?: string; detail: string }[];
  attributes: Record<string, string>;
  /** The part of it worth showing. */
  payload: string;
  isCut: boolean;
  payloadBytes: number;
  resubmittedAt: string | null;
  resubmittedBy: string | null;
}

export function RejectedMessage({ message, asOf }: { message: RejectedMessageView; asOf: string }) {
  const { id, faults, attributes } = message;
  const hasAttributes = Object.keys(attributes).length > 0;
  return (
    <li className={page.card} id={`message-${id}`}>
      <h2>{message.reason}</h2>
      <p className={page.quiet}>
        message {id}, by {wayOf(message.source)} at <Time at={message.receivedAt} relativeTo={asOf} />,{" "}
        {formatCount(message.payloadBytes)} bytes
      </p>
      {faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={`${fault.pointer} ${fault.detail}`}>
              {fault.pointer && <code>{fault.pointer}</code>} {fault.detail}
            </li>
          ))}
        </ul>
      )}
      <Disclosure summary={hasAttributes ? "Payload and attributes" : "Payload"}>
        {hasAttributes && (
          <pre className={page.code}>
            {Object.entries(attributes)
              .map(([name, value]) => `${name}: ${value}`)
              .join("\n")}
          </pre>
        )}
        <pre className={page.code}>{message.payload || "(empty)"}</pre>
        {message.isCut && <p className={page.quiet}>Truncated. The API returns everything that was stored.</p>}
      </Disclosure>
      {message.resubmittedAt ? (
        <p>
          Resubmitted at <Time at={message.resubmittedAt} relativeTo={asOf} /> by {message.resubmittedBy}.
        </p>
      ) : (
        <Disclosure summary="Resubmit">
          <p>Fix the cause and resubmit the stored message, or send a corrected one with --data-binary @FILE:</p>
          <CopyLine
            label="the command"
            text={`curl -X POST -H "Authorization: Bearer $TIDEMARK_TOKEN" "$TIDEMARK_URL/api/v1/rejected-messages/${id}/resubmit"`}
          />
        </Disclosure>
      )}
    </li>
  );
}

function wayOf(source: string): string {
  return ({ pubsub: "Pub/Sub", kafka: "Kafka" } as Record<string, string>)[source] ?? "HTTP";
}
