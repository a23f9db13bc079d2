import { PubSub } from "@google-cloud/pubsub";
import { fullName, type SubscriptionAddress } from "#domain/pubsub-names.ts";

export interface PubsubSettings {
  projectId: string;
  /** host:port of Google's emulator; null: Google's service, with the machine's credentials. */
  emulatorHost: string | null;
  /** Short or full name. */
  topic?: string;
  subscriptions?: readonly SubscriptionAddress[];
}

export const defaultTopic = "tidemark-events";
export const defaultSubscription: SubscriptionAddress = { name: "tidemark-ingest", endpoint: null };

/** How long Pub/Sub waits for an answer before it redelivers a message. */
export const leaseSeconds = 10;
/** A call that is not answered by then has failed: a frozen server refuses nothing. */
export const answerLimitMs = 10_000;
const noAnswer = `no answer from Pub/Sub within ${answerLimitMs / 1000} s`;

export function subscriptionsOf({ subscriptions }: PubsubSettings): readonly SubscriptionAddress[] {
  return subscriptions ?? [defaultSubscription];
}

/** A client of one endpoint: the emulator's, a region's, or Google's own routing. */
export function connect({ projectId, emulatorHost }: PubsubSettings, endpoint: string | null = null): PubSub {
  if (emulatorHost !== null) {
    // The emulator needs no credentials, but without any the client first looks for Google's metadata server, and warns of it.
    const credentials = { client_email: "emulator@localhost", private_key: "none" };
    return new PubSub({ projectId, apiEndpoint: emulatorHost, emulatorMode: true, credentials });
  }
  return new PubSub({ projectId, ...(endpoint === null ? {} : { apiEndpoint: endpoint, emulatorMode: false }) });
}

/** On the emulator, which forgets everything when it stops: the topic, and a subscription to it. */
export async function createMissing(
  client: PubSub,
  settings: PubsubSettings,
  subscriptions: readonly SubscriptionAddress[],
): Promise<void> {
  if (settings.emulatorHost === null) return;
  const topic = client.topic(fullName("topics", settings.topic ?? defaultTopic, settings.projectId));
  await createUnlessPresent(() => topic.create());
  for (const { name } of subscriptions) {
    const full = fullName("subscriptions", name, settings.projectId);
    await createUnlessPresent(() => topic.createSubscription(full, { ackDeadlineSeconds: leaseSeconds }));
  }
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
  await createMissing(client, settings, subscriptionsOf(settings));
  const name = fullName("topics", settings.topic ?? defaultTopic, settings.projectId);
  const topic = client.topic(name, { batching: { maxMessages: 1_000, maxMilliseconds: 20 } });
  return {
    publish: async (data, attributes) => {
      await topic.publishMessage({ data, attributes }).catch((error: unknown) => {
        throw explain(error, name);
      });
    },
    close: async () => {
      await topic.flush();
      await client.close();
    },
  };
}

export type SubscriptionCheck = "present" | "not permitted";

/** Whether the subscription is there, as far as the credentials may see it. Throws what else is wrong. */
export async function checkSubscription(
  settings: PubsubSettings,
  address: SubscriptionAddress,
): Promise<SubscriptionCheck> {
  const client = connect(settings, address.endpoint);
  const name = fullName("subscriptions", address.name, settings.projectId);
  try {
    await answered(createMissing(client, settings, [address]));
    await answered(client.subscription(name).getMetadata());
    return "present";
  } catch (error) {
    // roles/pubsub.subscriber may consume and may not look.
    if (codeOf(error) === permissionDenied) return "not permitted";
    throw explain(error, name);
  } finally {
    await client.close().catch(() => undefined);
  }
}

const deadlineExceeded = 4;
const notFound = 5;
const alreadyExists = 6;
const permissionDenied = 7;

/** What is wrong with a topic or subscription, in a sentence that says what to do. */
export class PubsubError extends Error {}

/** A PubsubError where it is known what to do, else the error as it is. */
export function explain(error: unknown, name: string): Error {
  const isTopic = name.includes("/topics/");
  const what = isTopic ? "topic" : "subscription";
  const setting = isTopic ? "PUBSUB_TOPIC" : "PUBSUB_SUBSCRIPTION";
  const role = isTopic ? "roles/pubsub.publisher" : "roles/pubsub.subscriber";
  const sentences: Record<number, string> = {
    [notFound]: `Pub/Sub has no ${what} "${name}": create it, or check ${setting} and PUBSUB_PROJECT_ID.`,
    [permissionDenied]: `Pub/Sub denies access to the ${what} "${name}": grant this machine's service account ${role} on it.`,
  };
  // Google's client may give up a moment before `answered` does, in words of its own.
  if (codeOf(error) === deadlineExceeded) return new Error(noAnswer);
  const sentence = sentences[codeOf(error) ?? -1];
  if (sentence !== undefined) return new PubsubError(sentence);
  return error instanceof Error ? error : new Error(String(error));
}

/** The answer, or an error after ten seconds without one. */
export async function answered<Answer>(call: Promise<Answer>): Promise<Answer> {
  call.catch(() => undefined);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(noAnswer)), answerLimitMs);
  return await Promise.race([call, late.promise]).finally(() => clearTimeout(timer));
}

async function createUnlessPresent(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (codeOf(error) !== alreadyExists) throw error;
  }
}

function codeOf(error: unknown): number | undefined {
  return (error as { code?: number } | null)?.code;
}
