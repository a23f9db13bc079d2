import { type Message, namedBy } from "#domain/protocol.ts";
import type { SpanOptions } from "#server/process/tracing.ts";

interface Traced {
  messages: readonly Message[];
  /** Of the request that brought them. */
  traceparent: string | null;
}

/**
 * The span of a batch's transaction. Many senders meet here, so it is the first of a trace and linked to theirs, also when there
 * is one sender only: a trace's shape must not depend on the load.
 */
export function commitSpan(entries: readonly Traced[]): SpanOptions {
  const messages = entries.flatMap((entry) => entry.messages);
  const single = <Value>(values: Iterable<Value>): Value | undefined => {
    const different = new Set(values);
    return different.size === 1 ? [...different][0] : undefined;
  };
  return {
    name: "commit facts",
    kind: "consumer",
    parent: null,
    links: [...entries.map(({ traceparent }) => traceparent), ...messages.map(({ traceparent }) => traceparent)],
    attributes: {
      "messaging.operation.type": "process",
      "messaging.operation.name": "commit",
      "messaging.system": "tidemark",
      "messaging.batch.message_count": messages.length,
      "messaging.message.id": messages.length === 1 ? messages[0]?.id : undefined,
      "db.system.name": "postgresql",
      "tidemark.datacenter": single(messages.flatMap(({ dc }) => dc ?? [])),
      "tidemark.event_type": single(
        messages.flatMap((message) => namedBy(message).types.map((type) => type.eventType)),
      ),
    },
  };
}
