import type { SendOutcome } from "#domain/notification.ts";
import { type Producer, sendWithin } from "#server/outbox/index.ts";

/** Sends one event, as JSON, to the backend. */
export type PostLineage = (event: string) => Promise<SendOutcome>;

/** Sends run events to the OpenLineage backend, which may be away for days. */
export function lineageProducer(post: PostLineage): Producer {
  return {
    name: "lineage",
    attempt: async ({ body }) => ({ outcome: await sendWithin(() => post(JSON.stringify(body))), retry: "webhook" }),
  };
}
