import { type AckError, Duration, type Message, type PubSub, SubscriptionCloseBehaviors } from "@google-cloud/pubsub";
import { fullName, type SubscriptionAddress } from "#domain/pubsub-names.ts";
import {
  answered,
  answerLimitMs,
  connect,
  createMissing,
  explain,
  leaseSeconds,
  type PubsubSettings,
  subscriptionsOf,
} from "./pubsub.ts";
import type { ReceivedMessage, Receiver } from "./receiver.ts";

export interface ReceiverOptions {
  subscription?: SubscriptionAddress;
  /** Limit of messages held in memory; beyond it the stream waits. */
  maxMessages: number;
  maxBytes: number;
  onMessage(message: ReceivedMessage): void;
  /** The stream broke in a way the client does not recover from. */
  onError(error: Error): void;
}

/**
 * Streaming pull with flow control from the subscription. It needs `pubsub.subscriptions.consume` and nothing else: what is wrong
 * with the subscription comes from the stream and from `ask`.
 */
export async function openReceiver(settings: PubsubSettings, options: ReceiverOptions): Promise<Receiver> {
  const [first] = subscriptionsOf(settings);
  const address = options.subscription ?? (first as SubscriptionAddress);
  const name = fullName("subscriptions", address.name, settings.projectId);
  const client = connect(settings, address.endpoint);
  try {
    await answered(createMissing(client, settings, [address]));
  } catch (error) {
    await client.close().catch(() => undefined);
    throw explain(error, name);
  }
  const subscription = client.subscription(name, {
    flowControl: { maxMessages: options.maxMessages, maxBytes: options.maxBytes, allowExcessMessages: false },
    batching: { maxMessages: 2_500, maxMilliseconds: 20 },
    // The client renews these leases while it holds a message. After a kill -9 the next worker waits this long for its messages.
    minAckDeadline: Duration.from({ seconds: 10 }),
    maxAckDeadline: Duration.from({ seconds: leaseSeconds }),
    // One stream: Google's own advice for small messages, and it keeps the flow-control limit exact.
    streamingOptions: { maxStreams: 1 },
    closeOptions: { behavior: SubscriptionCloseBehaviors.WaitForProcessing, timeout: Duration.from({ seconds: 6 }) },
  });
  subscription.on("message", (message: Message) => options.onMessage(received(message)));
  subscription.on("error", (error) => options.onError(explain(error, name)));
  return {
    ask: () =>
      answered(pullOne(client, name)).catch((error: unknown) => {
        throw explain(error, name);
      }),
    close: async () => {
      await subscription.close();
      await client.close();
    },
  };
}

function received(message: Message): ReceivedMessage {
  return {
    via: "pubsub",
    // With its time: the emulator restarts ids from 1 at each start, and a redelivery keeps both.
    id: `${message.id} ${message.publishTime.toISOString()}`,
    data: message.data,
    attributes: message.attributes,
    deliveryAttempt: message.deliveryAttempt > 0 ? message.deliveryAttempt : null,
    ack: async () => {
      await message.ackWithResponse().catch((error: AckError) => {
        // The service's own text names each message, and would be another reason every time.
        throw new Error(`Pub/Sub refused the acknowledgement (${error.errorCode ?? "unknown"})`, { cause: error });
      });
    },
    nack: () => message.nack(),
  };
}

interface Pulled {
  receivedMessages?: {
    ackId: string;
    deliveryAttempt?: number;
    message: {
      messageId: string;
      data: Uint8Array | null;
      attributes: Record<string, string> | null;
      publishTime: { seconds: number | string; nanos: number };
    };
  }[];
}

/** One message by a plain pull, whose answer is immediate. */
async function pullOne(client: PubSub, subscription: string): Promise<ReceivedMessage | null> {
  const reqOpts = { subscription, maxMessages: 1, returnImmediately: true };
  const pulled = await call<Pulled>(client, "pull", reqOpts);
  const [found] = pulled.receivedMessages ?? [];
  if (!found) return null;
  const { ackId, message, deliveryAttempt = 0 } = found;
  const { seconds, nanos } = message.publishTime;
  const publishedAt = new Date(Number(seconds) * 1000 + Math.floor(nanos / 1e6));
  return {
    via: "pubsub",
    id: `${message.messageId} ${publishedAt.toISOString()}`,
    data: message.data ?? new Uint8Array(),
    attributes: message.attributes ?? {},
    deliveryAttempt: deliveryAttempt > 0 ? deliveryAttempt : null,
    ack: async () => {
      await answered(call(client, "acknowledge", { subscription, ackIds: [ackId] }));
    },
    nack: () =>
      void call(client, "modifyAckDeadline", { subscription, ackIds: [ackId], ackDeadlineSeconds: 0 }).catch(
        // Its lease ends by itself.
        () => undefined,
      ),
  };
}

/** A call of the subscriber without retries, answered within the limit. */
export function call<Answer>(client: PubSub, method: string, reqOpts: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gaxOpts = { timeout: answerLimitMs, maxRetries: 0 };
    client.request<Answer>({ client: "SubscriberClient", method, reqOpts, gaxOpts }, (error, answer) => {
      if (error) reject(error);
      else resolve((answer ?? {}) as Answer);
    });
  });
}
