import { Duration, type Message, PubSub, type Subscription, SubscriptionCloseBehaviors } from "@google-cloud/pubsub";

export interface PubsubSettings {
  projectId: string;
  /** host:port of Google's emulator; null: Google's service, with the machine's credentials. */
  emulatorHost: string | null;
}

export const topicName = "tidemark-events";
export const subscriptionName = "tidemark-ingest";

/** How long Pub/Sub waits for an answer before it redelivers a message. */
const leaseSeconds = 10;

/** One received message, to be acknowledged once its content is committed. */
export interface ReceivedMessage {
  id: string;
  data: Uint8Array;
  attributes: Record<string, string>;
  ack(): void;
  /** Requests redelivery. */
  nack(): void;
}

export interface Receiver {
  /** Stops receiving, waits some seconds for messages in progress to be answered, returns the others, and ends. */
  close(): Promise<void>;
}

export interface ReceiverOptions {
  /** Limit of messages held in memory; beyond it the stream waits. */
  maxMessages: number;
  maxBytes: number;
  onMessage(message: ReceivedMessage): void;
  /** The stream broke in a way the client does not recover from. */
  onError(error: Error): void;
}

/** Streaming pull with flow control from the subscription. Throws with a message if topic or subscription is missing. */
export async function openReceiver(settings: PubsubSettings, options: ReceiverOptions): Promise<Receiver> {
  const client = connect(settings);
  const subscription = await findSubscription(client, settings, {
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
  subscription.on("error", options.onError);
  return {
    close: async () => {
      await subscription.close();
      await client.close();
    },
  };
}

export interface Publisher {
  /** Settles once Pub/Sub has the message. */
  publish(data: Buffer, attributes: Record<string, string>): Promise<void>;
  /** Sends the current batch and ends. */
  close(): Promise<void>;
}

/** Publishes to the topic in batches. With the emulator, creates a missing topic and subscription. */
export async function openPublisher(settings: PubsubSettings): Promise<Publisher> {
  const client = connect(settings);
  await findSubscription(client, settings, {});
  const topic = client.topic(topicName, { batching: { maxMessages: 1_000, maxMilliseconds: 20 } });
  return {
    publish: async (data, attributes) => {
      await topic.publishMessage({ data, attributes });
    },
    close: async () => {
      await topic.flush();
      await client.close();
    },
  };
}

function connect(settings: PubsubSettings): PubSub {
  if (settings.emulatorHost === null) return new PubSub({ projectId: settings.projectId });
  // The emulator needs no credentials, but without any the client first looks for Google's metadata server, for seconds.
  const credentials = { client_email: "emulator@localhost", private_key: "none" };
  const { projectId, emulatorHost } = settings;
  return new PubSub({ projectId, apiEndpoint: emulatorHost, emulatorMode: true, credentials });
}

/** Google's service is configured by its owner; the emulator starts empty, so it is set up here. */
async function findSubscription(
  client: PubSub,
  settings: PubsubSettings,
  options: Parameters<PubSub["subscription"]>[1],
): Promise<Subscription> {
  const topic = client.topic(topicName);
  const subscription = client.subscription(subscriptionName, options);
  if (settings.emulatorHost !== null) {
    await createUnlessPresent(() => topic.create());
    await createUnlessPresent(() => topic.createSubscription(subscriptionName, { ackDeadlineSeconds: leaseSeconds }));
  } else if (!(await subscription.exists())[0]) {
    throw new Error(
      `Pub/Sub has no subscription "${subscriptionName}" in the project "${settings.projectId}": create the topic "${topicName}" and this subscription to it, or check PUBSUB_PROJECT_ID.`,
    );
  }
  return subscription;
}

async function createUnlessPresent(create: () => Promise<unknown>): Promise<void> {
  const alreadyExists = 6;
  try {
    await create();
  } catch (error) {
    if ((error as { code?: number }).code !== alreadyExists) throw error;
  }
}

function received(message: Message): ReceivedMessage {
  return {
    // With its time: the emulator restarts ids from 1 at each start, and a redelivery keeps both.
    id: `${message.id} ${message.publishTime.toISOString()}`,
    data: message.data,
    attributes: message.attributes,
    ack: () => message.ack(),
    nack: () => message.nack(),
  };
}
