import { answered, connect, explain, type PubsubSettings } from "./pubsub.ts";
import { call } from "./pubsub-receiver.ts";

export interface Pulled {
  /** Of each message; its data is not read. */
  readonly attributes: readonly Readonly<Record<string, string>>[];
  /** Acknowledges all of them, once what they say is committed. */
  ack(): Promise<void>;
}

export interface Puller {
  /** What waits, at most so many; empty: nothing. Answers at once. */
  pull(maxMessages: number): Promise<Pulled>;
  close(): Promise<void>;
}

interface Answer {
  receivedMessages?: { ackId: string; message?: { attributes?: Record<string, string> | null } | null }[];
}

/** Plain pulls of one subscription, in full: for what is looked at by turns. Needs `pubsub.subscriptions.consume`. */
export function openPuller(settings: PubsubSettings, subscription: string): Puller {
  const client = connect(settings);
  const explained = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await answered(work);
    } catch (error) {
      throw explain(error, subscription);
    }
  };
  return {
    async pull(maxMessages) {
      const reqOpts = { subscription, maxMessages, returnImmediately: true };
      const { receivedMessages = [] } = await explained(call<Answer>(client, "pull", reqOpts));
      const ackIds = receivedMessages.map(({ ackId }) => ackId);
      return {
        attributes: receivedMessages.map(({ message }) => message?.attributes ?? {}),
        ack: async () => {
          if (ackIds.length > 0) await explained(call(client, "acknowledge", { subscription, ackIds }));
        },
      };
    },
    close: () => client.close(),
  };
}
